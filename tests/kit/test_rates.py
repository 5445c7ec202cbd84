"""Sums are exact, rounded once, half up; a rate shows both its numbers."""

from decimal import Decimal
from fractions import Fraction

import pytest

from kit.rates import Rate, fixed, grouped, mean, percent, rounded, written


@pytest.mark.parametrize(
    ("number", "places", "shown"),
    [
        (Fraction(1, 2), 0, 1),
        (Fraction(3, 2), 0, 2),
        (Fraction(5, 2), 0, 3),
        (Fraction(-1, 2), 0, -1),
        (Decimal("0.25"), 1, Decimal("0.3")),
        (Fraction(4999999999, 10000000000), 0, 0),
        (7, 1, Decimal("7.0")),
    ],
)
def test_halves_go_up(number, places, shown):
    assert rounded(number, places) == shown


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (58, 61, "58/61 = 95.1%"),
        (7, 9, "7/9 = 77.8%"),
        (1, 16, "1/16 = 6.3%"),
        (3, 3, "3/3 = 100.0%"),
        (0, 4, "0/4 = 0.0%"),
        (0, 0, "—"),
    ],
)
def test_a_rate_shows_both_numbers(part, whole, words):
    assert str(Rate(part, whole)) == words


def test_a_share_is_whole_unless_asked():
    assert (percent(2, 3), percent(1, 0)) == (67, None)
    assert percent(Decimal("22.4"), 23, 1) == Decimal("97.4")


def test_a_mean_of_sums_is_not_a_mean_of_means():
    assert mean(75 + 60 + 20, 3) == Decimal("51.7")
    assert mean(0, 0) is None


@pytest.mark.parametrize(
    ("number", "text"),
    [(Decimal("22.40"), "22.4"), (Decimal("1E+2"), "100"), (Decimal("0.00"), "0"), (100, "100"), (2.50, "2.5")],
)
def test_a_number_is_written_one_way(number, text):
    assert written(number) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (12377, "12,377"),
        (-338, "−338"),
        (Decimal("3705.50"), "3,705.5"),
        (Decimal("-1234567.25"), "−1,234,567.25"),
    ],
)
def test_figures_of_money_are_grouped(number, text):
    assert grouped(number) == text


@pytest.mark.parametrize(("number", "text"), [(95, "95.00"), ("93.6", "93.60"), (Decimal("95.09"), "95.09")])
def test_marks_are_written_as_totals_compare_them(number, text):
    assert fixed(number) == text
