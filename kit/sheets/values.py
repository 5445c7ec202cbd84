"""Plain values made fit for a cell: nothing in a sheet is a formula, an illegal character or a number that lies."""

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import zip_longest

from kit import clock
from kit.text import BREAKS

LONGEST_TEXT = 32_767
CONTINUED = "（续）"
CUT_MARK = "……（内容过长，以下从略）"
# Excel keeps 15 digits of a number; a longer one (an identity or account number) would change.
LARGEST_NUMBER = 10**15
FIRST_DAY = date(1900, 3, 1)
FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")

_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_UNFIT = re.compile(f"{BREAKS.pattern}|{_ILLEGAL.pattern}")


def clean_text(text) -> str:
    """Text as a cell can hold it: one kind of line break, no characters XML forbids, cut with a mark when too long."""
    text = str(text)
    if _UNFIT.search(text):
        text = _ILLEGAL.sub("", BREAKS.sub("\n", text))
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes such a text for formatting of its own and would write it as XML.
        text += " "
    # Excel counts in UTF-16 units, in which a rare character is two.
    if len(text) * 2 > LONGEST_TEXT and len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        kept = text.encode("utf-16-le")[: 2 * (LONGEST_TEXT - len(CUT_MARK))]
        text = kept.decode("utf-16-le", "ignore") + CUT_MARK
    return text


def looks_like_formula(text: str) -> bool:
    return text.startswith(FORMULA_STARTS)


def continuation_of(first):
    """What stands in the first place of a row that goes on from the one above: 43（续）."""
    return f"{first}{CONTINUED}" if isinstance(first, str | int) else CONTINUED


def joined(rows):
    """Return the rows with those that go on from the one above joined to it, an empty row in their place.

    Raise ValueError with the number of a row that was torn from its own.
    """
    found, owner = [], None
    for number, row in enumerate(rows, 1):
        first = row[0] if row and isinstance(row[0], str) else ""
        above = found[owner] if owner is not None else ()
        if first.endswith(CONTINUED) and above and first == continuation_of(above[0]):
            found[owner] = tuple(_with_more(above, row))
            row = ()
        elif first.removesuffix(CONTINUED) != first and any(first == continuation_of(each[0]) for each in rows if each):
            raise ValueError(number)
        else:
            owner = number - 1
        found.append(row)
    return tuple(found)


def _with_more(row, more):
    yield row[0]
    for text, piece in zip_longest(row[1:], more[1:]):
        yield text if piece is None else f"{'' if text is None else text}{piece}"


def sheet_value(value):
    if isinstance(value, str):
        return clean_text(value) or None
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, datetime):
        moment = (clock.local(value) if value.tzinfo else value).replace(tzinfo=None)
        return moment if moment.date() >= FIRST_DAY else f"{moment:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value if value >= FIRST_DAY else value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    return clean_text(value)


def _number(value):
    if not math.isfinite(value):
        return None
    return value if abs(value) < LARGEST_NUMBER else str(value)
