"""Units through the months of a plan: on time, late, missing, exempt, with rates. What 报送情况统计表 shows."""

from collections import Counter
from dataclasses import dataclass
from itertools import chain

from django.db.models import Count, IntegerField, OuterRef
from django.db.models.functions import Coalesce

from kit import clock
from kit.rates import Rate
from kit.statements import Subquery
from reports.models import Fact
from reports.models.fact import FACTS_FROM, conditions, facts_of
from tasks.models import Responsibility
from units.models import Unit

# word, letter, tone
LOOKS = {
    Fact.EXEMPT: ("免报", "免", "muted"),
    Fact.ON_TIME: ("按时", "✓", "good"),
    Fact.LATE: ("迟报", "迟", "warn"),
    Fact.LAPSED: ("退回未重报", "逾", "danger"),
    Fact.MISSING: ("缺报", "缺", "danger"),
}
NOT_DUE = ("未到期", "·", "plain")
COUNTED = (Fact.DUE, Fact.ON_TIME, Fact.LATE, Fact.MISSING, Fact.LAPSED, Fact.EXEMPT)


def units_of(plan, reports):
    """The units that ever owed one of these ``reports``, each with its COUNTED and its tasks in force."""
    parts = Responsibility.objects.in_force().actions().filter(task__plan=plan, unit=OuterRef("pk"))
    return (
        Unit.objects.of(reports)
        .annotate(
            **{fact.value: _number_of(reports.of(fact)) for fact in COUNTED},
            tasks=_number_of(parts),
        )
        .order_by("order", "pk")
    )


def _number_of(rows):
    """Of each unit by itself: a page asks for its fifty units only, and no join multiplies."""
    counted = rows.filter(unit=OuterRef("pk")).order_by().values("unit").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def totals(reports, units):
    """{fact: number} over these ``units``: the sums of their COUNTED, asked of the reports themselves."""
    facts, theirs = conditions(clock.now()), reports.filter(unit__in=units.order_by().values("pk"))
    return theirs.aggregate(**{fact.value: Count("pk", filter=facts[fact]) for fact in COUNTED})


def filed_rate(unit):
    return Rate(unit.on_time + unit.late, unit.due)


def on_time_rate(unit):
    return Rate(unit.on_time, unit.due)


def by_month(reports):
    """{unit id: {month: row}} of one plan's ``reports``, each row with what its facts and its mark need."""
    found = {}
    for row in reports.order_by().values_list("unit", "period__month", "pk", *FACTS_FROM, named=True):
        found.setdefault(row.unit, {})[row.period__month] = row
    return found


@dataclass(frozen=True)
class Kept:
    word: str
    letter: str
    tone: str
    report: int


def kept(reports, units):
    now = clock.now()
    return {
        (unit, month): Kept(*_word(facts_of(row, now)), row.pk)
        for unit, months in by_month(reports.filter(unit__in=units)).items()
        for month, row in months.items()
    }


def _word(facts):
    """Every owed report is due or not, every due one on time, late, missing or lapsed."""
    return next((look for fact, look in LOOKS.items() if fact in facts), NOT_DUE)


def sums(units):
    """The COUNTED over all ``units``, then the percent filed and on time of what was due."""
    counts = [sum(getattr(unit, fact.value) for unit in units) for fact in COUNTED]
    due, on_time, late, *_ = counts
    return *counts, Rate(on_time + late, due).percent, Rate(on_time, due).percent


def rates(facts):
    """(due, on time, late, missing, lapsed, filed, on time as Rates) out of the facts of each report."""
    counts = Counter(chain.from_iterable(facts))
    due, on_time, late, missing, lapsed = (counts[fact] for fact in COUNTED if fact is not Fact.EXEMPT)
    return due, on_time, late, missing, lapsed, Rate(on_time + late, due), Rate(on_time, due)
