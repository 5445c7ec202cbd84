"""The measures a table states once for many cells: 投资额（万元） in a head, 单位：万元 above it."""

import re

from kit.quantities import Measure, Quantity, plain
from kit.rates import written

_ABOVE = re.compile(r"(?:计量|金额)?单位:([^\s:,;、]+)$")
_BRACKETS = re.compile(r"[(\[](?:计量)?(?:单位)?:?([^()\[\]]+)[)\]]")


class Stated:
    """What the heads and the line above a table say about the numbers below."""

    def __init__(self, sheet, layout):
        above = [plain(value) for row in sheet.rows[: layout.top] for value in row if isinstance(value, str)]
        found = [match[1].strip("()") for text in above if (match := _ABOVE.search(text))]
        self.above = next((text for text in found if Measure.of(text).is_known), "")
        self.heads = list(map(_in_head, layout.heads))

    def of(self, column, measure):
        """The measure of a bare number in ``column``; what stands above the table speaks only of its own kind."""
        if 0 <= column < len(self.heads) and self.heads[column]:
            return self.heads[column]
        fits = not measure or Measure.of(self.above).kind == Measure.of(measure).kind
        return self.above if fits else ""

    def measured(self, quantity: Quantity, column, measure):
        """The quantity with its measure, its own or the table's, before it is converted into ``measure``."""
        stated = "" if quantity.measure else self.of(column, measure)
        return quantity._replace(measure=stated, text=quantity.text + stated) if stated else quantity


def _in_head(head):
    found = [text for text in _BRACKETS.findall(plain(head)) if Measure.of(text).is_known]
    return found[-1] if found else ""


def converted(quantity: Quantity, measure) -> tuple:
    """(the number in ``measure``, a sentence about the conversion, empty where nothing was converted)."""
    number = quantity.within(measure)
    same = not quantity.measure or Measure.of(quantity.measure) == Measure.of(measure)
    return number, "" if same else f"{quantity.text} → {written(number)}{measure}"
