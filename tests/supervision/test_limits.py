"""How late, in workdays, and which slip: pure arithmetic."""

import datetime

import pytest

from supervision.limits import Limit, latest_workday, next_workday, slip

D = datetime.date
DUE = D(2015, 10, 30)


def is_workday(day):
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("day", "runs", "late", "words", "tone"),
    [
        (D(2015, 10, 26), True, 0, "还剩4个工作日", "plain"),
        (D(2015, 10, 27), True, 0, "还剩3个工作日", "warn"),
        (DUE, True, 0, "今天到期", "warn"),
        (D(2015, 11, 1), True, 0, "期限已到", "warn"),
        (D(2015, 11, 2), True, 1, "逾期1个工作日", "danger"),
        (D(2015, 11, 4), False, 3, "超期3个工作日", "danger"),
        (DUE, False, 0, "按时", "plain"),
    ],
)
def test_a_limit(day, runs, late, words, tone):
    limit = Limit(DUE, day, runs)
    assert (limit.late(is_workday), limit.words(is_workday), limit.tone(is_workday)) == (late, words, tone)


@pytest.mark.parametrize(
    ("day", "is_poor", "colour"),
    [
        (D(2015, 10, 20), False, ""),
        (D(2015, 10, 27), False, "蓝"),
        (D(2015, 10, 20), True, "黄"),
        (D(2015, 11, 2), False, "红"),
        (D(2015, 11, 2), True, "红"),
    ],
)
def test_the_slip(day, is_poor, colour):
    assert slip(Limit(DUE, day, True), is_workday, is_poor=is_poor) == colour


def test_the_nearest_workdays():
    assert latest_workday(D(2015, 11, 1), is_workday) == DUE
    assert next_workday(D(2015, 10, 31), is_workday) == D(2015, 11, 2)
    assert next_workday(DUE, is_workday) == DUE
