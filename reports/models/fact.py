"""What is true of a report at a moment: filed, late, missing, returned and not filed again. Each is said here, once."""

from functools import cache

from django.db import models
from django.db.models import Q


class Fact(models.TextChoices):
    """Owed = filed + lapsed + unfiled; filed = on time + late; due = filed + lapsed + missing, the whole of every rate."""

    OWED = "owed", "应报"
    DUE = "due", "到期应报"
    FILED = "filed", "已报"
    ON_TIME = "on_time", "按时"
    LATE = "late", "迟报"
    UNFILED = "unfiled", "未报送"
    MISSING = "missing", "逾期未报"
    RETURNED = "returned", "退回待重报"
    LAPSED = "lapsed", "退回未重报"
    WAITING = "waiting", "待审核"
    ACCEPTED = "accepted", "已通过"
    EXEMPT = "exempt", "免报"

    __hash__ = str.__hash__  # a page asks for the facts of hundreds of reports; Enum's own hash is Python


class Status(models.TextChoices):
    """Where a report is on its way; ``MonthlyReport.MOVES`` says what may follow what."""

    DUE = "DUE", "待填报"
    DRAFT = "DRAFT", "填报中"
    SIGNING = "SIGNING", "待审签"
    SUBMITTED = "SUBMITTED", "待审核"
    RETURNED = "RETURNED", "已退回"
    ACCEPTED = "ACCEPTED", "已通过"
    EXEMPT = "EXEMPT", "免报"


NEVER_FILED = (Status.DUE, Status.DRAFT, Status.SIGNING)
OWING = (*NEVER_FILED, Status.RETURNED)
# What a row must bring for its facts and its mark.
FACTS_FROM = ("status", "first_submitted_at", "is_late", "due_at", "return_due_at")


def conditions(now, to=""):
    """{Fact: Q} as of ``now``; ``to`` leads from the rows asked to their reports: ``reports__``."""

    def of(**values):
        return Q(**{f"{to}{name}": value for name, value in values.items()})

    owed = of(pk__isnull=False) & ~of(status=Status.EXEMPT)
    again = of(status__in=OWING, return_due_at__isnull=False)
    lapsed = of(status__in=OWING, return_due_at__lte=now)
    filed = owed & of(first_submitted_at__isnull=False) & ~lapsed
    unfiled = owed & of(first_submitted_at=None)
    return {
        Fact.OWED: owed,
        Fact.DUE: owed & (of(first_submitted_at__isnull=False) | of(due_at__lte=now)),
        Fact.FILED: filed,
        Fact.ON_TIME: filed & of(is_late=False),
        Fact.LATE: filed & of(is_late=True),
        Fact.UNFILED: unfiled,
        Fact.MISSING: unfiled & of(due_at__lte=now),
        Fact.RETURNED: again,
        Fact.LAPSED: lapsed,
        Fact.WAITING: of(status=Status.SUBMITTED),
        Fact.ACCEPTED: of(status=Status.ACCEPTED),
        Fact.EXEMPT: of(status=Status.EXEMPT),
    }


def facts_of(report, now):
    """The set of those true of one report; the same as ``conditions``."""
    back = report.return_due_at
    over = back is not None and back <= now
    return _facts(
        report.status,
        report.first_submitted_at is not None,
        report.is_late,
        report.due_at <= now,
        back is not None,
        over,
    )


@cache
def _facts(status, first, is_late, is_due, came_back, over):
    """A page asks of hundreds of reports that differ in nothing of this."""
    owed, again = status != Status.EXEMPT, status in OWING and came_back
    lapsed = again and over
    filed, unfiled = owed and first and not lapsed, owed and not first
    true = {
        Fact.OWED: owed,
        Fact.DUE: owed and (first or is_due),
        Fact.FILED: filed,
        Fact.ON_TIME: filed and is_late is False,
        Fact.LATE: filed and is_late is True,
        Fact.UNFILED: unfiled,
        Fact.MISSING: unfiled and is_due,
        Fact.RETURNED: again,
        Fact.LAPSED: lapsed,
        Fact.WAITING: status == Status.SUBMITTED,
        Fact.ACCEPTED: status == Status.ACCEPTED,
        Fact.EXEMPT: status == Status.EXEMPT,
    }
    return frozenset(fact for fact, holds in true.items() if holds)
