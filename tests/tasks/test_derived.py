"""Numbers derived from the register of key projects: both parts of a rate, by month, class, stop and package."""

import datetime
from decimal import Decimal

import pytest

from tasks.derived import Facts, Listed, Rule, Sum, days_of_package

JANUARY, MAY, JUNE, JULY = (datetime.date(2015, month, 1) for month in (1, 5, 6, 7))


def listed(key, klass="NEW", *, since=JANUARY, stopped=None, later=(), **done):
    return Listed(key, ((since, klass), *later), since, stopped, done)


def spent(month, actual, planned=0, *, measure="INVESTED", klass="NEW", stopped=None, sector="工业"):
    return Sum(month, measure, klass, stopped, sector, Decimal(planned), None if actual is None else Decimal(actual))


def words(rule, month, *rows, sums=()):
    return Facts.of(rows, sums).figure(rule, month).words


def test_the_county_s_own_rate_of_starts():
    rows = [listed(key, START=JUNE) for key in range(19)] + [listed(key) for key in range(19, 27)]
    rows += [listed(30, "CONTINUED", START=JANUARY), listed(31, "PREPARED")]
    assert words(Rule.STARTED_SHARE, JUNE, *rows) == "19/27 = 70.4%"
    assert words(Rule.STARTED_SHARE, MAY, *rows) == "0/27 = 0.0%"
    assert words(Rule.STARTED, JUNE, *rows) == "19个"


def test_stopped_and_new_projects_beside_the_list_as_decided():
    rows = [listed(1, START=MAY), listed(2, stopped=JUNE, START=MAY), listed(3), listed(4, since=JUNE, START=JUNE)]
    assert words(Rule.STARTED_SHARE, MAY, *rows) == "2/3 = 66.7%"
    assert words(Rule.STARTED_SHARE, JUNE, *rows) == "2/3 = 66.7%"
    assert words(Rule.STARTED_SHARE, JULY, *rows[:3]) == "1/2 = 50.0%；年初名单2/3 = 66.7%"


def test_each_month_counts_by_the_class_it_had():
    changed = listed(1, "PREPARED", later=((JUNE, "NEW"),), START=JUNE)
    assert words(Rule.STARTED_SHARE, MAY, changed, listed(2)) == "0/1 = 0.0%"
    assert words(Rule.STARTED_SHARE, JUNE, changed, listed(2)) == "1/2 = 50.0%；年初名单0/1 = 0.0%"
    sums = [spent(MAY, 100, klass="CONTINUED"), spent(JUNE, 50, klass="NEW"), spent(JULY, -20, klass="CONTINUED")]
    assert [words(Rule.CONTINUED_MONEY, month, sums=sums) for month in (MAY, JUNE, JULY)] == [
        "100万元",
        "100万元",
        "80万元",
    ]
    assert words(Rule.MONEY, JULY, sums=sums) == "130万元"


def test_rates_to_date_leave_stopped_projects_out_of_both_parts():
    sums = [spent(MAY, 30, 40, measure="ARRIVED"), spent(JUNE, None, 60, measure="ARRIVED")]
    sums += [spent(MAY, 5, 10, measure="ARRIVED", stopped=JUNE), spent(MAY, 7, 9, measure="LAND")]
    assert words(Rule.FUNDS_SHARE, MAY, sums=sums) == "35/50 = 70.0%"
    assert words(Rule.FUNDS_SHARE, JUNE, sums=sums) == "30/100 = 30.0%"
    assert words(Rule.LAND_SHARE, JULY, sums=sums) == "7/9 = 77.8%"
    assert words(Rule.LAND, JULY, sums=sums) == "7亩"
    assert words(Rule.LAND_SHARE, JANUARY, sums=sums) == "0/0"
    assert Facts.of((), sums).figure(Rule.LAND_SHARE, JANUARY).exact is None


def test_money_of_stopped_projects_stays_and_is_shown_apart():
    sums = [spent(MAY, 100), spent(MAY, 30, stopped=JUNE, sector="农业")]
    assert words(Rule.MONEY, MAY, sums=sums) == "130万元"
    assert words(Rule.MONEY, JUNE, sums=sums) == "130万元（其中已调出项目30万元）"
    assert words(Rule.INDUSTRY_SHARE, MAY, sums=sums) == "100/130 = 76.9%"
    assert words(Rule.INDUSTRY_SHARE, JUNE, sums=sums) == "100/100 = 100.0%"


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (Rule.FULFILLED_SHARE, "5/7 = 71.4%"),
        (Rule.FULFILLED, "5个"),
        (Rule.CAPACITY_SHARE, "1/2 = 50.0%"),
        (Rule.COMPLETED, "1个"),
    ],
)
def test_contracts_and_what_was_finished(rule, told):
    rows = [listed(key, "CONTRACTED", **({"FULFIL": MAY} if key < 5 else {})) for key in range(7)]
    rows += [listed(10, "CONTINUED", COMPLETE=MAY, COMMISSION=MAY, CAPACITY=JUNE), listed(11, COMMISSION=JUNE)]
    rows += [listed(12, "NEW", COMPLETE=MAY), listed(13, "CONTINUED", COMPLETE=JULY)]
    assert words(rule, JUNE, *rows) == told


def test_a_package_starts_with_its_first_part_and_is_done_with_its_last():
    parts = [{"START": JUNE, "COMPLETE": JULY}, {"START": MAY}]
    assert days_of_package({}, parts) == {"START": MAY}
    assert days_of_package({"START": JULY}, parts) == {"START": JULY}
    assert days_of_package({}, [*parts[:1], {"COMPLETE": JUNE}]) == {"START": JUNE, "COMPLETE": JULY}


def test_the_last_month_on_record():
    assert Facts.of([listed(1, START=JUNE)], [spent(MAY, 1), spent(JULY, None, 5)]).until == JUNE
    assert Facts.of([listed(1)], [spent(JULY, None, 5)]).until is None
