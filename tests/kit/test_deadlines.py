"""Windows of months, ends and spans as people say them."""

import datetime

import pytest

from kit import deadlines
from reports import windows
from tests.conftest import moment

D = datetime.date
OCTOBER = D(2015, 10, 1)


def test_the_last_day_counts_to_its_very_end():
    window = windows.window(OCTOBER)
    assert window.opens_at == moment("2015-10-01 00:00")
    assert window.on_time_until == moment("2015-11-01 00:00")
    assert window.open_until == moment("2015-11-06 00:00")


@pytest.mark.parametrize(
    ("month", "day", "due"),
    [("2015-02-01", 31, "2015-02-28"), ("2016-02-01", None, "2016-02-29"), ("2015-10-01", 25, "2015-10-25")],
)
def test_a_day_the_month_lacks_is_its_last(month, day, due):
    assert windows.due_date(datetime.date.fromisoformat(month), day) == datetime.date.fromisoformat(due)


def test_an_hour_ends_the_window_on_that_hour():
    assert windows.window(OCTOBER, due_day=28, due_hour=17, grace_days=0).open_until == moment("2015-10-28 17:00")


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2015-11-01 00:00", "10月31日 24:00"),
        ("2015-10-28 17:00", "10月28日 17:00"),
        ("2016-01-01 00:00", "12月31日 24:00"),
    ],
)
def test_an_end_is_said_as_documents_say_it(until, said):
    assert deadlines.end_words(moment(until)) == said


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2015-10-20 10:00:00", "还剩11天"),
        ("2015-10-29 19:30:00", "还剩2天4小时"),
        ("2015-10-30 00:00:00", "还剩2天"),
        ("2015-10-31 18:40:00", "还剩5小时20分钟"),
        ("2015-10-31 22:00:00", "还剩2小时"),
        ("2015-10-31 23:50:00", "还剩10分钟"),
        ("2015-10-31 23:59:30", "还剩不到1分钟"),
        ("2015-11-01 00:00:00", "已逾期不到1分钟"),
        ("2015-11-02 02:00:00", "已逾期1天2小时"),
    ],
)
def test_the_time_left_is_said_in_words(now, said):
    assert deadlines.time_left(moment(now), moment("2015-11-01 00:00")) == said


def test_workdays_skip_what_the_calendar_says():
    def is_workday(day):
        return day.weekday() < 5 and day != datetime.date(2015, 10, 21)

    start = datetime.date(2015, 10, 20)
    assert deadlines.add_workdays(start, 3, is_workday) == datetime.date(2015, 10, 26)
    assert deadlines.add_workdays(start, -2, is_workday) == datetime.date(2015, 10, 16)
    assert deadlines.workdays_between(start, datetime.date(2015, 10, 26), is_workday) == 3


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2015-10-20", "2015-10-29 17:00"),
        ("2015-10-23", "2015-10-30 17:00"),
        ("2015-10-30", "2015-11-06 17:00"),
        ("2016-02-10", "2016-02-17 17:00"),
    ],
)
def test_a_unit_has_five_workdays_however_late_its_month_is_opened(day, due):
    opened = datetime.date.fromisoformat(day)
    window = windows.window_from(opened, OCTOBER, lambda day: day.weekday() < 5, due_day=29, due_hour=17, grace_days=3)
    assert window.on_time_until == moment(due)
    assert window.open_until - window.on_time_until == datetime.timedelta(days=3)
    assert window.opens_at <= moment(f"{day} 00:00")


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2015-10-26", "还剩4个工作日"),
        ("2015-10-30", "今天到期"),
        ("2015-10-31", "期限已到"),
        ("2015-11-02", "逾期1个工作日"),
        ("2015-11-09", "逾期6个工作日"),
    ],
)
def test_a_day_as_seen_from_another_in_workdays(today, words):
    seen = deadlines.workday_words(D(2015, 10, 30), D.fromisoformat(today), lambda day: day.weekday() < 5)
    assert seen == words


def test_only_rest_days_left_are_said_as_days():
    due = D(2015, 11, 1)
    assert deadlines.workday_words(due, D(2015, 10, 31), lambda day: day.weekday() < 5) == "还剩1天"


def test_a_calendar_counts_as_walking_its_days_would():
    """Over a year and a half, with worked Sundays, holidays, and days that say what they would be anyway."""
    known = {D(2015, 10, day): False for day in range(1, 8)} | {D(2015, 10, 10): True, D(2015, 12, 31): True}
    worked, first = deadlines.Calendar(known), D(2015, 9, 14)
    days = [first + datetime.timedelta(days=n) for n in range(0, 560, 3)]
    assert [worked.between(first, day) for day in days] == [
        deadlines.workdays_between(first, day, lambda each: worked(each)) for day in days
    ]
    assert worked.between(days[5], days[2]) == 0
