"""The text to read: as written, and a plain twin of the same length in which half and full width look alike; its brackets.

A full-width bracket may be closed by a half-width one.
"""

import bisect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Span = tuple[int, int]
_WIDE = "（）：；，．。！？　［］【】｛｝／－—–〔〕〖〗﹙﹚∶﹕︰"
_PLAIN = "():;,.。!? [][]{}/---[][]():::"
_TWINS = str.maketrans(_WIDE + "０１２３４５６７８９％\t\xa0\u2002\u2003", _PLAIN + "0123456789%    ")
# A line longer than this was several paragraphs before its line breaks were lost; so was a shorter one that holds
# more than half of the text.
DENSE = 600
DENSE_SHARE = 120
_OPEN, _CLOSE = "([", ")]"
_LONGEST_BRACKET = 600
_WRAPPED = 120
_NUMBERED = re.compile(r" *(?:\d{1,3}[.、]|[一二三四五六七八九十]{1,3}、)")


def plain(text: str) -> str:
    """The text with full-width marks, digits and blanks as half-width ones; same length, same places."""
    return text.translate(_TWINS)


def bare(text: str) -> str:
    return "".join(plain(text).split())


@dataclass(frozen=True)
class Source:
    """A text, its plain twin, and where each of its characters stood in the text as it came."""

    text: str
    places: Sequence[int] = ()
    plain: str = field(init=False, repr=False, compare=False)
    _breaks: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        object.__setattr__(self, "places", self.places or range(len(self.text)))
        object.__setattr__(self, "plain", plain(self.text))
        object.__setattr__(self, "_breaks", [place for place, sign in enumerate(self.text) if sign == "\n"])

    def original(self, start: int, end: int) -> Span:
        if start >= len(self.places):
            return (self.places[-1] + 1 if self.places else 0,) * 2
        return self.places[start], self.places[end - 1] + 1 if end > start else self.places[start]

    def line(self, place: int) -> int:
        return bisect.bisect_left(self._breaks, place) + 1

    def dense(self, place: int) -> bool:
        at = bisect.bisect_left(self._breaks, place)
        start = self._breaks[at - 1] if at else -1
        length = (self._breaks[at] if at < len(self._breaks) else len(self.text)) - start
        return length > DENSE or (length > DENSE_SHARE and 2 * length > len(self.text))

    def blanked(self, spans: Iterable[Span]) -> "Source":
        """The text with blanks in place of what stands in ``spans``; places stay what they are."""
        text = self.text
        for start, end in spans:
            text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
        return Source(text, self.places)

    def cut(self, spans: Iterable[Span]) -> "Source":
        """The text without what stands in ``spans``."""
        kept, place = [], 0
        for start, end in sorted(spans):
            if start >= place:
                kept.append((place, start))
                place = end
        kept.append((place, len(self.text)))
        places = [place for start, end in kept for place in self.places[start:end]]
        return Source("".join(self.text[start:end] for start, end in kept), places)

    def trimmed(self, start: int, end: int) -> Span:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    def written(self, start: int, end: int) -> str:
        return self.text[slice(*self.trimmed(start, end))]


def outer_brackets(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The outermost pairs between two places, in order. One that stays open for too long is no bracket."""
    found: list[Span] = []
    opened: list[int] = []
    for place in range(start, len(text) if end is None else end):
        character = text[place]
        if opened and (_breaks(text, place) or place - opened[0] > _LONGEST_BRACKET):
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
