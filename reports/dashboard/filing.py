"""How a month's reports stand: sums, who still owes, units through the months."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce

from kit import clock
from kit.rates import Rate
from reports.dashboard.timeliness import by_month, rates
from reports.models import Fact, MonthlyReport
from reports.models.fact import conditions, facts_of
from tasks.models import Task

Mark = MonthlyReport.Mark


COUNTED = tuple(each for each in Fact if each is not Fact.DUE)


@dataclass(frozen=True)
class Filing:
    """owed = filed + lapsed + unfiled, and missing are part of the unfiled."""

    owed: int = 0
    filed: int = 0
    on_time: int = 0
    late: int = 0
    unfiled: int = 0
    missing: int = 0
    returned: int = 0
    lapsed: int = 0
    waiting: int = 0
    accepted: int = 0
    exempt: int = 0
    units_owing: int = 0
    waiting_since: datetime.datetime | None = None

    @property
    def filed_rate(self):
        return Rate(self.filed, self.owed)


def filing(scope):
    facts = conditions(clock.now())
    sums = scope.reports.aggregate(
        **{fact.value: Count("pk", filter=facts[fact]) for fact in COUNTED},
        units_owing=Count("unit", filter=Q(status__in=MonthlyReport.OWING), distinct=True),
        waiting_since=Min("submitted_at", filter=facts[Fact.WAITING]),
    )
    return Filing(**sums)


_KINDS = {
    word: Count("entries", filter=Q(entries__task__kind=kind))
    for word, kind in (("tasks", Task.Kind.ACTION), ("projects", Task.Kind.PROJECT))
}


def asked_words(tasks, projects):
    """Tasks and key projects a unit answers for; no 0 beside the other kind."""
    return "、".join(([f"{tasks}项"] if tasks or not projects else []) + ([f"{projects}个项目"] if projects else []))


@dataclass(frozen=True)
class Owing:
    report: MonthlyReport
    asked: str
    mark: str


def owing(scope, limit=8):
    rows = (
        scope.reports.owing()
        .with_mark()
        .select_related("period__plan")
        .annotate(**_KINDS)
        .order_by(Coalesce("return_due_at", "due_at"), "serial")[:limit]
    )
    return [Owing(report, asked_words(report.tasks, report.projects), report.mark_now) for report in rows]


@dataclass(frozen=True)
class HeatRow:
    """``marks``: {month: (mark, key of the report)} of those the unit owes."""

    unit_id: int
    name: str
    tasks: int
    projects: int
    marks: dict[datetime.date, tuple[Mark, int]]
    rate: Rate


def heat(scope, limit=None):
    """One plan's units over its months, those with problems this month first."""
    if scope.plan is None or not scope.periods:
        return []
    first = {
        Mark.MISSING: 0,
        Mark.LAPSED: 0,
        Mark.RETURNED: 1,
        Mark.NOT_YET: 2,
        Mark.DRAFT: 2,
        Mark.LATE: 3,
        Mark.WAITING: 4,
    }
    current = scope.reports.with_mark().annotate(projects=_KINDS["projects"]).order_by("serial")
    current = list(current.values_list("unit", "unit_name", "projects", "mark_now"))
    current.sort(key=lambda row: first.get(row[-1], 5))
    chosen = current[:limit] if limit else current
    return _heat_rows(scope, [row[:-1] for row in chosen])


def _heat_rows(scope, units):
    """``units`` are (id, name, number of projects this month)."""
    ids = [unit for unit, *_ in units]
    rows = MonthlyReport.objects.visible_to(scope.user)
    rows = rows.filter(period__plan=scope.plan, period__month__lte=scope.month, unit__in=ids)
    table, now = by_month(rows), clock.now()
    counted = scope.tasks.filter(responsibilities__unit__in=ids).order_by().values_list("responsibilities__unit")
    tasks = dict(counted.annotate(n=Count("pk")))
    found = []
    for unit, name, projects in units:
        kept = table.get(unit, {})
        marks = {month: (MonthlyReport.mark(row, now), row.pk) for month, row in kept.items()}
        rate = rates(facts_of(row, now) for row in kept.values())[-1]
        found.append(HeatRow(unit, name, tasks.get(unit, 0), projects, marks, rate))
    return found
