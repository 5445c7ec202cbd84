"""What stands at the head of a document: title, number, date, and where each of its plans begins."""

import re
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
    """One plan of the document: its title and where it stands."""

    title: str
    start: int
    end: int


@dataclass(frozen=True)
class Head:
    """Title, document number, date of issue, the plans, and the titles of plans whose text could not be found."""

    title: str
    number: str
    issued_on: str | None
    pieces: tuple[Piece, ...]
    unfound: tuple[str, ...] = ()


def kind_of(title: str) -> str:
    """Which of the county's yearly plans a title speaks of; OTHER when of none."""
    return next((kind for kind, words in _KINDS if re.search(words, title)), "OTHER")


def year_of(text: str) -> int | None:
    """The year a text names, if any."""
    found = re.search(r"20\d{2}", text)
    return int(found.group()) if found else None


def head_of(source: Source, body: int) -> Head:
    """The head of a document whose first numbered passage stands at ``body``."""
    cover = _cover(_one_line(source.text[: max(body, 400)]))
    names = _issued(cover)
    pieces = _pieces(source, names) if len(names) > 1 else ()
    if cover and len(names) > 1:
        title = _cover_title(source, body)
    else:
        title = _tight(names[0]) if names else _first_title(source, body)
    unfound = tuple(names) if len(names) > 1 and not pieces else ()
    pieces = pieces or (Piece(title, 0, len(source.text)),)
    return Head(title, _number(source, body), _issued_on(source, max(body, 400)), pieces, unfound)


def _one_line(text: str) -> str:
    """Line breaks as blanks, and none where one broke a title in two."""
    return re.sub(r"(?<=[\u4e00-\u9fff《])\n(?=[\u4e00-\u9fff])", " ", text).replace("\n", " ")


def _cover(text: str) -> re.Match[str] | None:
    """The title of the notice that issues the plan; not that of another notice it follows."""
    for found in _ISSUING.finditer(text):
        before = text[max(0, found.start() - _REACH) : found.start()].rsplit("。", 1)[-1]
        if not _CITES.search(before):
            return found
    return None


def _issued(cover: re.Match[str] | None) -> list[str]:
    """What a notice issues: the titles in 《》, or what stands between 印发 and 的通知."""
    if cover is None:
        return []
    quoted = [name for name in _QUOTED.findall(cover["what"]) if _PLAN_NAME.search(name)]
    return quoted or [cover["what"].strip(" 《》“”")]


def _cover_title(source: Source, body: int) -> str:
    for line in source.text[:body].splitlines():
        found = re.search(r"关于(?:印发|转发|下发|公布|发布).*的通知", line)
        if found:
            return found.group()
    return ""


def _first_title(source: Source, body: int) -> str:
    """The first line or, where lines were lost, the first stretch without blanks that ends like a title."""
    head = source.text[:body]
    lines = [line for line in head.splitlines() if "\t" not in line]
    if whole := _titled(lines):
        return whole
    stretches = [stretch for line in lines for stretch in line.split() if len(stretch) >= 4]
    if given := _GIVEN.search(head):
        return given.group(1)
    for stretch in stretches:
        if len(stretch) <= _LONGEST_TITLE and _PLAN_NAME.search(stretch) and not re.search(r"[。：；]", stretch):
            return stretch
    if stretches and (glued := _GLUED_TITLE.match(stretches[0])):
        return glued.group()
    return stretches[0] if stretches and len(stretches[0]) <= _LONGEST_TITLE and "。" not in stretches[0] else ""


def _titled(lines: list[str]) -> str:
    """The line that ends like a title, with the lines a long title was broken into, and without what is none of it."""
    parts: list[str] = []
    for line in lines:
        bare = _tight(_NUMBER.sub(" ", _plain_brackets(line)))
        if not bare:
            continue
        if len(bare) > _LONGEST_LINE or _NO_TITLE.search(bare):
            parts = []
            continue
        parts = [bare] if bare.startswith("关于") else [*parts, bare]
        if _PLAN_NAME.search(bare):
            return "".join(parts) if len("".join(parts)) <= _LONGEST_TITLE else bare
    return ""


def _tight(line: str) -> str:
    """The line without blanks beside Chinese words and digits: 某县 2017 年 is 某县2017年."""
    return re.sub(r"(?<![A-Za-z]) +| +(?![A-Za-z])", "", line.replace("\u3000", " ").strip())


def _plain_brackets(line: str) -> str:
    """The line with the brackets of document numbers as ``_NUMBER`` knows them, when it holds one."""
    return plain(line) if _NUMBER.search(plain(line)) else line


def _number(source: Source, body: int) -> str:
    """The document's own number: it stands alone, between blanks or line breaks."""
    for found in _NUMBER.finditer(source.plain, 0, max(body, 400)):
        before = source.text[found.start() - 1] if found.start() else "\n"
        after = source.text[found.end()] if found.end() < len(source.text) else "\n"
        if before.isspace() and after.isspace():
            return source.text[found.start() : found.end()].replace(" ", "")
    return ""


def _issued_on(source: Source, body: int) -> str | None:
    """The day of issue: a date that stands alone before the first numbered passage, or else ends the document."""
    spans = [(0, body), (max(body, len(source.text) - 80), len(source.text))]
    for start, end in spans:
        found = None
        for candidate in _DATE.finditer(source.plain, start, end):
            before = source.text[candidate.start() - 1 : candidate.start()]
            found = candidate if not before or before.isspace() else found
        if found:
            return _date(found)
    return None


def _date(found: re.Match[str]) -> str | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def _pieces(source: Source, names: list[str]) -> tuple[Piece, ...]:
    """Where each named plan begins: its title standing alone; empty when one of them cannot be found."""
    starts = [_title_alone(source, name) for name in names]
    if any(start < 0 for start in starts):
        return ()
    order = sorted(zip(starts, names, strict=True))
    ends = [start for start, _ in order[1:]] + [len(source.text)]
    return tuple(Piece(name, start, end) for (start, name), end in zip(order, ends, strict=True))


def _title_alone(source: Source, name: str) -> int:
    for found in re.finditer(re.escape(name), source.text):
        before = source.text[found.start() - 1 : found.start()]
        after = source.text[found.end() : found.end() + 1]
        if (not before or before.isspace()) and (not after or after.isspace()):
            return found.start()
    return -1
