"""What is true of a report: said of one row and asked of the database it is the same, in every state at every moment."""

import datetime
from itertools import product

import pytest
from django.db.models import Count

from kit import clock
from reports.models import Fact, MonthlyReport, Period
from reports.models.fact import conditions
from tests.conftest import moment

Status = MonthlyReport.Status
NOW = moment("2015-11-03 12:00")
BEFORE, AFTER = NOW - datetime.timedelta(days=1), NOW + datetime.timedelta(days=1)


@pytest.fixture
def every_kind(period, make_unit):
    """A report for every state, deadline, first moment and return, also those no action leads to."""
    period.reports.all().delete()
    kinds = product(Status.values, [BEFORE, NOW, AFTER], [None, False, True], [None, BEFORE, NOW, AFTER])
    for n, (status, due, late, again) in enumerate(kinds, 1):
        MonthlyReport.objects.create(
            period=period,
            unit=make_unit(f"县第{n}局"),
            unit_name=f"县第{n}局",
            serial=n,
            status=status,
            due_at=due,
            closes_at=AFTER,
            return_due_at=again,
            first_submitted_at=None if late is None else BEFORE,
            is_late=late,
        )
    return period


def test_a_row_and_the_database_say_the_same(every_kind):
    rows = list(MonthlyReport.objects.with_mark(NOW))
    assert len(rows) == 252
    for fact in Fact:
        said = {row.pk for row in rows if fact in row.facts(NOW)}
        assert said == set(MonthlyReport.objects.of(fact, NOW).values_list("pk", flat=True)), fact
    assert [row.mark_now for row in rows] == [row.mark(NOW) for row in rows]


def test_counted_across_the_join_it_is_the_same(every_kind):
    facts = conditions(NOW, "reports__")
    found = Period.objects.annotate(**{f"n_{fact}": Count("reports", filter=facts[fact]) for fact in Fact}).get()
    assert {fact: getattr(found, f"n_{fact}") for fact in Fact} == {
        fact: MonthlyReport.objects.of(fact, NOW).count() for fact in Fact
    }


def test_what_is_owed_falls_into_parts(every_kind):
    parts = (Fact.FILED, Fact.LAPSED, Fact.UNFILED)
    for row in MonthlyReport.objects.all():
        facts = row.facts(NOW)
        if row.first_submitted_at or not row.return_due_at:  # what was returned has been filed
            assert sum(part in facts for part in parts) == (Fact.OWED in facts)
            assert (Fact.ON_TIME in facts) + (Fact.LATE in facts) == (Fact.FILED in facts)
            assert sum(part in facts for part in (Fact.FILED, Fact.LAPSED, Fact.MISSING)) == (Fact.DUE in facts)


def test_now_is_the_clock_of_business(report, at):
    assert Fact.MISSING not in report.facts()
    at("2015-11-01 00:00")
    assert Fact.MISSING in report.facts()
    assert report in MonthlyReport.objects.of(Fact.MISSING)
    assert clock.now() == moment("2015-11-01 00:00")
