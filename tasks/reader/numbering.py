"""Numbers of passages: which of the things that look like a number really begin one.

A number counts when it continues a series (within its heading, or running on through the document) or opens one.
How much proof it needs depends on what stands before it: the start of a line, a blank, the end of a sentence, nothing.
"""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from tasks.reader.brackets import outer_brackets
from tasks.reader.source import Source


class Edge(IntEnum):
    """What stands before a number, from no proof at all to the best."""

    NONE = 0
    SENTENCE = 1
    BLANK = 2
    LINE = 3


@dataclass(frozen=True)
class Mark:
    """A number: how it is written, its value, as printed without the mark after it, where, and what stands before."""

    style: str
    value: int
    printed: str
    start: int
    end: int
    edge: Edge


@dataclass(frozen=True)
class Placed:
    """A number that counts: how deep it stands, and which run of consecutive numbers it belongs to."""

    mark: Mark
    depth: int
    run: int


@dataclass(frozen=True)
class Oddity:
    """A number that does not fit its series."""

    place: int
    reason: str


_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_HAN = "[一二三四五六七八九十百零]{1,5}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_DOTTED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_BRACKETED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_HAN_BRACKETED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_SINGLE = {"circled": _CIRCLED, "arabic": _DOTTED, "arabic_bracket": _BRACKETED, "han_bracket": _HAN_BRACKETED}

_CANDIDATE = re.compile(
    rf"(?P<part>第{_HAN}(?:章|部分|篇|编))|(?P<knot>第{_HAN}节)|"
    rf"(?P<ordinal>第{_HAN})[,、]|"
    rf"(?P<article>第(?:{_HAN}|\d{{1,3}})条)|"
    rf"(?P<han_bracket>\( ?{_HAN} ?\))[、.]?|"
    rf"(?P<arabic_bracket>\( ?\d{{1,2}} ?\)|(?<![\d(])\d{{1,2}}\))[、.]?|"
    rf"(?P<decimal>(?<![\d.])\d{{1,2}}\.\d{{1,2}})(?=[ 、.]?[\u4e00-\u9fff“《])[ 、.]?|"
    rf"(?P<arabic>(?<![\d.A-Za-z])\d{{1,3}})(?:[.、](?!\d)|\.(?=\d+[\u4e00-\u9fff]))|"
    rf"(?P<han>(?<![第之其]){_HAN})[、.]|"
    rf"(?P<single>[{_CIRCLED}{_DOTTED}{_BRACKETED}{_HAN_BRACKETED}])"
)
_BARE_CANDIDATE = re.compile(_CANDIDATE.pattern + r"|(?P<alone>(?<!\S)\d{1,3}(?=\s+\S))")
_ENDS = "。;!?:)]”》"
_NOT_AFTER = "第之其每同唯统十百千万点零、,"
_WIDEST_GAP = 5
# Written so often in the middle of a sentence that they count at the start of a line only.
_ONLY_IN_LINES = ("decimal", "ordinal")
_LOOK_AHEAD = 50


def value_of(printed: str) -> int:
    """The value of a number in digits or Chinese numerals, brackets and 第…条 around it ignored; 0 when there is none."""
    digits = re.search(r"\d+(?!.*\d)", printed)
    if digits:
        return int(digits.group())
    numerals = re.search(_HAN, printed)
    return _han_value(numerals.group()) if numerals else 0


def _han_value(numerals: str) -> int:
    total, digit = 0, 0
    for character in numerals:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def candidates(source: Source, start: int, end: int, bare: bool = False) -> Iterator[Mark]:
    """Everything between two places that is written like a number of a passage, outside brackets.

    ``bare`` also takes digits that stand alone between blanks, as in the first column of a table.
    """
    text = source.plain
    pattern = _BARE_CANDIDATE if bare else _CANDIDATE
    closed = [(bracket.start, bracket.end) for bracket in outer_brackets(text, start, end)]
    at = 0
    for found in pattern.finditer(text, start, end):
        while at < len(closed) and closed[at][1] <= found.start():
            at += 1
        if at < len(closed) and closed[at][0] < found.start():
            continue
        yield _mark(source, found, start)


def _mark(source: Source, found: re.Match[str], start: int) -> Mark:
    text, style = source.plain, str(found.lastgroup)
    printed = source.text[slice(*found.span(style))]
    value = value_of(found[style])
    if style == "single":
        style = next(name for name, signs in _SINGLE.items() if printed in signs)
        value = _SINGLE[style].index(printed) + 1
    style = "arabic" if style == "alone" else style
    finish = found.end()
    while finish < len(text) and text[finish] in " \n":
        finish += 1
    return Mark(style, value, printed, found.start(), finish, _edge(text, found.start(), start))


def _edge(text: str, place: int, start: int) -> Edge:
    before = place
    while before > start and text[before - 1] == " ":
        before -= 1
    if before <= start or text[before - 1] == "\n":
        return Edge.LINE
    if before < place:
        return Edge.BLANK
    return Edge.SENTENCE if text[place - 1] in _ENDS else Edge.NONE


