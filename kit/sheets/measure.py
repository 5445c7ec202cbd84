"""How much room a text takes on paper, in half-width characters and in points.

WPS does not let rows grow with wrapped Chinese, so their height is computed.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any
from unicodedata import east_asian_width

# Room for the taller of the fonts that stand in where 宋体 is not at hand.
LINE = 14.5
PADDING = 7.0
# Excel knows no taller row; what needs more is continued in the next.
TALLEST = 409.0
MOST_LINES = int((TALLEST - PADDING) / LINE)
SENTENCE_END = re.compile(r"[。；！？\n]")


class _Widths(dict):
    """Remembers how wide a character is: two for a Chinese character or full-width mark, else one."""

    def __missing__(self, character):
        self[character] = 2 if east_asian_width(character) in "WFA" else 1
        return self[character]


_WIDTHS = _Widths()


def columns_of(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def lines_of(text: str, width: float) -> int:
    if len(text) * 2 <= width and "\n" not in text:
        return 1
    return sum(_lines(columns_of(line), width) for line in text.split("\n"))


def _lines(columns: int, width: float) -> int:
    # No line begins with a closing mark, so that a broken one may leave its last full-width place empty.
    return 1 if columns <= width else math.ceil(columns / max(1, width - 1))


def height_of(lines: int, line: float = LINE) -> float:
    return min(TALLEST, lines * line + PADDING)


def pieces_of(text: str, width: float) -> list[str]:
    """Cut a text into pieces that each fit into the tallest row, after a sentence where one ends near; nothing is lost."""
    pieces = []
    while lines_of(text, width) > MOST_LINES:
        longest = bisect_right(range(len(text)), MOST_LINES, key=lambda end: lines_of(text[:end], width)) - 1
        ends = [found.end() for found in SENTENCE_END.finditer(text, longest * 3 // 4, longest)]
        place = ends[-1] if ends else max(1, longest)
        pieces.append(text[:place])
        text = text[place:]
    return [*pieces, text]


def shares(columns: Sequence[Any], parts: int) -> list[tuple[int, int]]:
    """Cut the columns into runs of about equal width: [(first, last), ...], no more than there are columns."""
    parts = min(parts, len(columns))
    ends = list(accumulate(column.width for column in columns))
    runs, start = [], 0
    for part in range(1, parts + 1):
        latest = len(columns) - 1 - (parts - part)
        distance = [abs(end - ends[-1] * part / parts) for end in ends]
        end = min(range(start, latest + 1), key=distance.__getitem__)
        runs.append((start, end))
        start = end + 1
    return runs
