"""How a month's reports stand: sums, who still owes, units through the months."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Min, Q

from kit import clock
from reports.models import MonthlyReport

Status = MonthlyReport.Status
Mark = MonthlyReport.Mark


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
    sums = scope.reports.aggregate(
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
class Owing:
    """One unit that still owes: its reports of the month, the nearest deadline, the number of tasks."""

    report: MonthlyReport
    tasks: int
    mark: str


def owing(scope, limit=12):
    """Return the reports still to be handed in, overdue and returned ones first."""
    rows = (
        scope.reports.owing()
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
    first = {Mark.MISSING: 0, Mark.RETURNED: 1, Mark.NOT_YET: 2, Mark.DRAFT: 2, Mark.WAITING: 3}
    current = list(scope.reports.with_mark().order_by("serial").values_list("unit", "unit_name", "mark_now"))
    current.sort(key=lambda row: first.get(row[2], 4))
    chosen = current[:limit] if limit else current
    return _heat_rows(scope, [(unit, name) for unit, name, _ in chosen])


def _heat_rows(scope, units):
    """Return HeatRows of ``units`` as (id, name) over the months of the scope's plan up to its month."""
    plan, until = scope.plan, scope.month
    months = [month for month in plan.months if month <= until]
    ids = [unit for unit, _ in units]
    table, late = {}, {}
    rows = MonthlyReport.objects.visible_to(scope.user).with_mark()
    rows = rows.filter(period__plan=plan, period__month__lte=until, unit__in=ids)
    for unit, month, pk, mark, was_late in rows.values_list("unit", "period__month", "pk", "mark_now", "is_late"):
        table[unit, month] = (pk, mark)
        late[unit, month] = was_late
    counted = scope.tasks.filter(responsibilities__unit__in=ids).order_by().values_list("responsibilities__unit")
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
