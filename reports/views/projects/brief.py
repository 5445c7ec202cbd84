"""A plan's key projects in one line and one curve, for the pages that look over everything."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from kit.charts import curve, months
from reports.dashboard import charted
from reports.dashboard.programme import Programme
from reports.views.projects.figures import Links, hundred_millions
from tasks.lights import Light
from tasks.models import ProjectClass


@dataclass(frozen=True)
class Said:
    """Some words of the line; the address opens what they count."""

    words: str
    href: str
    tone: str = ""


@dataclass(frozen=True)
class Brief:
    programme: Programme
    line: list[Said]
    drawn: SafeString
    table: SafeString
    href: str


def briefs(scope):
    """Of the plans that have key projects, as of the month looked at or the last one that is over; asks nothing for others."""
    return [_brief(scope, plan) for plan in scope.plans if plan.has_projects]


def _brief(scope, plan):
    programme = Programme(scope.user, plan)
    if scope.month < programme.month and scope.month in plan.months:
        programme = Programme(scope.user, plan, scope.month)
    links, course = Links(programme), charted.curve(programme, programme.running)
    return Brief(
        programme,
        list(_line(programme, links)),
        curve.drawn(course, title="重点项目累计投资：计划与完成"),
        months.table(course.labels, months.lines_of(course), caption="重点项目逐月计划和完成"),
        links.to("project_map"),
    )


def _line(programme, links):
    sums = programme.sums
    yield Said(f"{sums.count} 个", links.rows())
    if sums.year:
        done, year = hundred_millions(sums.done), hundred_millions(sums.year)
        behind = f"落后计划 {-sums.ahead} 个百分点" if sums.ahead < 0 else "不落后于计划"
        yield Said(f"投资 {done} / {year} 亿元（{sums.share}%），{behind}", links.rows())
    for light, count in ((Light.RED, sums.red), (Light.YELLOW, sums.yellow)):
        if count:
            yield Said(f"{light.label} {count} 个", links.rows(light=light.value), light.tone)
    rates = (
        ("开工", programme.started, ProjectClass.NEW),
        ("竣工", programme.completed, ProjectClass.CONTINUED),
        ("履约", programme.fulfilled, ProjectClass.CONTRACTED),
    )
    yield from (Said(f"{word} {rate}", links.rows(tab=tab)) for word, rate, tab in rates if rate.whole)
