"""A level is reached or not, with the gap in points; an amount is so many percent, beside the time gone by its month's end."""

import datetime
from decimal import Decimal

import pytest

from tasks.targets import Stand, Target

YEAR = (datetime.date(2015, 1, 1), datetime.date(2015, 12, 31))
SEPTEMBER = datetime.date(2015, 9, 30)


def stand(number, measure, actual, *, at_most=False, day=SEPTEMBER):
    return Stand(Target(Decimal(number), measure, at_most, *YEAR), Decimal(actual), day)


@pytest.mark.parametrize(
    ("found", "words", "tone"),
    [
        (stand("23", "%", "22.4", day=datetime.date(2015, 2, 28)), "未达到，差0.6个百分点", "warn"),
        (stand("23", "%", "23"), "达到", "done"),
        (stand("4.5", "%", "4.6", at_most=True), "未达到，差0.1个百分点", "warn"),
        (stand("4.5", "%", "3.20", at_most=True), "达到", "done"),
        (stand("70", "%", "65.00", day=YEAR[1]), "未达到，差5个百分点", "danger"),
        (stand("0", "起", "2", at_most=True), "未达到，差2起", "warn"),
        (stand("100", "亿元", "60"), "60.0%", "warn"),
        (stand("100", "亿元", "40"), "40.0%", "danger"),
        (stand("37.86", "亿元", "45.5"), "120.2%", "done"),
        (stand("3.2", "万吨", "2.9", at_most=True), "90.6%", "good"),
        (stand("3.2", "万吨", "3.3", at_most=True), "103.1%", "danger"),
    ],
)
def test_what_is_said_of_a_figure(found, words, tone):
    assert (found.words, found.tone) == (words, tone)


def test_time_is_that_of_the_figure_s_month():
    found = stand("100", "亿元", "60")
    assert (found.time, found.as_of, found.behind) == (Decimal("74.8"), "截至9月", Decimal("14.8"))
    assert stand("1", "个", "0", day=datetime.date(2016, 1, 31)).time == 100
