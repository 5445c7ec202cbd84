"""How much room a text takes on paper, in half-width characters and in points.

WPS does not let rows grow with wrapped Chinese, so their height is computed.
"""

import math
from unicodedata import east_asian_width

LINE = 13.5
PADDING = 7.0
TALLEST = 409.0


def columns_of(text: str) -> int:
    """The width of a line in half-width characters: a Chinese character or full-width mark counts two."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def lines_of(text: str, width: float) -> int:
    """How many lines ``text`` takes in a cell ``width`` half-width characters wide."""
    return sum(_lines(columns_of(line), width) for line in text.split("\n"))


def _lines(columns: int, width: float) -> int:
    # No line begins with a closing mark, so that a broken one may leave its last full-width place empty.
    return 1 if columns <= width else math.ceil(columns / max(1, width - 1))


def height_of(lines: int, line: float = LINE) -> float:
    """The height in points of a row that must show so many lines; Excel knows none taller than 409."""
    return min(TALLEST, lines * line + PADDING)
