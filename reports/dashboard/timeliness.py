"""Units through the months of a plan: on time, late, missing, exempt, with rates. What 报送情况统计表 shows."""

from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from kit import clock
from reports.models import MonthlyReport
from tasks.models import Responsibility
from units.models import Unit

Status = MonthlyReport.Status
# word, letter, tone
ON_TIME = ("按时", "✓", "good")
LATE = ("迟报", "迟", "warn")
MISSING = ("缺报", "缺", "danger")
EXEMPT = ("免报", "免", "muted")
NOT_DUE = ("未到期", "·", "plain")


def units_of(plan, reports):
    """Return the units that ever owed one of these ``reports`` of ``plan``, each with owed, on_time, late, missing, exempt and tasks.

    ``owed`` counts what was due by now or filed before; so no rate exceeds 100.
    """
    now, owed = clock.now(), reports.owed()
    parts = Responsibility.objects.filter(task__plan=plan, unit=OuterRef("pk"))
    return (
        Unit.objects.filter(pk__in=reports.order_by().values("unit"))
        .annotate(
            owed=_number_of(owed.filter(Q(due_at__lte=now) | Q(first_submitted_at__isnull=False))),
            on_time=_number_of(owed.filter(is_late=False)),
            late=_number_of(owed.filter(is_late=True)),
            missing=_number_of(owed.filter(first_submitted_at=None, due_at__lte=now)),
            exempt=_number_of(reports.filter(status=Status.EXEMPT)),
            tasks=_number_of(parts),
        )
        .order_by("order", "pk")
    )


def _number_of(rows):
    """Count these rows of each unit by themselves: a page asks for its fifty units only, and no join multiplies."""
    counted = rows.filter(unit=OuterRef("pk")).order_by().values("unit").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def rate(part, whole):
    """Return ``part`` of ``whole`` in whole percent, None when nothing was owed."""
    return 100 * part // whole if whole else None


def filed_rate(unit):
    return rate(unit.on_time + unit.late, unit.owed)


def on_time_rate(unit):
    return rate(unit.on_time, unit.owed)


@dataclass(frozen=True)
class Kept:
    """How one report was kept: word, letter and tone, and the report's key."""

    word: str
    letter: str
    tone: str
    report: int


def kept(reports, units):
    """Return {(unit id, month): Kept} of these ``reports`` of one plan for these units."""
    fields = (
        reports.filter(unit__in=units)
        .order_by()
        .values_list("unit", "period__month", "pk", "status", "is_late", "due_at")
    )
    now = clock.now()
    return {
        (unit, month): Kept(*_word(status, is_late, due_at <= now), pk)
        for unit, month, pk, status, is_late, due_at in fields
    }


def _word(status, is_late, is_due):
    if status == Status.EXEMPT:
        return EXEMPT
    if is_late is not None:
        return LATE if is_late else ON_TIME
    return MISSING if is_due else NOT_DUE


def sums(units):
    """Return (owed, on time, late, missing, exempt, filed %, on time %) over all ``units``."""
    owed, on_time, late, missing, exempt = (
        sum(getattr(unit, name) for unit in units) for name in ("owed", "on_time", "late", "missing", "exempt")
    )
    return owed, on_time, late, missing, exempt, rate(on_time + late, owed), rate(on_time, owed)
