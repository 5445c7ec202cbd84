"""The columns of the list of key projects; page, print and sheet share them."""

from dataclasses import dataclass
from html import escape

from django.utils.safestring import mark_safe

from kit.addresses import address_of
from kit.charts import bars
from kit.rates import grouped
from kit.tables import Column
from tasks.models import Project, ProjectPerson

NOBODY = mark_safe('<span class="gap-cell">空缺</span>')
LEADER, ENVOY = ProjectPerson.Role.LEADER, ProjectPerson.Role.ENVOY


@dataclass
class Beside:
    """What the shown rows show beside their stands: the people's names, and the register's own words where a column wants them."""

    people: dict
    projects: dict
    known: set

    @classmethod
    def empty(cls):
        return cls({}, {}, set())

    def fetch(self, stands, *, wants_words):
        keys = [each.pk for each in stands if each.pk not in self.known]
        self.known.update(keys)
        rows = ProjectPerson.objects.filter(project__in=keys, role__in=[LEADER, ENVOY]).order_by("order", "pk")
        for project, role, name in rows.values_list("project", "role", "name"):
            self.people.setdefault((project, role), []).append(name)
        if wants_words:
            found = Project.objects.filter(pk__in=keys).select_related("task", "sector")
            self.projects.update((each.pk, each) for each in found.prefetch_related("places", "labels"))

    def names(self, role):
        return lambda stand: "、".join(self.people.get((stand.pk, role), ()))

    def of(self, read):
        def found(stand):
            project = self.projects.get(stand.pk)
            return read(project) if project else None

        return found


def _code(stand):
    return mark_safe(f'<span class="no">{escape(stand.code)}</span>')


def _name(stand):
    link = f'<a class="name" href="{address_of("project", stand.pk)}">{escape(stand.name)}</a>'
    why = stand.brief
    tone = "muted" if stand.stopped else stand.light.tone
    return mark_safe(f'{link} <span class="why tone-{tone}">{escape(why)}</span>' if why else link)


def _light(stand):
    if stand.stopped:
        return mark_safe('<span class="tag">已调出</span>')
    return mark_safe(f'<span class="light tone-{stand.light.tone}">{stand.light.label}</span>')


def light_words(stand):
    return "已调出" if stand.stopped else stand.light.label


def money(value):
    return "" if value is None else grouped(value)


def track(stand, tone):
    return bars.track(stand.share, stand.due_share, tone) if stand.year else mark_safe('<span class="muted">—</span>')


def points(value):
    """−5.1, 0.0, 1.2: with one decimal always."""
    return "" if value is None else f"{'−' * (value < 0)}{abs(value)}"


def _ahead(stand):
    tone = ' class="fall"' if stand.ahead is not None and stand.ahead < 0 and stand.is_judged else ""
    return mark_safe(f"<span{tone}>{points(stand.ahead)}</span>")


def _or_nobody(read):
    return lambda stand: read(stand) or NOBODY


def _unit(stand):
    if stand.unit is None:
        return NOBODY
    return mark_safe(f'<a href="?unit={stand.unit}">{escape(stand.unit_name)}</a>')


def project_columns(beside, until):
    """``until`` says of which months the money is: 1-9月."""
    leader, envoy = beside.names(LEADER), beside.names(ENVOY)
    return (
        Column("code", "编号", lambda each: each.code, _code, sort=("code",), width=8, css="w-1"),
        Column("name", "项目名称、亮灯原因", lambda each: each.name, _name, sort=("name",), main=True, width=36),
        Column("klass", "类别", lambda each: each.klass_words, sort=("klass",), width=10, wrap=False),
        Column(
            "light",
            "灯色",
            light_words,
            _light,
            sort=("light",),
            order=lambda each: each.severity,
            tone=lambda each: each.light.tone,
            width=8,
            wrap=False,
        ),
        _money("year", "年计划", lambda each: each.year),
        _money("done", f"{until}完成", lambda each: each.done),
        Column("track", "完成与应完成", lambda each: "", _track, css="actions nowrap stack-hide"),
        Column("share", "占计划%", lambda each: each.share, _share, sort=("share",), kind="number", width=9, css="num"),
        Column(
            "ahead", "差百分点", lambda each: each.ahead, _ahead, sort=("ahead",), kind="number", width=9, css="num"
        ),
        Column("unit", "服务单位", lambda each: each.unit_name, _unit, sort=("unit",), width=14, wrap=False),
        Column("envoy", "特派员", envoy, _or_nobody(envoy), width=10, wrap=False),
        Column("leader", "县级领导", leader, _or_nobody(leader), width=10, wrap=False),
        *_more(beside, until),
    )


def _money(name, head, read, **more):
    return Column(
        name, head, read, lambda each: money(read(each)), sort=(name,), kind="number", total=True, css="num", **more
    )


def _track(stand):
    return track(stand, stand.light.tone)


def _share(stand):
    return "" if stand.share is None else mark_safe(f"<b>{stand.share}</b>")


# Columns whose words stand in the project's own row.
WORDS = frozenset(
    {"sector", "labels", "places", "owner", "nature", "years", "content", "total", "before", "goal", "printed"}
)


def _more(beside, until):
    of = beside.of
    return (
        _money("due", f"{until}应完成", lambda each: each.due, optional=True),
        Column("due_share", "应占计划%", lambda each: each.due_share, kind="number", optional=True, css="num"),
        Column("cause", "受阻原因", lambda each: each.cause_words, sort=("cause",), width=10, optional=True),
        Column("reason", "亮灯理由", lambda each: each.judged.reason, width=44, optional=True),
        Column("sector", "行业", of(lambda each: str(each.sector or "")), width=10, optional=True),
        Column("labels", "标签", of(lambda each: _joined(each.labels)), width=14, optional=True),
        Column("places", "建设地点", of(lambda each: _joined(each.places)), width=16, optional=True),
        Column("owner", "业主单位", of(lambda each: each.owner), width=20, optional=True),
        Column("nature", "建设性质", of(lambda each: each.nature), width=10, optional=True),
        Column("years", "建设年限", of(lambda each: each.years), width=12, optional=True),
        Column("content", "建设规模和内容", of(lambda each: each.content), width=44, optional=True),
        Column(
            "total",
            "总投资",
            of(lambda each: each.total),
            lambda each: money(of(lambda project: project.total)(each)),
            kind="number",
            total=True,
            optional=True,
            css="num",
        ),
        Column(
            "before",
            "上年末累计",
            of(lambda each: each.before),
            lambda each: money(of(lambda project: project.before)(each)),
            kind="number",
            total=True,
            optional=True,
            css="num",
        ),
        Column("goal", "年度目标", of(lambda each: each.goal_words), width=30, optional=True),
        Column("printed", "文件序号", of(lambda each: each.printed_number), width=8, optional=True),
    )


def _joined(things):
    return "、".join(str(each) for each in things.all())


def sum_row(sums, told, until_words):
    return {
        "name": mark_safe(f"合计 {sums.count} 个 <small>{escape(told)}</small>"),
        "year": money(sums.year),
        "done": money(sums.done),
        "due": money(sums.due),
        "track": track(sums, "done"),
        "share": "" if sums.share is None else str(sums.share),
        "due_share": "" if sums.due_share is None else str(sums.due_share),
        "ahead": points(sums.ahead),
        "unit": mark_safe(f"<small>黑线：{until_words}应完成</small>"),
    }
