"""Brackets in plain text: pairs found even where a full-width one is closed by a half-width one."""

import re

from tasks.reader.source import Span

_OPEN, _CLOSE = "([", ")]"
_LONGEST = 600
_WRAPPED = 120
_NUMBERED = re.compile(r" *(?:\d{1,3}[.、]|[一二三四五六七八九十]{1,3}、)")


def outer_brackets(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The outermost pairs between two places, in order. One that stays open for too long is no bracket."""
    found: list[Span] = []
    opened: list[int] = []
    for place in range(start, len(text) if end is None else end):
        character = text[place]
        if opened and (_breaks(text, place) or place - opened[0] > _LONGEST):
            opened.clear()
        if character in _OPEN:
            opened.append(place)
        elif character in _CLOSE and opened:
            begun = opened.pop()
            if not opened:
                found.append((begun, place + 1))
    return found


def _breaks(text: str, place: int) -> bool:
    if text[place] != "\n":
        return False
    line = text[place + 1 : place + 1 + _WRAPPED].split("\n", 1)[0]
    closes = re.search(r"[()\[\]]", line)
    return bool(_NUMBERED.match(line)) or not closes or closes.group() in _OPEN


def split_outside(text: str, marks: str) -> list[tuple[str, int, str]]:
    """The parts of ``text`` between the marks that stand outside brackets and quotes: part, its place, the mark after."""
    parts: list[tuple[str, int, str]] = []
    depth, begun = 0, 0
    for place, character in enumerate(text):
        if character in "([《“":
            depth += 1
        elif character in ")]》”":
            depth = max(0, depth - 1)
        elif depth == 0 and character in marks:
            parts.append((text[begun:place], begun, character))
            begun = place + 1
    parts.append((text[begun:], begun, ""))
    return parts
