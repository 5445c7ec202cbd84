"""What stands at the head of a document: title, number, date, and where each of its plans begins."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from tasks.reader.source import Source, plain

_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12} ?[\[(] ?20\d{2} ?[\])] ?第? ?\d{1,4} ?号")
_DATE = re.compile(r"(20\d{2}|19\d{2}) ?年 ?(1[0-2]|0?[1-9]) ?月 ?(3[01]|[12]\d|0?[1-9]) ?日")
_ISSUING = re.compile(r"关于(?:印发|转发|下发|公布|发布|调整|实施)(?P<what>[^\n]{2,200}?)的通知")
_QUOTED = re.compile(r"《([^《》\n]{2,80})》")
_PLAN_NAME = re.compile(
    r"(?:方案|意见|计划|要点|分解表|分工表|清单|措施|规划|办法|安排|分工|细则|行动|台账|责任书)(?: ?\([^()]{1,16}\))?$"
)
_CITES = re.compile(r"根据|按照|贯彻|落实|依据|遵照|《[^》]*$")
_GIVEN = re.compile(
    r"(?:现将|现就) ?《((?:[^《》\n]|《[^《》\n]*》){2,80}?(?:方案|意见|计划|要点|分解表?|分工表?|清单|措施|规划|办法|安排))》"
    r"(?:[（(][^（）()\n]{0,30}[）)])?[^。\n]{0,20}(?:印发|下发|转发|发给)"
)
_REACH = 60
_LONGEST_TITLE = 100
_LONGEST_LINE = 40
# Letterheads, addressees, sentences, enclosures, days: what stands before or after a title.
_NO_TITLE = re.compile(
    r"[。；;，,:：]|(?:文件|政府|办公室|委员会|人大|党组|[县市区]委|[局办部])$|^附[件表]|^[（(]?20\d\d年\d{1,2}月\d{1,2}日[)）]?$"
)
_KINDS = (
    ("REFORM", r"改革"),
    ("LAW", r"法治|依法治"),
    ("BREAKTHROUGH", r"项目(?:突破|攻坚|建设|推进)|(?:重点|重大)项目"),
)
_GLUED_TITLE = re.compile(r"^.{4,60}?(?:方案|意见|计划|要点|分解表|清单|措施|规划|办法)(?=为|根据|按照|现将|结合|依据)")


@dataclass(frozen=True)
class Piece:
    title: str
    start: int
    end: int


@dataclass(frozen=True)
class Head:
    """Title, document number, date of issue, the plans, and the titles of plans whose text could not be found."""

    title: str
    number: str
    issued_on: str | None
    pieces: list[Piece]
    unfound: list[str]


def kind_of(title: str) -> str:
    return next((kind for kind, words in _KINDS if re.search(words, title)), "OTHER")


def year_of(text: str) -> int | None:
    found = re.search(r"20\d{2}", text)
    return int(found.group()) if found else None


def head_of(source: Source, body: int) -> Head:
    reach = max(body, 400)
    # Line breaks as blanks, and none where one broke a title in two.
    line = re.sub(r"(?<=[\u4e00-\u9fff《])\n(?=[\u4e00-\u9fff])", " ", source.text[:reach]).replace("\n", " ")
    names = _issued(line)
    pieces = _pieces(source, names) if len(names) > 1 else []
    if len(names) > 1:
        cover = re.search(r"关于(?:印发|转发|下发|公布|发布).*的通知", source.text[:body])
        title = cover.group() if cover else ""
    else:
        title = _tight(names[0]) if names else _first_title(source.text[:body])
    unfound = names if len(names) > 1 and not pieces else []
    pieces = pieces or [Piece(title, 0, len(source.text))]
    return Head(title, _number(source, reach), _issued_on(source, reach), pieces, unfound)


def _issued(text: str) -> list[str]:
    """What the notice issues, not another notice it follows: the titles in 《》, or what stands before 的通知."""
    for found in _ISSUING.finditer(text):
        before = text[max(0, found.start() - _REACH) : found.start()].rsplit("。", 1)[-1]
        if not _CITES.search(before):
            quoted = [name for name in _QUOTED.findall(found["what"]) if _PLAN_NAME.search(name)]
            return quoted or [found["what"].strip(" 《》“”")]
    return []


def _first_title(head: str) -> str:
    lines = [line for line in head.splitlines() if "\t" not in line]
    if whole := _titled(lines):
        return whole
    if given := _GIVEN.search(head):
        return given.group(1)
    stretches = [stretch for line in lines for stretch in line.split() if len(stretch) >= 4]
    for stretch in stretches:
        if len(stretch) <= _LONGEST_TITLE and _PLAN_NAME.search(stretch) and not re.search(r"[。：；]", stretch):
            return stretch
    first = stretches[0] if stretches else ""
    if glued := _GLUED_TITLE.match(first):
        return glued.group()
    return first if len(first) <= _LONGEST_TITLE and "。" not in first else ""


def _titled(lines: list[str]) -> str:
    """The line that ends like a title, with the lines a long title was broken into, and without what is none of it."""
    parts: list[str] = []
    for line in lines:
        bare = _tight(_NUMBER.sub(" ", plain(line) if _NUMBER.search(plain(line)) else line))
        if len(bare) > _LONGEST_LINE or _NO_TITLE.search(bare):
            parts = []
        elif bare:
            parts = [bare] if bare.startswith("关于") else [*parts, bare]
            if _PLAN_NAME.search(bare):
                return "".join(parts) if len("".join(parts)) <= _LONGEST_TITLE else bare
    return ""


def _tight(line: str) -> str:
    """The line without blanks beside Chinese words and digits: 某县 2017 年 is 某县2017年."""
    return re.sub(r"(?<![A-Za-z]) +| +(?![A-Za-z])", "", line.replace("\u3000", " ").strip())


def _alone(source: Source, found: re.Match[str]) -> bool:
    around = source.text[max(0, found.start() - 1) : found.start()] + source.text[found.end() : found.end() + 1]
    return not around.strip()


def _number(source: Source, reach: int) -> str:
    found = next((each for each in _NUMBER.finditer(source.plain, 0, reach) if _alone(source, each)), None)
    return source.text[slice(*found.span())].replace(" ", "") if found else ""


def _issued_on(source: Source, reach: int) -> str | None:
    """The day of issue: a date that stands alone before the first numbered passage, or else ends the document."""
    for start, end in ((0, reach), (max(reach, len(source.text) - 80), len(source.text))):
        days = [each for each in _DATE.finditer(source.plain, start, end) if _begins(source, each)]
        if days:
            with suppress(ValueError):
                return date(*map(int, days[-1].groups())).isoformat()
    return None


def _begins(source: Source, found: re.Match[str]) -> bool:
    return not source.text[max(0, found.start() - 1) : found.start()].strip()


def _pieces(source: Source, names: list[str]) -> list[Piece]:
    starts: dict[str, int] = {}
    for name in names:
        for found in re.finditer(re.escape(name), source.text):
            if _alone(source, found):
                starts.setdefault(name, found.start())
    order = sorted((start, name) for name, start in starts.items())
    ends = [start for start, _ in order[1:]] + [len(source.text)]
    whole = len(starts) == len(names)
    return [Piece(name, start, end) for (start, name), end in zip(order, ends, strict=whole)] if whole else []
