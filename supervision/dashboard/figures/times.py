"""Figures of time: until when a paper tells, the moment its figures are drawn as of, until when the next month is filed."""

from kit import clock, deadlines
from reports.models import Period
from supervision.dashboard.figures.figure import NOTHING, Figure, source
from supervision.dashboard.figures.projects import programme_of
from supervision.dashboard.figures.scope import EYES


@source("until", "截止到哪天")
def until(scope):
    return Figure(scope.until_words, "所写时期的最后一天；还没有过完的，为取数当天")


@source("as_of", "数字截至的时刻")
def as_of(scope):
    at = clock.local(scope.moment)
    return Figure(f"{at.month}月{at.day}日{at.hour}时", "取数的时刻")


@source("projects_until", "项目数字截止到哪月", "plan")
def projects_until(scope, plan=None):
    programme = programme_of(scope, plan)
    return Figure(f"{programme.month.month}月底" if programme else NOTHING, "已经过完的最后一个月")


@source("filing_next", "下月月报的截止", "plan")
def filing_next(scope, plan=None):
    """Of the month after, as opened or as the plan's rule has it; several plans that agree are told once."""
    month, found = deadlines.next_month(scope.last), {}
    opened = Period.objects.visible_to(EYES).of(scope.chosen(plan)).filter(month=month)
    opened = dict(opened.values_list("plan", "on_time_until"))
    for each in scope.chosen(plan):
        if each.covers(month):
            until = opened.get(each.pk) or Period.window_of(each, month, scope.is_workday).on_time_until
            found.setdefault(deadlines.end_words(until).replace(" ", ""), []).append(each.short_title)
    several = len(found) > 1
    words = "、".join((f"{'、'.join(titles)}" if several else "") + f"{day}前" for day, titles in found.items())
    return Figure(words or NOTHING, "已开启的报送期，没有开启的按方案的报送规则", address=scope.address("period_list"))


@source("tasks_due_next_month", "下月是哪月")
def next_month(scope):
    return Figure(f"{deadlines.next_month(scope.last).month}月", "所写时期之后的一个月")
