"""Lines broken at the edge of a page, as in text copied from a PDF: put together, with the way back to the original."""

import bisect
import re
import unicodedata
from dataclasses import dataclass

_NARROW = 120
_NARROWEST = 40
_SLACK = 4
_FEWEST = 5
_SHARE = 0.4
_ENDS = "。；;：:！!？?）)】"
_BEGINS = re.compile(
    r"\s|第[一二三四五六七八九十百]+[章节条部]|[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,3}[）)、.．](?!\d)|[①-⑳]"
)


@dataclass(frozen=True)
class Unwrapped:
    """The text with its paragraphs whole, and the places in it where a line break was taken out."""

    text: str
    joints: tuple[int, ...] = ()

    def original(self, place: int) -> int:
        """Where a place of this text stands in the text as it came."""
        return place + bisect.bisect_right(self.joints, place)


def unwrap(text: str) -> Unwrapped:
    """Join lines that were broken only because the page was full; other texts are returned as they are."""
    lines = text.split("\n")
    widths = [_width(line) for line in lines]
    widest = max(widths)
    full = [width >= widest - _SLACK for width in widths]
    filled = sum(1 for width in widths if width)
    if not _NARROWEST <= widest <= _NARROW or sum(full) < max(_FEWEST, _SHARE * filled):
        return Unwrapped(text)
    pieces, joints, length = [lines[0]], [], len(lines[0])
    for at in range(1, len(lines)):
        if full[at - 1] and _goes_on(lines[at - 1], lines[at]):
            joints.append(length)
        else:
            pieces.append("\n")
            length += 1
        pieces.append(lines[at])
        length += len(lines[at])
    return Unwrapped("".join(pieces), tuple(joints))


def _goes_on(line: str, following: str) -> bool:
    """Does the sentence of a full line go on in the one that follows?"""
    if not following.strip() or "\t" in following:
        return False
    return not (_BEGINS.match(following) and line.rstrip()[-1:] in _ENDS)


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line.rstrip())
