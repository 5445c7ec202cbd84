"""Ranks, the low cut, totals and classes, on figures as printed."""

from decimal import Decimal
from fractions import Fraction

import pytest

from supervision.ranking import converted, grade, low, ranked


def test_ties_share_a_rank_and_the_next_is_skipped():
    assert ranked({"a": Decimal("90"), "b": Decimal("91.5"), "c": Decimal("90")}) == {"b": 1, "a": 2, "c": 2}
    assert ranked({"a": 1, "b": 1, "c": 0}) == {"a": 1, "b": 1, "c": 3}


def test_ranks_are_of_what_is_printed():
    assert ranked({"a": Fraction(90001, 1000), "b": Fraction(90004, 1000), "c": Fraction(90005, 1000)}) == {
        "c": 1,
        "a": 2,
        "b": 2,
    }


def test_without_a_total_there_is_no_rank():
    assert ranked({"a": None, "b": Decimal(3)}) == {"b": 1}


FIVE = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}


@pytest.mark.parametrize(
    ("ranks", "count", "met", "found"),
    [
        (FIVE, 2, {}, {"d", "e"}),
        (FIVE, 2, {"e": True}, {"d"}),
        (FIVE, 2, {"d": False, "e": None}, {"d", "e"}),
        (FIVE, 0, {}, set()),
        (FIVE, 9, {}, {"b", "c", "d", "e"}),
        ({"a": 1, "b": 2, "c": 2, "d": 4}, 2, {}, {"b", "c", "d"}),
        ({"a": 1, "b": 1, "c": 1, "d": 1}, 2, {}, set()),
        ({}, 2, {}, set()),
    ],
)
def test_low_are_the_last_places_that_missed_the_target(ranks, count, met, found):
    assert low(ranks, count, met) == found


def test_what_does_not_apply_is_made_up_for():
    assert converted([Decimal(40), None, Decimal("10.5")], [50, 30, 20]) == (
        Decimal("72.14"),
        "50.5 × 100 ÷ 70（不适用的项目由其余项目折算）",
    )
    assert converted([Decimal(40), Decimal(20)], [60, 40]) == (Decimal(60), "各项合计60")
    assert converted([Decimal(45)], [50], base=100)[0] == Decimal(90)


def test_nothing_that_applies_has_no_total():
    assert converted([None, None], [50, 50]) == (None, "没有适用的项目")
    assert converted([], [])[0] is None


def test_a_class_is_reached_from_the_best_down():
    classes = [["优秀", "90"], ["良好", "80"], ["合格", "60"]]
    assert [grade(total, classes) for total in (Decimal(90), Decimal("89.99"), Decimal(10), None)] == [
        "优秀",
        "良好",
        "",
        "",
    ]
