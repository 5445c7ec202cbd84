"""Numbered passages: what looks like a number, which numbers really begin a passage, and the tree they make.

A number counts when it continues a series (within its heading, or running on through the document) or opens one.
How much proof it needs depends on what stands before it: the start of a line, a blank, the end of a sentence, nothing.
"""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from kit.numerals import arabic
from tasks.reader.source import Source, outer_brackets


class Edge(IntEnum):
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


_HAN = "[一二三四五六七八九十百零]{1,5}"
_SINGLE = {
    "circled": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "arabic": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "arabic_bracket": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "han_bracket": "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
}
# What makes 1.6 a count or a date (1.6万亩, item 1 of 6月底前) and no number of a passage.
_COUNTED = "(?:月|日|年|个|亿|万|元|名|家|所|套|座|米|公里|千|平方|百|%|吨|亩|倍|公顷|人次|小时)"
_CANDIDATE = re.compile(
    rf"(?P<task>(?<!\S)(?:重点|主要|工作)?(?:任务|举措|措施|事项|项目)(?:{_HAN}|\d{{1,3}}))[:、. ]|"
    rf"(?P<part>第{_HAN}(?:章|部分|篇|编))|(?P<knot>第{_HAN}节)|"
    rf"(?P<ordinal>第{_HAN})[,、]|"
    rf"(?P<article>第(?:{_HAN}|\d{{1,3}})条)|"
    rf"(?P<han_bracket>\( ?{_HAN} ?\))[、.]?|"
    rf"(?P<arabic_bracket>\( ?\d{{1,2}} ?\)|(?<![\d(])\d{{1,2}}\))[、.]?|"
    rf"(?P<decimal>(?<![\d.])\d{{1,2}}\.\d{{1,2}})(?=[ 、.]?[\u4e00-\u9fff“《])(?!{_COUNTED})[ 、.]?|"
    rf"(?P<arabic>(?<![\d.A-Za-z])\d{{1,4}})(?:[.、](?!\d)|[.、](?=\d+[\u4e00-\u9fff]))|"
    rf"(?P<plain>(?<![^ \n])\d{{1,3}})(?= {{1,3}}[\u4e00-\u9fff“《\d])(?! *(?:{_COUNTED}))|"
    rf"(?P<han>(?<![第之其]){_HAN})[、.]|"
    rf"(?P<single>[{''.join(_SINGLE.values())}])"
)
# A number run into the cells beside it (…局2推行), and what makes it a count instead (2个); not a word that begins alike.
_MEASURES = (
    "[个家所条项件次名人户亩座处台套批期场届级类号楼天周米吨万亿元%月年日岁倍成轮辆部支只头株位片栋间村镇乡县区市街千百大]"
    "|公里|平方|立方|小时|分钟|以[上下内]"
)
_WORDS = (
    "支持|支撑|支付|大力|成立|部署|部门|项目|条件|场所|场地|年度|区域|乡村|乡镇|市场|市级|县级|区级|镇级|街道|街区|日常|家庭|户籍|天然|周边|"
    "组织|百姓|座谈|名单|倍增|期间|级别|批准|类别|处理|处置|处罚|台账|人才|人民|人员|人大|村级|村庄|村镇|公司|市政|县域|区块|位置|片区|大型|大数据"
)
_CELL_CANDIDATE = re.compile(
    _CANDIDATE.pattern.replace("(?P<plain>", "(?!)(?P<plain>") + r"|(?P<alone>(?<!\S)\d{1,3}(?=\s+\S))"
    rf"|(?P<glued>(?<=[\u4e00-\u9fff。) \n])\d{{1,3}}(?=[\u4e00-\u9fff“《])(?!\d*(?!{_WORDS})(?:{_MEASURES})))"
)
_ENDS = "。;!?:)]”》"
_NOT_AFTER = "第之其每同唯统十百千万点零、,"
_TITLE_END = re.compile(r"(?:方案|意见|计划|要点|分解表?|分工表?|清单|措施|规划|办法|安排)$")
_WIDEST_GAP = 5
_LOOK_AHEAD = 50
# Written so often in the middle of a sentence that they count at the start of a line only.
_ONLY_IN_LINES = ("decimal", "ordinal", "plain")


def value_of(printed: str) -> int:
    """The value of a number in digits or Chinese numerals, brackets and 第…条 around it ignored; 0 when there is none."""
    digits = re.search(r"\d+(?!.*\d)", arabic(printed))
    return int(digits.group()) if digits else 0


def series(
    source: Source, start: int, end: int, loose: bool = False, cells: bool = False
) -> tuple[list[tuple[Mark, int, int]], list[tuple[int, str]]]:
    """The numbers between two places that count, each with its depth and where its run began; those that do not fit, and why.

    ``loose``: nothing need stand before a number, as in a table that lost its lines; ``cells``: nor any mark after it.
    """
    found = _Series(source, list(_candidates(source, start, end, cells)), loose)
    return found.accepted, found.oddities


def _candidates(source: Source, start: int, end: int, cells: bool) -> Iterator[Mark]:
    text, closed, at = source.plain, outer_brackets(source.plain, start, end), 0
    for found in (_CELL_CANDIDATE if cells else _CANDIDATE).finditer(text, start, end):
        while at < len(closed) and closed[at][1] <= found.start():
            at += 1
        if at == len(closed) or closed[at][0] >= found.start():
            yield _mark(source, found, start)


