"""How the tasks stand: lights by section, what lags, indicators against time, the latest events."""

import functools
import heapq
from collections import Counter
from dataclasses import dataclass, field, replace

from django.db.models import Count, F, Min, Sum

from kit import deadlines
from kit.rates import mean
from kit.statements import fetch_related
from reports.dashboard.problems import problems_of
from reports.models import Period, Standing
from reports.models.entry import progress_then
from reports.models.standing import CORRECTED
from tasks.lights import Course, Light, Pace
from tasks.models import Indicator, Responsibility, Section, Task
from tasks.targets import Stand

# Tasks without a section: all of a plan that has none, or those of a township's own choice beside the sections.
WHOLE, REST = "全部任务", "其他任务"
LIGHT_ORDER = (Light.BLUE, Light.GREEN, Light.YELLOW, Light.RED, Light.GREY)


@dataclass(frozen=True)
class Sums:
    """Tasks counted by their lights, with the sums of their progress and of what is expected of them."""

    lights: Counter = field(default_factory=Counter)
    done: int = 0
    due: int = 0

    def __add__(self, other):
        return Sums(self.lights + other.lights, self.done + other.done, self.due + other.due)

    @property
    def total(self):
        return self.lights.total()

    @property
    def progress(self):
        return mean(self.done, self.total)

    @property
    def expected(self):
        return mean(self.due, self.total)

    @property
    def behind(self):
        """By how many points the first of the two means shown lies behind the second."""
        return max(self.expected - self.progress, 0) if self.total else 0

    def count(self, light):
        return self.lights[light.value]


@dataclass(frozen=True)
class Part:
    """The sums of one section (or of one plan, where several are looked at)."""

    title: str
    section_id: int | None
    plan_id: int
    sums: Sums

    @property
    def parts(self):
        """(label, count, tone), for a stacked bar."""
        return [(light.label, self.sums.count(light), light.tone) for light in LIGHT_ORDER]


def parts(scope):
    table = {}
    for group in sorted([*_frozen(scope), *_live(scope)], key=lambda group: (group.plan, group.order)):
        title = (group.section_title or WHOLE) if scope.plan else group.plan_title
        known = table.setdefault((group.plan, title), [group.section if scope.plan else None, Sums()])
        known[1] += group.sums
    found = [Part(title, section, plan, sums) for (plan, title), (section, sums) in table.items()]
    if len(found) > 1:
        found = [replace(part, title=REST) if part.title == WHOLE else part for part in found]
    return found


@dataclass(frozen=True)
class Group:
    """Tasks of one section that have the same light and the same course."""

    plan: int
    plan_title: str
    section: int | None
    section_title: str
    order: int
    sums: Sums


def _frozen(scope):
    if not scope.closed_plans:
        return []
    names = ("period__plan", "period__plan__short_title", "section_title", "light")
    rows = scope.standings.order_by().values_list(*names)
    rows = rows.annotate(n=Count("pk"), done=Sum("progress"), due=Sum("expected"), first=Min("task__order"))
    return [
        Group(plan, name, None, title, first, Sums(Counter({light: n}), done, due))
        for plan, name, title, light, n, done, due, first in rows
    ]


def _live(scope):
    if not scope.live_plans:
        return []
    if scope.is_over:
        return [
            Group(
                task.plan_id,
                task.plan.short_title,
                task.section_id,
                str(task.section or ""),
                task.order,
                Sums(Counter({judged.light.value: 1}), progress, judged.expected),
            )
            for task, progress, judged in _judged_then(scope)
        ]
    names = ("plan", "plan__short_title", "section", "section__number", "section__title", "light_now")
    rows = scope.live_tasks.with_light(scope.day).with_steps(scope.day).order_by()
    rows = rows.values(*names, "pace", "starts_on", "due_on", "steps", "steps_due")
    return [_group_of(row, scope.day) for row in rows.annotate(n=Count("pk"), done=Sum("progress"), first=Min("order"))]


def _group_of(row, day):
    course = Course.reached(Pace(row["pace"]), row["starts_on"], row["due_on"], day, row["steps"], row["steps_due"])
    title = Section.named(row["section__number"], row["section__title"]) if row["section"] else ""
    sums = Sums(Counter({row["light_now"]: row["n"]}), row["done"], course.expected(day) * row["n"])
    return Group(row["plan"], row["plan__short_title"], row["section"], title, row["first"], sums)


def _judged_then(scope):
    """[(task, progress, judgement)] of a month that is over and not closed: by what was accepted up to it."""
    tasks = list(scope.live_tasks.select_related("plan__rules", "section").prefetch_related("milestones"))
    then = progress_then(tasks, scope.month)
    return [(task, then.get(task.pk, task.progress), task.judgement(scope.day, then.get(task.pk))) for task in tasks]


def totals(sections):
    return sum((part.sums for part in sections), Sums())


