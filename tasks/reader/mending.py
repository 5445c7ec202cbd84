"""Text made whole before it is read: without pages, contents, gaps in words and broken lines; every place leads back."""

import re
import unicodedata
from collections.abc import Iterator

from tasks.reader.source import Source, Span

_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]+")
# What a web site prints beneath the document it shows.
_SITE = re.compile(
    r"(?:扫一扫|打印本页|\[?【?打印[】\]]|关闭窗口|关闭本页|分享到|相关链接|上一篇|下一篇|版权所有|网站地图|网站标识码|主办单位?[:：][^。\n]{0,40}ICP备|[\u4e00-\u9fff]ICP备)"
)
_REACH = 400
_PAGE = re.compile(
    r"^[ \u3000\t]*(?:[—–\-－]{1,2} ?\d{1,3} ?[—–\-－]{1,2}|第 ?\d{1,3} ?页(?:[,，/ ]*共 ?\d{1,3} ?页)?)[ \u3000\t]*(?:\n|\Z)",
    re.MULTILINE,
)
_CONTENTS = re.compile(
    r"^[^\n]{2,60}?(?:\.{4,}|…{2,}|·{4,}|_{4,})[ \u3000\t]*\d{1,3}[ \u3000\t]*(?:\n|\Z)"
    r"|^[ \u3000]*目[ \u3000]*[录次][ \u3000]*\n(?:[^\n]{2,60}[ \u3000\t]\d{1,3}[ \u3000]*\n|[ \u3000]*\n)+",
    re.MULTILINE,
)
# Blanks in words spelled out (责 任 单 位) or parted (责任 单位：), after numbers (1 ．) and in 各县（区） 政府.
_SPELLED = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?:[ \u3000]{1,3}[\u4e00-\u9fff]){2,}(?![\u4e00-\u9fff])")
_GAP = re.compile(
    r"(?:责任|牵头|配合|协办|主办|承办|实施|落实|完成)(?P<a>[ \u3000]{1,2})(?:单位|部门|时限|时间|领导|人)(?=[ \u3000]?[:：])"
    r"|^[ \u3000]*\d{1,3}(?P<b>[ \u3000]{1,2})(?=[．、.])"
    r"|各[县市区州旗]{1,2} ?[（(][^（）()\n]{1,8}[）)](?P<c>[ \u3000]{1,2})(?=政府|人民政府|党委)",
    re.MULTILINE,
)
_BEGINS = re.compile(
    r"\s|第[一二三四五六七八九十百]+[章节条部]?|[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,3}[）)、.．](?!\d)|[①-⑳]"
)
_ENDS = "。；;：:！!？?）)】]"
_CELLS = re.compile(r"[\t|│┃─━]")
_SHORT_LINE = 15
# A text was broken at the edge of a page when its widest lines are so wide, and so many are as wide as those.
_WIDTHS = range(40, 121)
_SLACK, _FEWEST, _SHARE = 4, 5, 0.4


def mended(text: str) -> Source:
    source = Source(text)
    for noise in (_foreign, _gaps, _breaks):
        source = source.cut(noise(source.text))
    return source


def _foreign(text: str) -> Iterator[Span]:
    yield from (found.span() for found in _UNSEEN.finditer(text))
    if found := _SITE.search(text, max(len(text) // 2, len(text) - _REACH)):
        yield found.start(), len(text)


def _gaps(text: str) -> Iterator[Span]:
    yield from (_page(text, *found.span()) for found in _PAGE.finditer(text))
    yield from (found.span() for found in _CONTENTS.finditer(text))
    yield from (found.span(str(found.lastgroup)) for found in _GAP.finditer(text))
    for word in _SPELLED.finditer(text):
        yield from (gap.span() for gap in re.compile(r"[ \u3000]+").finditer(text, *word.span()))


def _page(text: str, start: int, end: int) -> Span:
    """The line of a page number, with the line break before it where the sentence goes on behind it."""
    before = max(start - 1, 0)
    line = text[text.rfind("\n", 0, before) + 1 : before].rstrip()
    goes_on = len(line) >= _SHORT_LINE and line[-1] not in _ENDS
    return (start - 1, end) if goes_on and end < len(text) and not _BEGINS.match(text, end) else (start, end)


def _breaks(text: str) -> list[Span]:
    lines = text.split("\n")
    widths = [sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in line.rstrip()) for line in lines]
    widest, longest = max(widths), max(map(len, lines))
    full = [width >= widest - _SLACK or len(line) >= longest - 1 for width, line in zip(widths, lines, strict=True)]
    if widest not in _WIDTHS or sum(full) < max(_FEWEST, _SHARE * sum(map(bool, widths))):
        return []
    joints, place = [], -1
    for line, following, is_full in zip(lines, lines[1:], full, strict=False):
        place += len(line) + 1
        parted = not following.strip() or _CELLS.search(following)
        if is_full and not parted and not (_BEGINS.match(following) and line.rstrip()[-1:] in _ENDS):
            joints.append((place, place + 1))
    return joints
