"""What was measured of one subject, and how its numbers are said. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from kit.rates import grouped, rounded, written

PLACES, DECIMALS, LARGEST = 2, 6, 10**12


@dataclass(frozen=True)
class Measured:
    """What one measure says of one subject. ``value`` is None where there is nothing to measure.

    ``due`` is what was to be reached by then; value and due are parts of ``whole`` (the year's plan, all reports due) where there is one.
    ``counts`` are events by their word, or for a panel the marks by seat. ``place`` is the subject's among the ``of`` of its group.
    ``words`` tell how the value came about, ``records`` are (name, figure, address) of what it was summed from.
    """

    value: Decimal | int | Fraction | None = None
    due: Decimal | int | Fraction | None = None
    whole: Decimal | int | Fraction | None = None
    counts: Mapping = field(default_factory=dict)
    words: str = ""
    records: tuple = ()
    place: int | None = None
    of: int = 0

    @property
    def share(self):
        """Value in percent of the whole, exact; the value itself without a whole; None of nothing."""
        return _percent(self.value, self.whole)

    @property
    def due_share(self):
        return _percent(self.due, self.whole)

    @property
    def level(self):
        """What subjects are put in order by: how far ahead of what was due, else how much."""
        if self.share is None or self.due is None or self.whole is None:
            return self.share
        return self.share - self.due_share

    @property
    def is_met(self):
        """None where nothing was due."""
        return self.value >= self.due if self.value is not None and self.due else None


@dataclass(frozen=True)
class Marked:
    """``mark`` is None where the item does not apply or waits for somebody; then ``formula`` says why."""

    mark: Decimal | None
    formula: str


def _percent(part, whole):
    if part is None or whole is not None and not whole:
        return None
    return Fraction(part) if whole is None else 100 * Fraction(part) / Fraction(whole)


def said(number):
    """Two decimals at most, without the noughts that say nothing, thousands grouped, with a sign as wide as a digit."""
    return grouped(rounded(Fraction(number), PLACES))


def plain(number):
    """The same for a machine to read again: -1234.5; None stays None."""
    return None if number is None else written(rounded(Fraction(number), PLACES))


def as_number(given):
    """None where it is none; neither NaN nor without end, nor of more decimals than a rule of marks can mean."""
    try:
        number = Decimal(str(given))
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number) >= LARGEST or number.as_tuple().exponent < -DECIMALS:
        return None
    return Fraction(number)


def as_mark(number):
    return Decimal(rounded(Fraction(number), PLACES))
