"""What the charts of key projects are drawn from: how many came how far, money month by month, every project's months."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from kit.charts.curve import Curve
from kit.deadlines import month_words
from kit.rates import rounded
from reports.dashboard.stand import Sums
from reports.models import Standing
from tasks import nodes
from tasks.derived import FULFIL
from tasks.lights import Light
from tasks.models import Measure, Milestone, Project, ProjectClass

NONE = Decimal(0)
FULFILLED, GOAL = FULFIL, "GOAL"
DAYS = Milestone.Kind
# How far a project may have come, in the order it goes through.
STAGES = {
    FULFILLED: "已履约",
    DAYS.START.value: "已开工",
    DAYS.COMPLETE.value: "已竣工",
    DAYS.COMMISSION.value: "已投产",
    DAYS.CAPACITY.value: "已达效",
    GOAL: "年度目标完成",
}


def has_reached(stand, stage):
    if stage == FULFILLED and stand.klass != ProjectClass.CONTRACTED:
        return False
    return bool(stand.goal) if stage == GOAL else stand.has(stage)


def _asks(stand, stage):
    """Whether a project is to come that far at all."""
    if stage == FULFILLED:
        return stand.klass == ProjectClass.CONTRACTED
    return stand.goal is not None if stage == GOAL else stage in stand.dues


def reached(stands):
    """{stage: how many came that far}, None where none of them is to."""
    stands = list(stands)
    return {
        stage: sum(has_reached(each, stage) for each in stands) if any(_asks(each, stage) for each in stands) else None
        for stage in STAGES
    }


def by_class(stands):
    """[(class, its projects)] of those there are, in the order of the classes."""
    found = {klass: [each for each in stands if each.klass == klass] for klass in ProjectClass}
    return [(klass, rows) for klass, rows in found.items() if rows]


def _invested(programme, stands):
    """The projects with their money: those of packages are the parts'. All that run are asked for as that, not one by one."""
    rows = Project.objects.visible_to(programme.user)
    if len(stands) == len(programme.running) and not any(each.stopped for each in stands):
        on = Q(package=None) & _is_on(programme.listed) | _is_on(programme.listed, "package__")
        rows = rows.filter(on, task__plan=programme.plan)
    else:
        keys = [each.pk for each in stands]
        rows = rows.filter(Q(pk__in=keys) | Q(package__in=keys))
    return rows.filter(amounts__measure=Measure.INVESTED).order_by()


def _is_on(month, of=""):
    """As ``running(month)`` says it, also of what a project is a part ``of``."""
    stopped = f"{of}stopped_from"
    return (Q(**{stopped: None}) | Q(**{f"{stopped}__gt": month})) & Q(**{f"{of}listed_from__lte": month})


def curve(programme, stands, *, tone="done"):
    """Plan and done of these projects together, of packages that of their parts; done is known up to the month shown."""
    rows = (
        _invested(programme, stands)
        .values_list("amounts__month")
        .annotate(first=Sum("amounts__first"), planned=Sum("amounts__planned"), actual=Sum("amounts__actual"))
    )
    found = {month: values for month, *values in rows}
    months = told_months(programme.plan, found)
    first, planned, actual = ([_of(found.get(month, (None,) * 3)[place]) for month in months] for place in range(3))
    over = [value for month, value in zip(months, actual, strict=True) if month <= programme.month]
    pace = nodes.at_pace(over, len(months) - len(over))
    return Curve(
        [month_words(month, months) for month in months],
        planned,
        over,
        first,
        tone=tone,
        pace=rounded(pace[0]) if pace else None,
        pace_words=f"按近{pace[1]}月速度，年底约" if pace else "",
    )


def _of(value):
    return NONE if value is None else value


def told_months(plan, found):
    """The plan's months to be drawn: it may run into the next January for its summing up, where no money is planned."""
    return [month for month in plan.months if month.year == plan.year or month in found]


@dataclass(frozen=True)
class Month:
    """How one project stood at a month's end: its light with the reason on record, or how far its money was behind."""

    light: Light
    words: str = ""
    points: Decimal | None = None


def lights(programme, stands):
    """{(project, month): Month} as the closed months have it on record; the month shown as the list says it."""
    programme.register.look([each.pk for each in stands if each.is_judged])
    found = {(each.pk, programme.month): Month(each.light, each.brief) for each in stands}
    rows = Standing.objects.visible_to(programme.user).filter(
        period__plan=programme.plan, period__month__lte=programme.month, task__in=[each.pk for each in stands]
    )
    rows = rows.order_by().values_list("task", "period__month", "light", "reason")
    return found | {(task, month): Month(Light(light), reason) for task, month, light, reason in rows}


def lags(programme, stands):
    """{(project, month): Month} by money alone: done less due at each month's end, in points of the year's plan."""
    found = {}
    rows = (
        _invested(programme, stands)
        .values_list(Coalesce("package", "pk"), "amounts__month")
        .annotate(planned=Sum("amounts__planned"), actual=Sum("amounts__actual"))
    )
    money = {(key, month): (_of(planned), _of(actual)) for key, month, planned, actual in rows}
    for each in stands:
        due = done = NONE
        for month in programme.plan.months:
            if month > programme.month or not each.year:
                break
            planned, actual = money.get((each.pk, month), (NONE, NONE))
            due, done = due + planned, done + actual
            if due or done:
                found[each.pk, month] = _behind(each, due, done)
    return found


def _behind(stand, due, done):
    """By the same rules as the money's part of its light."""
    behind, rules = (due - done) * 100, stand.register.rules
    level = Light.RED if behind > rules.late_after * stand.year else Light.YELLOW
    light = level if behind > rules.slow_after * stand.year else Light.GREEN
    return Month(light, points=Sums(year=stand.year, due=due, done=done).ahead)
