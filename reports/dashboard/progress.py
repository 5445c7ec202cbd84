"""How the tasks stand: lights by section, what lags, indicators against time, the latest events."""

from dataclasses import dataclass, field, replace

from django.db.models import Avg, Count, F, Min, prefetch_related_objects

from reports import deadlines
from reports.models import Period
from tasks.lights import Light
from tasks.models import Indicator, Responsibility, Task

# Tasks without a section: all of a plan that has none, or those of a township's own choice beside the sections.
WHOLE, REST = "全部任务", "其他任务"
LIGHT_ORDER = (Light.BLUE, Light.GREEN, Light.YELLOW, Light.RED, Light.GREY)


@dataclass(frozen=True)
class Part:
    """The lights of one section (or of one plan, where several are looked at), and their mean progress."""

    title: str
    section_id: int | None
    plan_id: int
    lights: dict = field(default_factory=dict)
    progress: int = 0

    @property
    def total(self):
        return sum(self.lights.values())

    @property
    def parts(self):
        """(label, count, tone) in fixed order, for a stacked bar."""
        return [(light.label, self.lights.get(light.value, 0), light.tone) for light in LIGHT_ORDER]


def parts(scope):
    """Return one Part per section of the plan, or per plan when there are several."""
    found = _frozen_parts(scope) if scope.is_closed else _live_parts(scope)
    if len(found) > 1:
        found = [replace(part, title=REST) if part.title == WHOLE else part for part in found]
    return found


def _live_parts(scope):
    single = scope.plan is not None
    keys = ("section", "section__number", "section__title") if single else ("plan", "plan__short_title")
    rows = (
        scope.tasks.with_light(scope.day)
        .order_by()
        .values(*keys, "light_now")
        .annotate(n=Count("pk"), progress=Avg("progress"), first=Min("order"), plan_key=Min("plan"))
    )
    return _gather(rows, lambda row: _live_key(row, single))


def _live_key(row, single):
    if single:
        title = f"{row['section__number']}{row['section__title']}" if row["section"] else WHOLE
        return (row["section"], title)
    return (None, row["plan__short_title"])


def _frozen_parts(scope):
    rows = (
        scope.standings.order_by()
        .values("section_title", "period__plan__short_title", light_now=F("light"))
        .annotate(n=Count("pk"), progress=Avg("progress"), first=Min("task__order"), plan_key=Min("period__plan"))
    )
    if scope.plan is None:
        return _gather(rows, lambda row: (None, row["period__plan__short_title"]))
    return _gather(rows, lambda row: (None, row["section_title"] or WHOLE))


def _gather(rows, key):
    table = {}
    for row in sorted(rows, key=lambda row: (row["plan_key"], row["first"])):
        section, title = key(row)
        part = table.setdefault((row["plan_key"], title), {"section": section, "lights": {}, "sum": 0.0, "n": 0})
        part["lights"][row["light_now"]] = part["lights"].get(row["light_now"], 0) + row["n"]
        part["sum"] += float(row["progress"] or 0) * row["n"]
        part["n"] += row["n"]
    return [
        Part(title, part["section"], plan, part["lights"], int(part["sum"] / part["n"]))
        for (plan, title), part in table.items()
    ]


@dataclass(frozen=True)
class Totals:
    """All lights of a scope together, mean progress beside the time gone."""

    lights: dict
    progress: int | None
    time: int

    @property
    def total(self):
        return sum(self.lights.values())

    @property
    def behind(self):
        """How many points the mean progress lies behind the time gone; 0 when it does not."""
        return max(0, self.time - self.progress) if self.progress is not None else 0

    def count(self, light):
        return self.lights.get(light.value, 0)


def totals(scope, sections):
    """Return the Totals of ``sections`` (what parts() gave)."""
    lights = {}
    for part in sections:
        for light, n in part.lights.items():
            lights[light] = lights.get(light, 0) + n
    whole = sum(part.total for part in sections)
    progress = sum(part.progress * part.total for part in sections) // whole if whole else None
    return Totals(lights, progress, time_gone(scope))


def since_last_month(scope, now):
    """Return {light: how its number moved since the month before was closed, in words}; empty when that was not closed."""
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


def time_gone(scope):
    """Return how much of the plans' period has passed by the scope's day, in whole percent (mean of the plans)."""
    shares = []
    for plan in scope.plans:
        days = (plan.ends_on - plan.starts_on).days + 1
        shares.append(100 * min(max((scope.day - plan.starts_on).days + 1, 0), days) // days)
    return sum(shares) // len(shares) if shares else 0


@dataclass(frozen=True)
class Lag:
    """One task that lags: where it stands, why, and since when."""

    task: Task
    light: Light
    progress: int
    expected: int
    reason: str
    lead_name: str

    @property
    def behind(self):
        return max(0, self.expected - self.progress)

    @property
    def figures(self):
        """The reason without its light, where the light stands beside it."""
        return self.reason.rpartition("，")[0] or self.reason


def lags(scope, limit=10):
    """Return the tasks furthest behind, red before yellow, as of the scope's month."""
    if scope.is_closed:
        return _frozen_lags(scope, limit)
    red_first = ("late_from", "slow_from", "order")
    rows = (
        scope.tasks.open()
        .filter(slow_from__lte=scope.day, judged_from__lte=scope.day)
        .exclude(excused_until__gte=scope.day)
        .select_related("plan__rules")
        .order_by(*red_first)[: limit * 3]
    )
    rows = list(rows)
    prefetch_related_objects([task for task in rows if task.pace == Task.Pace.MILESTONES], "milestones")
    names = Responsibility.objects.names_of(rows)
    found = [_lag_of(task, scope.day, names.get(task.pk, ())) for task in rows]
    found.sort(key=lambda lag: (lag.light is not Light.RED, -lag.behind, lag.task.order))
    return found[:limit]


def _lag_of(task, day, names):
    judged = task.judgement(day)
    lead = next((name for leads, name in names if leads), "待分解")
    return Lag(task, judged.light, task.progress, judged.expected, judged.reason, lead)


def _frozen_lags(scope, limit):
    rows = (
        scope.standings.filter(light__in=["RED", "YELLOW"])
        .select_related("task")
        .annotate(behind=F("expected") - F("progress"))
        .order_by("light", "-behind", "task__order")[:limit]
    )
    return [Lag(row.task, Light(row.light), row.progress, row.expected, row.reason, row.lead_name) for row in rows]


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator as of a month, beside the time gone."""

    indicator: Indicator
    actual: object
    share: int | None
    time: int

    @property
    def tone(self):
        """Behind time by more than ten points is slow, by more than thirty late."""
        if self.share is None:
            return "muted"
        if self.share >= 100:
            return "done"
        gap = self.time - self.share
        return "danger" if gap > 30 else "warn" if gap > 10 else "good"


def indicators(scope):
    """Return the plans' indicators with a reading up to the scope's month, furthest behind first, then those without."""
    rows = scope.indicators.with_readings()
    found = [
        IndicatorLine(row, row.actual(scope.month), row.share(scope.month), row.time_share(scope.day)) for row in rows
    ]
    return sorted(found, key=lambda line: (line.share is None, (line.share or 0) - line.time))


def news(scope, limit=10):
    """Return the latest events of the plans' reports."""
    return scope.events.select_related("subject__period__plan").newest()[:limit]
