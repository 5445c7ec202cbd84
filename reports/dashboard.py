"""Sums for the overview pages: read-only, as of one month, returned as small frozen values.

Screen, sheet and bulletin call the same functions. A closed month reads its frozen standings; the live one is computed
from the tasks' rows. Nothing here grows with the number of years.
"""

import datetime
from dataclasses import dataclass, field

from django.db.models import Avg, Count, F, Min, Q

from kit import clock
from reports.models import MonthlyReport, Period, ReportEvent, Standing
from tasks.lights import Light
from tasks.models import Indicator, Plan, Responsibility, Task

Status = MonthlyReport.Status
Mark = MonthlyReport.Mark
LIGHT_ORDER = (Light.BLUE, Light.GREEN, Light.YELLOW, Light.RED, Light.GREY)


@dataclass(frozen=True)
class Scope:
    """What an overview looks at: some plans in one month."""

    plans: tuple[Plan, ...]
    month: datetime.date
    periods: tuple[Period, ...]

    @property
    def is_closed(self):
        """All its periods are frozen."""
        return bool(self.periods) and all(period.is_closed for period in self.periods)

    @property
    def day(self):
        """The day the month is judged as of: today while it runs, its last day afterwards."""
        last = max((period.last_day for period in self.periods), default=self.month)
        return min(clock.today(), last) if self.periods else clock.today()

    @property
    def plan(self):
        """The only plan, or None."""
        return self.plans[0] if len(self.plans) == 1 else None


def scope_of(plans, month=None):
    """Return the Scope of ``plans`` in ``month``; by default the newest month that has been opened."""
    plans = tuple(plans)
    periods = Period.objects.filter(plan__in=plans)
    if month is None:
        newest = periods.order_by("-month").values_list("month", flat=True).first()
        month = newest or clock.today().replace(day=1)
    rows = periods.filter(month=month).select_related("plan").order_by("plan_id")
    return Scope(plans, month, tuple(rows))


@dataclass(frozen=True)
class Filing:
    """How a month's reports stand. Rates have the reports owed as their denominator, so none exceeds 100."""

    owed: int = 0
    filed: int = 0
    on_time: int = 0
    late: int = 0
    missing: int = 0
    waiting: int = 0
    returned: int = 0
    accepted: int = 0
    exempt: int = 0
    units_owing: int = 0
    waiting_since: datetime.datetime | None = None

    @property
    def filed_rate(self):
        return 100 * self.filed // self.owed if self.owed else None

    @property
    def on_time_rate(self):
        return 100 * self.on_time // self.owed if self.owed else None

    @property
    def not_filed(self):
        return self.owed - self.filed


def filing(scope):
    """Return the Filing of the scope's periods."""
    owed, now = ~Q(status=Status.EXEMPT), clock.now()
    filed = owed & Q(first_submitted_at__isnull=False)
    sums = MonthlyReport.objects.filter(period__in=scope.periods).aggregate(
        owed=Count("pk", filter=owed),
        filed=Count("pk", filter=filed),
        on_time=Count("pk", filter=filed & Q(is_late=False)),
        late=Count("pk", filter=filed & Q(is_late=True)),
        missing=Count("pk", filter=owed & Q(first_submitted_at=None, due_at__lte=now)),
        waiting=Count("pk", filter=Q(status=Status.SUBMITTED)),
        returned=Count("pk", filter=Q(status=Status.RETURNED)),
        accepted=Count("pk", filter=Q(status=Status.ACCEPTED)),
        exempt=Count("pk", filter=Q(status=Status.EXEMPT)),
        units_owing=Count("unit", filter=Q(status__in=MonthlyReport.OWING), distinct=True),
        waiting_since=Min("submitted_at", filter=Q(status=Status.SUBMITTED)),
    )
    return Filing(**sums)


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
    return _frozen_parts(scope) if scope.is_closed else _live_parts(scope)


def _live_parts(scope):
    single = scope.plan is not None
    keys = ("section", "section__number", "section__title") if single else ("plan", "plan__short_title")
    rows = (
        Task.objects.in_force()
        .filter(plan__in=scope.plans)
        .with_light(scope.day)
        .order_by()
        .values(*keys, "light_now")
        .annotate(n=Count("pk"), progress=Avg("progress"), first=Min("order"), plan_key=Min("plan"))
    )
    return _gather(rows, lambda row: _live_key(row, single))


def _live_key(row, single):
    if single:
        title = f"{row['section__number']}{row['section__title']}" if row["section"] else "全部任务"
        return (row["section"], title)
    return (None, row["plan__short_title"])


def _frozen_parts(scope):
    rows = (
        Standing.objects.filter(period__in=scope.periods)
        .order_by()
        .values("section_title", "period__plan__short_title", light_now=F("light"))
        .annotate(n=Count("pk"), progress=Avg("progress"), first=Min("task__order"), plan_key=Min("period__plan"))
    )
    if scope.plan is None:
        return _gather(rows, lambda row: (None, row["period__plan__short_title"]))
    return _gather(rows, lambda row: (None, row["section_title"] or "全部任务"))


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


