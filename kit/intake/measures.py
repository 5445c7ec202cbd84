"""The measures a table states once for many cells: 投资额（万元） in a head, 单位：万元 above it."""

import re

from kit.quantities import Measure, Quantity, plain, quantity
from kit.rates import written
from kit.text import half_width

_ABOVE = re.compile(r"(?:计量|金额)?单位\s*:?\s*(?:人民币)?([^\s:;()]+)")
_BRACKETS = re.compile(r"[(\[](?:计量)?(?:单位)?:?([^()\[\]]+)[)\]]")
_ENDS = re.compile(r"[亿万]元$")


class Stated:
    """What the heads and the line above a table say about the numbers below."""

    def __init__(self, sheet, layout, given=""):
        # Nearest to the table speaks first; what a person said of the table speaks before all.
        rows = sheet.rows[layout.start : layout.top][::-1]
        found = [text for row in rows for value in row for text in _said_above(value)]
        self.above = [(Measure.of(text).kind, text) for text in (given, *found) if text]
        self.heads = list(map(_in_head, layout.heads))

    def of(self, column, measure):
        """The measure of a bare number in ``column``; what stands above the table speaks only of its own kind."""
        if 0 <= column < len(self.heads) and self.heads[column]:
            return self.heads[column]
        kind = Measure.of(measure).kind if measure else ""
        return next((text for each, text in self.above if not kind or each == kind), "")

    def in_heads(self, kind):
        return {text for text in self.heads if text and Measure.of(text).kind == kind}

    def assume(self, measure):
        """Read in ``measure`` what says none of its kind."""
        self.above.append((Measure.of(measure).kind, measure))

    def amount(self, value, column):
        try:
            found = quantity(value)
            stated = self.of(column, found.measure) if found.measure else ""
            return found.within(stated) if stated else found.number
        except ValueError:
            return None

    def measured(self, found: Quantity, column, measure):
        stated = "" if found.measure else self.of(column, measure)
        return found._replace(measure=stated, text=found.text + stated) if stated else found


def _said_above(value):
    if not isinstance(value, str):
        return []
    said = [*_ABOVE.findall(half_width(value)), *_ABOVE.findall(plain(value))]
    found = [part.strip("()") for each in said for part in re.split(r"[、,/和及]", each)]
    return [part for part in dict.fromkeys(found) if Measure.of(part).is_known]


def _in_head(head):
    text = plain(head)
    found = [text for text in _BRACKETS.findall(text) if Measure.of(text).is_known]
    bare = _ENDS.search(text)
    return found[-1] if found else bare[0] if bare else ""


def converted(found: Quantity, measure) -> tuple:
    """(the number in ``measure``, a sentence about the conversion, empty where nothing was converted)."""
    number = found.within(measure)
    same = found.measure in ("", measure) or Measure.of(found.measure) == Measure.of(measure)
    return number, "" if same else f"{found.text} → {written(number)}{measure}"
