"""Lines broken at the edge of a page, as in text copied from a PDF: put together, with the way back to the original."""

import re
import unicodedata

from tasks.reader.mending import Mended

_NARROW = 120
_NARROWEST = 40
_SLACK = 4
_FEWEST = 5
_SHARE = 0.4
_ENDS = "。；;：:！!？?）)】"
_BEGINS = re.compile(
    r"\s|第[一二三四五六七八九十百]+[章节条部]|[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,3}[）)、.．](?!\d)|[①-⑳]"
)


def unwrap(mended: Mended) -> Mended:
    """Join lines that were broken only because the page was full; other texts are returned as they are."""
    lines = mended.text.split("\n")
    widths = [_width(line) for line in lines]
    widest = max(widths)
    longest = max(map(len, lines))
    full = [width >= widest - _SLACK or len(line) >= longest - 1 for width, line in zip(widths, lines, strict=True)]
    filled = sum(1 for width in widths if width)
    if not _NARROWEST <= widest <= _NARROW or sum(full) < max(_FEWEST, _SHARE * filled):
        return mended
    joints, place = [], 0
    for at in range(1, len(lines)):
        place += len(lines[at - 1])
        if full[at - 1] and _goes_on(lines[at - 1], lines[at]):
            joints.append((place, place + 1))
        place += 1
    return mended.without(joints)


def _goes_on(line: str, following: str) -> bool:
    """Does the sentence of a full line go on in the one that follows?"""
    if not following.strip() or "\t" in following:
        return False
    return not (_BEGINS.match(following) and line.rstrip()[-1:] in _ENDS)


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line.rstrip())
