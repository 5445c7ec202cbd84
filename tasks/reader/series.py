"""Series of numbers: which of the things that look like a number really begin a passage.

A number counts when it continues a series (within its heading, or running on through the document) or opens one.
How much proof it needs depends on what stands before it: the start of a line, a blank, the end of a sentence, nothing.
"""

import bisect
import re
from dataclasses import dataclass

from tasks.reader.numbering import Edge, Mark, candidates
from tasks.reader.source import Source

_NOT_AFTER = "第之其每同唯统十百千万点零、,"
_TITLE_END = re.compile(r"(?:方案|意见|计划|要点|分解表?|分工表?|清单|措施|规划|办法|安排)$")
_WIDEST_GAP = 5
_LOOK_AHEAD = 50
# Written so often in the middle of a sentence that they count at the start of a line only.
_ONLY_IN_LINES = ("decimal", "ordinal", "plain")
# A number in digits that is larger may be a year; it counts only where the one before it does.
_LARGEST = 999


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
        if mark.style in _ONLY_IN_LINES and not self._in_line(mark):
            return False
        if digits := self._digits_after(mark):
            return mark.edge == Edge.LINE or (self._proven(mark) and (digits > 2 or self._counts(mark)))
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

    def _in_line(self, mark: Mark) -> bool:
        """Does a line begin here, or could one have before the line breaks were lost?"""
        dense = mark.style != "plain" and self._source.dense(mark.start)
        return mark.edge == Edge.LINE or (mark.edge == Edge.BLANK and dense)

    def _counts(self, mark: Mark) -> bool:
        """Does the text begin with a day or a count (1.6月底前, 2.20个村)?"""
        return bool(re.match(r"\d{1,4}(?:月|日|年|个|家|所|名|套|座|条)", self._source.plain[mark.end : mark.end + 6]))

    def _has_text(self, mark: Mark) -> bool:
        return bool(re.match(r"[\u4e00-\u9fff“《]{2}|20\d\d年", self._source.plain[mark.end : mark.end + 5]))

    def _stands_free(self, mark: Mark) -> bool:
        """May a number with nothing before it count? Only where paragraph breaks were lost, and never after a numeral."""
        before = self._source.plain[mark.start - 1]
        if not (self._loose or self._source.dense(mark.start)) or before in _NOT_AFTER or before.isascii():
            return False
        return self._has_text(mark) and (self._loose or mark.style != "arabic" or self._closes_alike(mark))

    def _closes_alike(self, mark: Mark) -> bool:
        """Has the number the same sign after it as the one before it in its series (1. 2. or 1、2、)?"""
        before = next((placed.mark for placed in reversed(self.accepted) if placed.mark.style == mark.style), None)
        return before is None or self._closer(mark) == self._closer(before)

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
        if mark.style in _ONLY_IN_LINES:
            sure = mark.edge == Edge.LINE and mark.style != "plain"
            return self._in_line(mark) and (sure or self._followed(mark))
        if digits := self._digits_after(mark):
            counts = self._counts(mark) and self._followed(mark) and self._proven(mark)
            return counts or (mark.edge == Edge.LINE and digits == 4)
        if mark.edge >= Edge.BLANK:
            return True
        if not self._followed(mark):
            return False
        if mark.edge == Edge.SENTENCE:
            return self._has_text(mark)
        return self._stands_free(mark) and (self._loose or mark.style != "han" or self._after_title(mark))

    def _after_title(self, mark: Mark) -> bool:
        """Does the title of a plan, or 如下 with its mark, end right before?"""
        return bool(_TITLE_END.search(self._source.plain, max(0, mark.start - 4), mark.start))

    def _followed(self, mark: Mark) -> bool:
        """Does a second number of the same style come later?"""
        return self._second.get(mark.style, -1) > mark.start

    def _repeats(self, mark: Mark, before: Mark) -> bool:
        """The heading printed once more, as on top of the next page of a table."""
        text = self._source.plain
        return text[mark.end : mark.end + 4] == text[before.end : before.end + 4]

    def _stray(self, mark: Mark, before: int | None, depth: int) -> int | None:
        """A number out of turn: it counts where a line begins with it or the next one confirms it, and is reported."""
        if mark.style in _ONLY_IN_LINES or self._digits_after(mark) or not self._proven(mark):
            return None
        if mark.value > _LARGEST:
            return None
        confirmed, begins = self._confirmed(mark), mark.edge == Edge.LINE
        if before is not None and mark.value == before and begins:
            return self._odd(mark, f"编号{mark.value}重复，请核对。", depth)
        if (
            before is not None
            and mark.value > before
            and (confirmed or (begins and mark.value - before <= _WIDEST_GAP))
        ):
            return self._odd(mark, f"编号从{before}跳到{mark.value}，请核对是否缺项。", depth)
        if before is None and confirmed and begins:
            return self._odd(mark, f"编号从{mark.value}开始，请核对是否缺项。", depth)
        return self._odd(mark, "行首像编号，但与前文接不上，按正文处理。", None) if begins else None

    def _odd(self, mark: Mark, reason: str, depth: int | None) -> int | None:
        self.oddities.append(Oddity(mark.start, reason))
        return depth

    def _proven(self, mark: Mark) -> bool:
        return mark.edge == Edge.LINE or (mark.edge >= Edge.SENTENCE and self._source.dense(mark.start))

    def _confirmed(self, mark: Mark) -> bool:
        """Is the next number of the same style the one that follows this?"""
        alike = self._alike[mark.style]
        later = alike[bisect.bisect_right(alike, mark.start, key=lambda each: each.start) :][:_LOOK_AHEAD]
        return next((each.value for each in later if self._proven(each)), 0) == mark.value + 1


def marks_of(source: Source, start: int, end: int, loose: bool = False, bare: bool = False) -> Series:
    """The numbers that count between two places. ``loose`` allows for tables whose cells were run together."""
    series = Series(source, list(candidates(source, start, end, bare)), loose)
    series.follow()
    return series
