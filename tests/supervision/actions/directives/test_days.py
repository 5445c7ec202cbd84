"""Days of directives over National Day and Spring Festival, to the last second of a limit."""

import datetime

import pytest

from kit import clock
from kit.refusal import Refusal
from reports.actions.calendar import load_workdays
from reports.models import Workday
from supervision.actions.directives import checking, pleas
from supervision.actions.directives.answering import answer, hand_in, sign
from supervision.dashboard.directives import Columns, Page, columns_by
from supervision.limits import fault_of
from supervision.models import Directive
from supervision.tables.directives import late_words
from tests.supervision.directives import bring_to, hand_down

D = datetime.date


@pytest.fixture
def calendar(db):
    """The real one of 2015 and 2016: National Day 1-7 October with work on the 10th, Spring Festival 7-13 February with work on 6 and 14."""
    load_workdays([2015, 2016])
    return Workday.test()


def words(row, user):
    return Page(user, Directive.objects.get(pk=row.pk), Workday.test()).due_words


@pytest.mark.parametrize(
    ("day", "due", "sign_by"),
    [
        # 8 and 9 October, and Saturday the 10th, which is worked.
        ("2015-09-30 09:00", D(2015, 10, 30), D(2015, 10, 10)),
        # Not after it is due.
        ("2015-09-30 09:00", D(2015, 10, 8), D(2015, 10, 8)),
        # 6 February, a Saturday, then 14, a Sunday, and 15.
        ("2016-02-05 09:00", D(2016, 2, 26), D(2016, 2, 15)),
    ],
)
def test_signing_counts_workdays_over_a_holiday(calendar, inspector, civil, at, day, due, sign_by):
    at(day)
    assert hand_down(inspector, civil, due_on=due)[0].sign_by == sign_by


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (D(2015, 10, 1), "办结期限2015-10-01是休息日，可以改为2015-10-08。"),
        (D(2015, 10, 10), ""),
        (D(2016, 2, 13), "办结期限2016-02-13是休息日，可以改为2016-02-14。"),
        (D(2015, 9, 29), "办结期限2015-09-29已经过去，不能早于今天。"),
    ],
)
def test_a_due_day_is_a_day_of_work(calendar, day, told):
    assert fault_of(day, D(2015, 9, 30), calendar) == told


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2015-09-28 10:00", "还剩2个工作日"),
        ("2015-09-30 23:59:59", "今天到期"),
        ("2015-10-01 00:00:00", "期限已到"),
        ("2015-10-07 23:59:59", "期限已到"),
        ("2015-10-08 00:00:00", "逾期1个工作日"),
        ("2015-10-11 10:00", "逾期3个工作日"),
    ],
)
def test_lateness_in_words_over_national_day(calendar, inspector, civil, reporter, at, day, told):
    at("2015-09-22 09:00")
    row = bring_to(hand_down(inspector, civil, due_on=D(2015, 9, 30))[0], "ONGOING", reporter)
    at(day)
    assert words(row, reporter) == told


def test_an_objection_is_in_time_to_the_last_second_of_the_third_workday(calendar, given, reporter, at):
    at("2015-10-23 23:59:59")
    plea = pleas.object_to(given, reporter, reason="不归本单位")
    plea.delete()
    at("2015-10-24 00:00:00")
    with pytest.raises(Refusal, match="异议应在2015-10-23前提出，现已超过"):
        pleas.object_to(given, reporter, reason="不归本单位")


def test_more_time_is_asked_for_to_the_last_second_of_the_limit(calendar, given, reporter, at):
    bring_to(given, "ONGOING", reporter)
    told = {"reason": "连续下雨", "progress": "完成一半", "until": D(2015, 11, 6)}
    at("2015-10-30 23:59:59")
    pleas.ask_extension(given, reporter, **told).delete()
    at("2015-10-31 00:00:00")
    with pytest.raises(Refusal, match="期限2015-10-30已过"):
        pleas.ask_extension(given, reporter, **told)


@pytest.mark.parametrize(
    ("moment", "told"), [("2015-10-30 23:59:59", "按时"), ("2015-11-02 00:00:00", "超期1个工作日")]
)
def test_handed_in_on_the_day_is_in_time_whenever_it_is_checked(calendar, given, inspector, reporter, at, moment, told):
    bring_to(given, "ONGOING", reporter)
    at(moment)
    answer(given, reporter, {1: "分户表已附", 2: "已交接"})
    hand_in(given, reporter)
    at("2015-12-01 09:00")
    assert words(given, reporter) == told
    row = checking.close(given, inspector, how="看过")
    assert late_words(row, Workday.test(), clock.today())[0] == told


def test_a_count_as_of_a_day_ends_with_its_last_second(given, inspector, reporter, at):
    at("2015-10-20 23:59:59.999999")
    sign(given, reporter)
    row = bring_to(hand_down(inspector, given.unit)[0], "CHECKING", reporter)
    at("2015-10-21 00:00:00")
    checking.close(row, inspector, how="看过")
    for day, told in ((19, Columns()), (20, Columns(ongoing=2)), (21, Columns(closed=1, ongoing=1))):
        lines = columns_by(Directive.objects.all(), "unit", clock.end_of(D(2015, 10, day)))
        assert sum((columns for _, columns in lines), Columns()) == told, day
