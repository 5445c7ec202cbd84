"""Shares and means: sums are exact and rounded once, at the end, half up; and the ways a number is written."""

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


def written(number) -> str:
    """A number without the noughts that say nothing: 22.40 -> 22.4, 100.00 -> 100."""
    text = f"{number:f}" if isinstance(number, Decimal) else str(number)
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def grouped(number) -> str:
    """For figures of money: 12,377 and 3,705.5, with a sign that is as wide as a digit: −338."""
    text = written(abs(number))
    whole, point, rest = text.partition(".")
    return f"{'−' * (number < 0)}{int(whole):,}{point}{rest}"


def rounded(number, places=0):
    """``places`` decimals, half up; a whole number as int."""
    scaled = Fraction(number) * 10**places
    whole = math.floor(abs(scaled) + Fraction(1, 2)) * (1 if scaled >= 0 else -1)
    return Decimal(whole).scaleb(-places) if places else whole


def percent(part, whole, places=0):
    """None without a whole."""
    if whole and isinstance(part, int) and isinstance(whole, int) and part >= 0:
        # Lights ask this thousands of times a page; of whole numbers it needs no fractions.
        scaled = (200 * 10**places * part + whole) // (2 * whole)
        return Decimal(scaled).scaleb(-places) if places else scaled
    return rounded(Fraction(part) * 100 / Fraction(whole), places) if whole else None


def mean(total, count):
    """One decimal; None of nothing."""
    return rounded(Fraction(total) / count, 1) if count else None


@dataclass(frozen=True)
class Rate:
    """A part of a whole, shown with both numbers: 58/61 = 95.1%."""

    part: int
    whole: int

    @property
    def percent(self):
        """One decimal; None without a whole."""
        return percent(self.part, self.whole, 1)

    def __str__(self):
        return f"{self.part}/{self.whole} = {self.percent}%" if self.whole else "—"