def _mark(source: Source, found: re.Match[str], start: int) -> Mark:
    text, style = source.plain, str(found.lastgroup)
    printed, value = source.text[slice(*found.span(style))], value_of(found[style])
    if style == "single":
        style = next(name for name, signs in _SINGLE.items() if printed in signs)
        value = _SINGLE[style].index(printed) + 1
    finish = found.end()
    while finish < len(text) and text[finish] in " \n":
        finish += 1
    kind = "arabic" if style in ("alone", "glued") else style
    return Mark(kind, value, printed, found.start(), finish, _edge(text, found.start(), start))


def _edge(text: str, place: int, start: int) -> Edge:
    before = place
    while before > start and text[before - 1] == " ":
        before -= 1
    if before <= start or text[before - 1] == "\n":
        return Edge.LINE
    if before < place:
        return Edge.BLANK
    return Edge.SENTENCE if text[place - 1] in _ENDS else Edge.NONE


class _Series:
    def __init__(self, source: Source, marks: list[Mark], loose: bool):
        self._source = source
        self._loose = loose
        self._alike: dict[str, list[Mark]] = {}
        for mark in marks:
            self._alike.setdefault(mark.style, []).append(mark)
        self._second = {mark.style: mark.start for mark in marks if mark.value == 2}
        self._open: list[Mark] = []
        self._last: dict[str, Mark] = {}
        self._runs: dict[str, int] = {}
        self.accepted: list[tuple[Mark, int, int]] = []
        self.oddities: list[tuple[int, str]] = []
        for mark in marks:
            depth = self._depth(mark)
            if depth is not None:
                self._open = [*self._open[:depth], mark]
                if mark.value == 1 or mark.style not in self._last:
                    self._runs[mark.style] = mark.start
                self._last[mark.style] = mark
                self.accepted.append((mark, depth, self._runs[mark.style]))

    def _depth(self, mark: Mark) -> int | None:
        level = next((at for at, above in enumerate(self._open) if above.style == mark.style), None)
        last = self._open[level] if level is not None else self._last.get(mark.style)
        depth = len(self._open) if level is None else level
        if last and mark.value == last.value + 1:
            return depth if self._counts_on(mark, opens=False) else None
        if mark.value == 1:
            return depth if self._counts_on(mark, opens=True) else None
        # A heading printed once more, as on top of the next page of a table.
        if level is not None and last and mark.value == last.value and self._ahead(mark, 4) == self._ahead(last, 4):
            return depth
        return self._stray(mark, last.value if last else None, depth)

    def _ahead(self, mark: Mark, length: int) -> str:
        return self._source.plain[mark.end : mark.end + length]

    def _counts_on(self, mark: Mark, opens: bool) -> bool:
        followed = not opens or self._second.get(mark.style, -1) > mark.start
        if mark.style in _ONLY_IN_LINES:
            sure = mark.edge == Edge.LINE and mark.style != "plain"
            return self._in_line(mark) and (not opens or sure or followed)
        if mark.edge >= Edge.BLANK or not followed:
            return followed or mark.edge >= Edge.BLANK
        if mark.edge == Edge.SENTENCE:
            free = not opens and (self._source.dense(mark.start) or mark.style not in ("arabic", "han"))
            return free or self._has_text(mark)
        if not self._stands_free(mark):
            return False
        after_title = bool(_TITLE_END.search(self._source.plain, max(0, mark.start - 4), mark.start))
        return not opens or self._loose or mark.style != "han" or after_title

    def _in_line(self, mark: Mark) -> bool:
        dense = mark.style != "plain" and self._source.dense(mark.start)
        return mark.edge == Edge.LINE or (mark.edge == Edge.BLANK and dense)

    def _has_text(self, mark: Mark) -> bool:
        return bool(re.match(r"[\u4e00-\u9fff“《]{2}|20\d\d年", self._ahead(mark, 5)))

    def _stands_free(self, mark: Mark) -> bool:
        """May a number with nothing before it count? Only where paragraph breaks were lost, and never after a numeral."""
        before = self._source.plain[mark.start - 1]
        lost = self._loose or self._source.dense(mark.start)
        return lost and before not in _NOT_AFTER and not before.isascii()

    def _stray(self, mark: Mark, before: int | None, depth: int) -> int | None:
        """A number out of turn: it counts where a line begins with it or the next one confirms it, and is reported."""
        if mark.style in _ONLY_IN_LINES or not self._proven(mark):
            return None
        alike = self._alike[mark.style]
        later = alike[bisect.bisect_right(alike, mark.start, key=lambda each: each.start) :][:_LOOK_AHEAD]
        following = next((each.value for each in later if self._proven(each)), 0)
        confirmed, begins = following == mark.value + 1, mark.edge == Edge.LINE
        if before is None:
            if confirmed and begins:
                return self._odd(mark, f"编号从{mark.value}开始，请核对是否缺项。", depth)
        elif mark.value == before and begins and not self._ahead(mark, 1).isdigit():
            return self._odd(mark, f"编号{mark.value}重复，请核对。", depth)
        elif mark.value > before and (confirmed or (begins and mark.value - before <= _WIDEST_GAP)):
            return self._odd(mark, f"编号从{before}跳到{mark.value}，请核对是否缺项。", depth)
        return self._odd(mark, "行首像编号，但与前文接不上，按正文处理。", None) if begins else None

    def _odd(self, mark: Mark, reason: str, depth: int | None) -> int | None:
        self.oddities.append((mark.start, reason))
        return depth

    def _proven(self, mark: Mark) -> bool:
        return mark.edge == Edge.LINE or (mark.edge >= Edge.SENTENCE and self._source.dense(mark.start))