class Series:
    """Follows the numbers of one plan in order and decides which of them count."""

    def __init__(self, source: Source, marks: list[Mark], loose: bool):
        self._source = source
        self._marks = marks
        self._loose = loose
        self._open: list[Mark] = []
        self._last: dict[str, int] = {}
        self._alike: dict[str, list[Mark]] = {}
        for mark in marks:
            self._alike.setdefault(mark.style, []).append(mark)
        self._second = {mark.style: mark.start for mark in marks if mark.value == 2}
        self._runs: dict[str, int] = {}
        self.accepted: list[Placed] = []
        self.oddities: list[Oddity] = []

    def follow(self) -> None:
        for mark in self._marks:
            depth = self._depth(mark)
            if depth is not None:
                self._open = [*self._open[:depth], mark]
                if mark.value == 1 or mark.style not in self._last:
                    self._runs[mark.style] = mark.start
                self._last[mark.style] = mark.value
                self.accepted.append(Placed(mark, depth, self._runs[mark.style]))

    def _depth(self, mark: Mark) -> int | None:
        """How deep the number stands, or None when it does not count."""
        level = next((at for at, above in enumerate(self._open) if above.style == mark.style), None)
        before = self._open[level].value if level is not None else self._last.get(mark.style)
        depth = len(self._open) if level is None else level
        if before is not None and mark.value == before + 1:
            return depth if self._continues(mark) else None
        if mark.value == 1:
            return depth if self._opens(mark) else None
        if level is not None and mark.value == before and self._repeats(mark, self._open[level]):
            return depth
        return self._stray(mark, before, depth)

    def _continues(self, mark: Mark) -> bool:
        if mark.style in _ONLY_IN_LINES and mark.edge < Edge.LINE:
            return False
        if digits := self._digits_after(mark):
            return mark.edge == Edge.LINE or (mark.edge == Edge.BLANK and digits > 2)
        if mark.edge >= Edge.BLANK:
            return True
        if mark.edge == Edge.SENTENCE:
            return self._source.dense(mark.start) or mark.style not in ("arabic", "han") or self._has_text(mark)
        return self._stands_free(mark) and not self._better_later(mark)

    def _digits_after(self, mark: Mark) -> int:
        """How many digits follow: 11.121人才梯队 is a number and a text, 37.86亿元 is none."""
        if mark.style != "arabic":
            return 0
        found = re.match(r"\d*", self._source.plain[mark.end : mark.end + 9])
        return len(found.group()) if found else 0

    def _has_text(self, mark: Mark) -> bool:
        return bool(re.match(r"[\u4e00-\u9fff“《]{2}", self._source.plain[mark.end : mark.end + 2]))

    def _stands_free(self, mark: Mark) -> bool:
        """May a number with nothing before it count? Only where paragraph breaks were lost, and never after a numeral."""
        before = self._source.plain[mark.start - 1]
        if not (self._loose or self._source.dense(mark.start)) or before in _NOT_AFTER or before.isascii():
            return False
        return self._has_text(mark) and (self._loose or mark.style != "arabic" or self._closes_alike(mark))

    def _closes_alike(self, mark: Mark) -> bool:
        """Has the number the same sign after it as the one before it in its series (1. 2. or 1、2、)?"""
        before = next((placed.mark for placed in reversed(self.accepted) if placed.mark.style == mark.style), None)
        return self._closer(mark) == (self._closer(before) if before else ".")

    def _closer(self, mark: Mark) -> str:
        return self._source.plain[mark.start + len(mark.printed)]

    def _better_later(self, mark: Mark) -> bool:
        """Does the same number come again with more proof, before its series goes on or starts anew?"""
        alike = self._alike[mark.style]
        for later in alike[bisect.bisect_right(alike, mark.start, key=lambda each: each.start) :][:_LOOK_AHEAD]:
            if later.edge > Edge.NONE:
                return later.value == mark.value
            if later.value == 1:
                return False
        return False

    def _opens(self, mark: Mark) -> bool:
        if mark.style in _ONLY_IN_LINES or self._digits_after(mark):
            return mark.edge == Edge.LINE and self._digits_after(mark) in (0, 4)
        if mark.edge >= Edge.BLANK:
            return True
        if not self._followed(mark):
            return False
        if mark.edge == Edge.SENTENCE:
            return self._has_text(mark)
        return self._stands_free(mark) and (self._loose or mark.style != "han")

    def _followed(self, mark: Mark) -> bool:
        """Does a second number of the same style come later?"""
        return self._second.get(mark.style, -1) > mark.start

    def _repeats(self, mark: Mark, before: Mark) -> bool:
        """The heading printed once more, as on top of the next page of a table."""
        text = self._source.plain
        return text[mark.end : mark.end + 4] == text[before.end : before.end + 4]

    def _stray(self, mark: Mark, before: int | None, depth: int) -> int | None:
        if mark.edge < Edge.LINE or mark.style in _ONLY_IN_LINES or self._digits_after(mark):
            return None
        if before is not None and 0 < mark.value - before <= _WIDEST_GAP:
            self.oddities.append(Oddity(mark.start, f"编号从{before}跳到{mark.value}，请核对是否缺项。"))
            return depth
        if before is not None and mark.value == before:
            self.oddities.append(Oddity(mark.start, f"编号{mark.value}重复，请核对。"))
            return depth
        self.oddities.append(Oddity(mark.start, "行首像编号，但与前文接不上，按正文处理。"))
        return None


def marks_of(source: Source, start: int, end: int, loose: bool = False, bare: bool = False) -> Series:
    """The numbers that count between two places. ``loose`` allows for tables whose cells were run together."""
    series = Series(source, list(candidates(source, start, end, bare)), loose)
    series.follow()
    return series