def since_last_month(scope, now):
    """{light: how its number moved, in words}; empty when the month before was not closed everywhere."""
    month = deadlines.previous_month(scope.month)
    frozen = (
        Period.objects.visible_to(scope.user)
        .filter(plan__in=scope.plans, month=month)
        .closed()
        .values_list("summary", flat=True)
    )
    sections = [lights for summary in frozen for lights in summary.get("lights", {}).values()]
    if not sections or len(frozen) < len(scope.plans):
        return {}
    before = {light: sum(section.get(light, 0) for section in sections) for light in (each.value for each in Light)}
    return {light: _moved(now.get(light, 0) - n) for light, n in before.items()}


def _moved(difference):
    return f"较上月 {difference:+d}".replace("-", "−") if difference else "与上月持平"


@dataclass(frozen=True)
class Lag:
    task: Task
    light: Light
    progress: int
    expected: int
    reason: str
    lead_name: str = ""
    problems: str = ""
    before: Light | None = None

    @property
    def turned(self):
        """Whether it had another light at the end of the month before."""
        return self.before not in (None, self.light)

    @property
    def behind(self):
        return max(0, self.expected - self.progress)

    @property
    def figures(self):
        """The reason without its light, which stands beside it; what was corrected stays told."""
        reason, *corrected = self.reason.partition(CORRECTED)
        return (reason.rpartition(f"，{self.light.label}")[0] or reason) + "".join(corrected)


def lags(scope, limit=10):
    found = [*_frozen_lags(scope, limit), *_live_lags(scope, limit)]
    return _with_problems(sorted(found, key=_furthest)[:limit], scope)


def with_lights_before(found, scope):
    """Each with its light of the month before, where that was closed."""
    tasks, month = [lag.task.pk for lag in found], deadlines.previous_month(scope.month)
    rows = Standing.objects.visible_to(scope.user).filter(task__in=tasks, period__month=month)
    before = dict(rows.order_by().values_list("task", "light"))
    return [replace(lag, before=before.get(lag.task.pk) and Light(before[lag.task.pk])) for lag in found]


def _furthest(lag):
    return lag.light is not Light.RED, -lag.behind, lag.task.order


def _with_problems(found, scope):
    said = problems_of([lag.task.pk for lag in found], scope.user, scope.month)
    return [replace(lag, problems=said.get(lag.task.pk, "")) for lag in found]


def _live_lags(scope, limit):
    if not scope.live_plans:
        return []
    if scope.is_over:
        judged = [each for each in _judged_then(scope) if each[2].light in (Light.RED, Light.YELLOW)]
    else:
        judged = [(task, task.progress, task.judgement(scope.day)) for task in _slow(scope, limit)]
    found = sorted((_lag_of(*each) for each in judged), key=_furthest)[:limit]
    names = Responsibility.objects.names_of([lag.task for lag in found])
    return [replace(lag, lead_name=_lead_in(names.get(lag.task.pk, ()))) for lag in found]


def _slow(scope, limit):
    """Of all only the figures are read, which say how far behind a task is."""
    day, names = scope.day, ("light_now", "progress", "order", "pk")
    rows = scope.live_tasks.with_light(day).filter(light_now__in=[Light.RED.value, Light.YELLOW.value]).with_steps(day)
    rows = rows.order_by().values_list("pace", "starts_on", "due_on", "steps", "steps_due", *names)
    expected = functools.cache(
        lambda pace, *rest: Course.reached(Pace(pace), rest[0], rest[1], day, *rest[2:]).expected(day)
    )
    found = (
        (light != Light.RED.value, -max(0, expected(*course) - n), order, key) for *course, light, n, order, key in rows
    )
    keys = [key for *_, key in heapq.nsmallest(limit, found)]
    worst = scope.live_tasks.filter(pk__in=keys).select_related("plan__rules").defer("text", "points", "standard")
    fetch_related([task for task in worst if task.pace == Task.Pace.MILESTONES], "milestones")
    return worst


def _lag_of(task, progress, judged):
    return Lag(task, judged.light, progress, judged.expected, judged.reason)


def _lead_in(names):
    return next((name for leads, name in names if leads), "待分解")


def _frozen_lags(scope, limit):
    if not scope.closed_plans:
        return []
    rows = (
        scope.standings.filter(light__in=["RED", "YELLOW"])
        .select_related("task")
        .annotate(behind=F("expected") - F("progress"))
        .order_by("light", "-behind", "task__order")[:limit]
    )
    return [Lag(row.task, Light(row.light), row.progress, row.expected, row.reason, row.lead_name) for row in rows]


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator by its figures up to a month; ``stand`` is None without any."""

    indicator: Indicator
    stand: Stand | None

    @property
    def tone(self):
        return self.stand.tone if self.stand else "muted"


WORST_FIRST = ("danger", "warn", "good", "done", "muted")


def indicators(scope):
    found = [IndicatorLine(row, row.stand(scope.month)) for row in scope.indicators.with_figures()]
    return sorted(found, key=lambda line: (WORST_FIRST.index(line.tone), -line.stand.behind if line.stand else 0))


def news(scope, limit=10):
    rows = scope.events.select_related("subject__period__plan").newest()
    return rows.only(
        "at", "verb", "subject__unit_name", "subject__period__month", "subject__period__plan__short_title"
    )[:limit]
