"""Numbers of passages: what looks like one, how it is written, and what stands before it."""

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


_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_HAN = "[一二三四五六七八九十百零]{1,5}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_DOTTED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_BRACKETED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_HAN_BRACKETED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_SINGLE = {"circled": _CIRCLED, "arabic": _DOTTED, "arabic_bracket": _BRACKETED, "han_bracket": _HAN_BRACKETED}
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
    rf"(?P<single>[{_CIRCLED}{_DOTTED}{_BRACKETED}{_HAN_BRACKETED}])"
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
_BARE_CANDIDATE = re.compile(
    _CANDIDATE.pattern.replace("(?P<plain>", "(?!)(?P<plain>") + r"|(?P<alone>(?<!\S)\d{1,3}(?=\s+\S))"
    rf"|(?P<glued>(?<=[\u4e00-\u9fff。) \n])\d{{1,3}}(?=[\u4e00-\u9fff“《])(?!\d*(?!{_WORDS})(?:{_MEASURES})))"
)
_ENDS = "。;!?:)]”》"


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
    style = "arabic" if style in ("alone", "glued") else style
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
