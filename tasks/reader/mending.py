"""Text made whole before it is read, with the way back to the text as it came."""

import bisect
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]
Piece = tuple[str, int]

_PAGE = re.compile(
    r"^[ \u3000\t]*(?:[—–\-－]{1,2} ?\d{1,3} ?[—–\-－]{1,2}|第 ?\d{1,3} ?页(?:[,，/ ]*共 ?\d{1,3} ?页)?)[ \u3000\t]*(?:\n|\Z)",
    re.MULTILINE,
)
_CONTENTS = re.compile(
    r"^[^\n]{2,60}?(?:\.{4,}|…{2,}|·{4,}|_{4,})[ \u3000\t]*\d{1,3}[ \u3000\t]*(?:\n|\Z)", re.MULTILINE
)
_LISTED = re.compile(
    r"^[ \u3000]*目[ \u3000]*[录次][ \u3000]*\n(?:[^\n]{2,60}[ \u3000\t]\d{1,3}[ \u3000]*\n|[ \u3000]*\n)+",
    re.MULTILINE,
)
_SPELLED = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?:[ \u3000]{1,3}[\u4e00-\u9fff]){2,}(?![\u4e00-\u9fff])")
_PARTED = re.compile(
    r"(?:责任|牵头|配合|协办|主办|承办|实施|落实|完成)(?P<gap>[ \u3000]{1,2})(?:单位|部门|时限|时间|领导|人)(?=[ \u3000]?[:：])"
)
_NUMBERED = re.compile(r"^[ \u3000]*\d{1,3}(?P<gap>[ \u3000]{1,2})(?=[．、.])", re.MULTILINE)
_BRACKETED = re.compile(r"各[县市区州旗]{1,2} ?[（(][^（）()\n]{1,8}[）)](?P<gap>[ \u3000]{1,2})(?=政府|人民政府|党委)")
_BEGINS = re.compile(
    r"[ \u3000\t]|[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[）)、.．]|第[一二三四五六七八九十]+|[①-⑳]"
)
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]+")
_REACH = 400
# What a web site prints beneath the document it shows.
_SITE = re.compile(
    r"(?:扫一扫|打印本页|\[?【?打印[】\]]|关闭窗口|关闭本页|分享到|相关链接|上一篇|下一篇|版权所有|网站地图|网站标识码|主办单位?[:：][^。\n]{0,40}ICP备|[\u4e00-\u9fff]ICP备)"
)
_SENTENCE_ENDS = "。；;：:！!？?）)】]"
_SHORT_LINE = 15


@dataclass(frozen=True)
class Mended:
    """A text in pieces of another: ``places`` where each begins here, ``origins`` where it began there."""

    text: str
    places: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)
    before: "Mended | None" = None

    @property
    def changed(self) -> bool:
        return self.before is not None

    def original(self, place: int) -> int:
        """Where a place of this text stands in the text as it came."""
        at = bisect.bisect_right(self.places, place) - 1
        there = self.origins[at] + place - self.places[at]
        if at + 1 < len(self.origins):
            there = min(there, max(self.origins[at + 1] - 1, self.origins[at]))
        return self.before.original(there) if self.before else there

    def rebuilt(self, pieces: Iterable[Piece]) -> "Mended":
        """The text put together anew from pieces, each with the place here that it came from."""
        texts, places, origins, length = [], [], [], 0
        for text, origin in pieces:
            if text:
                texts.append(text)
                places.append(length)
                origins.append(origin)
                length += len(text)
        return Mended("".join(texts), tuple(places) or (0,), tuple(origins) or (0,), self)

    def without(self, spans: Iterable[Span]) -> "Mended":
        """The text without these spans; itself when there are none."""
        cut = sorted(spans)
        if not cut:
            return self
        edges = [0, *(edge for span in cut for edge in span), len(self.text)]
        kept = list(pairwise(edges))[::2]
        return self.rebuilt((self.text[start:end], start) for start, end in kept if start < end)


def without_pages(mended: Mended) -> Mended:
    """Without page numbers and lines of a table of contents; a sentence that a page parted is put together."""
    text = mended.text
    spans: list[Span] = [_page_span(text, found) for found in _PAGE.finditer(text)]
    spans += [found.span() for found in _CONTENTS.finditer(text)]
    spans += [found.span() for found in _LISTED.finditer(text)]
    return mended.without(_apart(spans))


def without_site(mended: Mended) -> Mended:
    """Without signs that nobody sees, and without what a web site prints beneath a document."""
    text = mended.text
    spans = [found.span() for found in _UNSEEN.finditer(text)]
    found = _SITE.search(text, max(len(text) // 2, len(text) - _REACH))
    return mended.without(_apart([*spans, (found.start(), len(text))] if found else spans))


def _page_span(text: str, page: re.Match[str]) -> Span:
    """The line of a page number, with the line break before it where the sentence goes on behind it."""
    start, end = page.span()
    line = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)].rstrip()
    goes_on = len(line) >= _SHORT_LINE and line[-1] not in _SENTENCE_ENDS
    return (start - 1, end) if goes_on and text[end : end + 1] and not _BEGINS.match(text, end) else (start, end)


def _apart(spans: list[Span]) -> list[Span]:
    """The spans that do not overlap one before them."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def without_gaps(mended: Mended) -> Mended:
    """Without the blanks in words spelled out (责 任 单 位) or parted (责任 单位：), after numbers (1 ．) and in 各县（区） 政府."""
    spans: list[Span] = []
    for word in _SPELLED.finditer(mended.text):
        spans += [
            (word.start() + gap.start(), word.start() + gap.end()) for gap in re.finditer(r"[ \u3000]+", word.group())
        ]
    for pattern in (_PARTED, _NUMBERED, _BRACKETED):
        spans += [found.span("gap") for found in pattern.finditer(mended.text)]
    return mended.without(_apart(spans))
