"""What plans and their sections say of themselves."""

import datetime

import pytest

from tasks.models import Plan, Section


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("（一）", "（一）深化改革"),
        ("一", "一、深化改革"),
        ("3.1", "3.1、深化改革"),
        ("第二章", "第二章深化改革"),
        ("", "深化改革"),
    ],
)
def test_a_bare_number_does_not_run_into_the_title(number, shown):
    assert str(Section(number=number, title="深化改革")) == shown


@pytest.mark.parametrize(
    ("today", "month"),
    [
        ("2015-10-20 09:00:00", 9),
        ("2015-10-01 00:30:00", 9),
        ("2015-10-31 09:00:00", 10),
        ("2015-01-05 09:00:00", 1),
        ("2014-11-05 09:00:00", 1),
        ("2016-05-05 09:00:00", 12),
    ],
)
def test_the_last_month_that_is_over_lies_within_the_plan(at, today, month):
    at(today)
    plan = Plan(year=2015, starts_on=datetime.date(2015, 1, 1), ends_on=datetime.date(2015, 12, 31))
    assert plan.last_over == datetime.date(2015, month, 1)
