"""Shares and means: sums are exact and rounded once, at the end, half up; and the ways a number is written."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


def written(number) -> str:
    """A number without the noughts that say nothing: 22.40 -> 22.4, 100.00 -> 100."""
    text = f"{number:f}" if isinstance(number, Decimal) else str(number)
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def fixed(number) -> str:
    """A mark as it is compared and added up: two decimals, whatever they are: 95.00."""
    return f"{Decimal(number):.2f}"


def grouped(number) -> str:
    """For figures of money: 12,377 and 3,705.5, with a sign that is as wide as a digit: −338."""
    text = written(abs(number))
    whole, point, rest = text.partition(".")
    return f"{'−' * (number < 0)}{int(whole):,}{point}{rest}"


def rounded(number, places=0):
    """``places`` decimals, half up; a whole number as int."""
    return _half_up(*number.as_integer_ratio(), places)


def percent(part, whole, places=0):
    if not whole:
        return None
    (top, over), (bottom, under) = part.as_integer_ratio(), whole.as_integer_ratio()
    return _half_up(100 * top * under, over * bottom, places)


def _half_up(top, bottom, places):
    """In whole numbers alone: lights and lists ask this thousands of times a page."""
    top, bottom = (-top, -bottom) if bottom < 0 else (top, bottom)
    size = (2 * abs(top) * 10**places + bottom) // (2 * bottom)
    size = size if top >= 0 else -size
    return Decimal(size).scaleb(-places) if places else size


def mean(total, count):
    return rounded(Fraction(total) / count, 1) if count else None


@dataclass(frozen=True)
class Rate:
    """A part of a whole, shown with both numbers: 58/61 = 95.1%."""

    part: int
    whole: int

    @property
    def percent(self):
        return percent(self.part, self.whole, 1)

    def __str__(self):
        return f"{self.part}/{self.whole} = {self.percent}%" if self.whole else "—"
