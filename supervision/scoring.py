"""How a mark follows from what was measured: exact, rounded once to two decimals, half up, with the formula and its numbers. Pure.

``faults`` says what stands against the params of a way, ``told`` says them in words.
"""

from decimal import Decimal
from fractions import Fraction

from kit.rates import written
from supervision.measured import Marked, Measured, as_mark, said
from supervision.tallied import Events, Extra, Hand, Panel, Rank, YesNo
from supervision.ways import Bands, Points, Share

__all__ = ["WAYS", "Marked", "Measured", "faults", "mark", "said", "shares_of", "told"]

WAYS = {
    "SHARE": Share,
    "POINTS": Points,
    "BANDS": Bands,
    "EVENTS": Events,
    "RANK": Rank,
    "YESNO": YesNo,
    "PANEL": Panel,
    "EXTRA": Extra,
    "HAND": Hand,
}


def mark(way, full, params, measured):
    """The mark of what was measured, out of ``full``; never below nothing nor above full."""
    if measured.value is None and not (way == "PANEL" and measured.counts):
        return Marked(None, measured.words or "没有可评的内容，不适用")
    exact, told = WAYS[way](full, params or {}).exact(measured)
    if exact is None:
        return Marked(None, told)
    marked = as_mark(min(max(exact, 0), Fraction(full)))
    return Marked(marked, f"{told} = {written(marked)}")


def told(way, full, params):
    way = WAYS[way](full, params or {})
    return "参数有误" if way.faults() else way.words()


def faults(way, full, params):
    """{param: sentence} of what stands against the params of a way."""
    return WAYS[way](full, params or {}).faults()


def shares_of(whole, count):
    """``whole`` in so many parts of two decimals that come to it exactly."""
    cents, rest = divmod(int(Decimal(whole) * 100), count)
    return [Decimal(cents + (place < rest)).scaleb(-2) for place in range(count)]