def lags(scope, limit=10):
    """Return the tasks furthest behind, red before yellow, as of the scope's month."""
    if scope.is_closed:
        return _frozen_lags(scope, limit)
    red_first = ("late_from", "slow_from", "order")
    rows = (
        Task.objects.open()
        .filter(plan__in=scope.plans, slow_from__lte=scope.day, judged_from__lte=scope.day)
        .exclude(excused_until__gte=scope.day)
        .with_people()
        .prefetch_related("milestones")
        .order_by(*red_first)[: limit * 3]
    )
    found = [_lag_of(task, scope.day) for task in rows]
    found.sort(key=lambda lag: (lag.light is not Light.RED, -lag.behind, lag.task.order))
    return found[:limit]


def _lag_of(task, day):
    judged = task.judgement(day)
    lead = task.lead.name if task.lead else "待分解"
    return Lag(task, judged.light, task.progress, judged.expected, judged.reason, lead)


def _frozen_lags(scope, limit):
    rows = (
        Standing.objects.filter(period__in=scope.periods, light__in=["RED", "YELLOW"])
        .select_related("task")
        .annotate(behind=F("expected") - F("progress"))
        .order_by("light", "-behind", "task__order")[:limit]
    )
    return [Lag(row.task, Light(row.light), row.progress, row.expected, row.reason, row.lead_name) for row in rows]


@dataclass(frozen=True)
class Owing:
    """One unit that still owes: its reports of the month, the nearest deadline, the number of tasks."""

    report: MonthlyReport
    tasks: int
    mark: str


def owing(scope, limit=12):
    """Return the reports still to be handed in, overdue and returned ones first."""
    rows = (
        MonthlyReport.objects.owing()
        .filter(period__in=scope.periods)
        .with_mark()
        .select_related("unit", "period__plan")
        .annotate(tasks=Count("entries"))
        .order_by("due_at", "serial")[:limit]
    )
    return [Owing(report, report.tasks, report.mark_now) for report in rows]


@dataclass(frozen=True)
class HeatRow:
    """One unit through the months: a mark per month (None where nothing was owed), and its on-time rate."""

    unit_id: int
    name: str
    tasks: int
    marks: tuple[str | None, ...]
    reports: tuple[int | None, ...]
    rate: int | None


def heat(scope, limit=None):
    """Return HeatRows of one plan's units over its months, those with problems this month first."""
    if scope.plan is None or not scope.periods:
        return []
    period = scope.periods[0]
    first = {Mark.MISSING: 0, Mark.RETURNED: 1, Mark.NOT_YET: 2, Mark.DRAFT: 2, Mark.WAITING: 3}
    current = list(period.reports.with_mark().order_by("serial").values_list("unit", "unit_name", "mark_now"))
    current.sort(key=lambda row: first.get(row[2], 4))
    chosen = current[:limit] if limit else current
    return heat_rows(scope.plan, [(unit, name) for unit, name, _ in chosen], scope.month)


def heat_rows(plan, units, until):
    """Return HeatRows of ``units`` as (id, name) over the months of ``plan`` up to ``until``."""
    months = [month for month in plan.months if month <= until]
    ids = [unit for unit, _ in units]
    table, late = {}, {}
    rows = MonthlyReport.objects.filter(period__plan=plan, period__month__lte=until, unit__in=ids).with_mark()
    for unit, month, pk, mark, was_late in rows.values_list("unit", "period__month", "pk", "mark_now", "is_late"):
        table[unit, month] = (pk, mark)
        late[unit, month] = was_late
    counted = Responsibility.objects.filter(task__plan=plan, unit__in=ids).order_by().values_list("unit")
    tasks = dict(counted.annotate(n=Count("pk")))
    return [
        HeatRow(
            unit,
            name,
            tasks.get(unit, 0),
            tuple(table.get((unit, month), (None, None))[1] for month in months),
            tuple(table.get((unit, month), (None, None))[0] for month in months),
            _on_time_rate(
                [table[unit, month][1] for month in months if (unit, month) in table],
                [late[unit, month] for month in months if (unit, month) in table],
            ),
        )
        for unit, name in units
    ]


def _on_time_rate(marks, late):
    """Return the share of reports filed on time among those owed and due, in whole percent."""
    due = [was_late for mark, was_late in zip(marks, late, strict=True) if mark == Mark.MISSING or was_late is not None]
    return 100 * sum(was_late is False for was_late in due) // len(due) if due else None


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
    rows = Indicator.objects.filter(plan__in=scope.plans).with_readings()
    found = [
        IndicatorLine(row, row.actual(scope.month), row.share(scope.month), row.time_share(scope.day)) for row in rows
    ]
    return sorted(found, key=lambda line: (line.share is None, (line.share or 0) - line.time))


def news(scope, limit=10):
    """Return the latest events of the plans' reports."""
    rows = ReportEvent.objects.filter(subject__period__plan__in=scope.plans)
    return rows.select_related("subject__period__plan").newest()[:limit]
