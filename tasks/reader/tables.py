"""Columns of a table of tasks, known by the words in their heads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.reader.labels import LEAD, SUPPORT, role_beside, role_of
from tasks.reader.source import plain

NUMBER, TASK, TEXT, TIME, PEOPLE, CATEGORY, OTHER = "NUMBER", "TASK", "TEXT", "TIME", "PEOPLE", "CATEGORY", "OTHER"

_ROLES = "牵头|责任|配合|主办|协办|落实|实施|负责|参与|承办|主责|协助"
_ROLE_HEAD = (
    rf"(?:(?!序号|任务|措施|内容|要求|事项|时限|时间)[\u4e00-\u9fff]){{0,8}}?(?:{_ROLES})(?:\([\u4e00-\u9fff]{{2,4}}\)|[/、及和]?(?:{_ROLES}))?"
    r"(?:单位|部门|处室|科室|股室|处)(?:[/、及和](?:单位|部门|处室))?(?:\([^()]{1,8}\))?"
)
_WORDS = {
    NUMBER: "序号|编号",
    TIME: "完成时限|计划节点|完成节点|完成时间|完成期限|时限要求|完成日期|时间节点|办结时限|时间要求|进度安排|时间进度|进度要求|起止时间|时限|期限|时间|进度",
    PEOPLE: "责任领导|责任人|牵头领导|分管领导|联系领导|负责人|牵头县领导|牵头市领导|包抓领导|包联领导|挂钩领导|督办领导|县领导|市领导|区领导|镇领导|领导",
    TASK: (
        "工作任务|重点任务|主要任务|任务名称|任务内容|具体任务|任务事项|工作事项|重点工作任务|重点工作|目标任务|任务分解|公开事项|改革任务|改革事项|"
        "项目名称|实事名称|实事项目|工作名称|指标名称|考核指标|重点事项|整治事项|问题清单|事项|任务"
    ),
    TEXT: (
        "工作要求|工作内容|主要内容|具体内容|具体要求|工作措施|具体措施|主要措施|工作目标|工作举措|主要举措|具体举措|目标要求|工作标准|任务要求|建设内容|项目内容|实施内容|建设任务|建设规模|年度目标|年度任务|"
        "预期目标|主要目标|推进措施|整改措施|整改目标|落实措施|措施|目标|要求|内容"
    ),
    CATEGORY: "类别|领域|分类|项目类别|责任板块|项目",
    OTHER: "启动时间|开工时间|开始时间|进展情况|工作进展|备注|成果形式|进展情况|监督单位|督办单位",
}


def _spaced(words: str) -> str:
    return "|".join(" ?".join(word) for word in words.split("|"))


_HEAD = re.compile(
    "(?!任务分[解工]表)(?:"
    + "|".join(f"(?P<{kind}>{_spaced(words)})" for kind, words in _WORDS.items())
    + f"|(?P<ROLE>{_ROLE_HEAD}))"
)
_FEWEST = 3
_FEWEST_HEADS = 2


@dataclass(frozen=True)
class Column:
    """A column: what it holds (one of the words above, or a role), and its head as printed."""

    holds: str
    head: str

    @property
    def names_units(self) -> bool:
        return self.holds in ROLE_KINDS


ROLE_KINDS = (LEAD, "DUTY", SUPPORT)


def column_of(head: str) -> Column | None:
    """The column a head announces, or None when it says nothing we know."""
    bare = re.sub(r"\s", "", plain(head))
    found = _HEAD.fullmatch(bare)
    if found is None and len(bare) <= 14:
        found = re.search(_ROLE_HEAD, bare) or _HEAD.search(bare)
    if found is None:
        return None
    kind = found.lastgroup if found.re is _HEAD else "ROLE"
    return Column(role_of(bare) if kind == "ROLE" else str(kind), head.strip())


def head_of(cell: str) -> Column | None:
    """The column that a cell announces when it is nothing but a head."""
    bare = re.sub(r"\s", "", plain(cell))
    return column_of(cell) if _HEAD.fullmatch(bare) else None


def heads_of(cells: Sequence[str], known_only: bool = False) -> tuple[Column | None, ...]:
    """The columns a row of heads announces; nothing when it is none. Heads over two rows are told by the lower one.

    With ``known_only`` a word counts as a head only when it is nothing else; the one behind the number is the task
    where no other is.
    """
    columns = tuple((head_of(cell) if known_only else column_of(cell)) if cell else None for cell in cells)
    columns = _beside(columns)
    known = {column.holds for column in columns if column}
    if not known & {TASK, TEXT}:
        columns = _with_task(columns, cells) if known_only else _with_projects(columns)
        known = {column.holds for column in columns if column}
    if len(known) >= _FEWEST_HEADS and known & {TASK, TEXT} and _names_units_or_time(columns):
        return columns
    return ()


def _beside(columns: Sequence[Column | None]) -> tuple[Column | None, ...]:
    """The columns with the roles they have beside one another."""
    heads = "牵头" if any(column and "牵头" in column.head for column in columns) else ""
    return tuple(
        Column(role_beside(column.head, heads), column.head) if column and column.names_units else column
        for column in columns
    )


def _with_task(columns: Sequence[Column | None], cells: Sequence[str]) -> tuple[Column | None, ...]:
    """The columns with the unknown one behind the number taken as the task."""
    at = next((at for at, column in enumerate(columns) if at and not column and columns[at - 1]), None)
    if at is None or columns[at - 1] is None or columns[at - 1].holds != NUMBER:  # type: ignore[union-attr]
        return tuple(columns)
    return (*columns[:at], Column(TASK, cells[at]), *columns[at + 1 :])


def _with_projects(columns: Sequence[Column | None]) -> tuple[Column | None, ...]:
    """The columns with 项目 as the task where there is no other."""
    return tuple(Column(TASK, column.head) if column and column.head == "项目" else column for column in columns)


def _names_units_or_time(columns: Sequence[Column | None]) -> bool:
    return any(column and (column.names_units or column.holds == TIME) for column in columns)


@dataclass(frozen=True)
class HeadRun:
    """Heads of columns printed one after the other: where, and the columns they announce."""

    start: int
    end: int
    columns: tuple[Column, ...]


def head_run(text: str, start: int, end: int) -> HeadRun | None:
    """The first place in a plain text where at least three heads follow one another, one naming units, one tasks."""
    read_to = start
    for first in _HEAD.finditer(text, start, end):
        if first.start() < read_to:
            continue
        heads = _heads_from(text, first, end)
        read_to = heads[-1].end()
        columns = tuple(column for head in heads if len(heads) >= _FEWEST and (column := column_of(head.group())))
        kinds = {column.holds for column in columns} if len(columns) >= _FEWEST else set()
        if kinds & set(ROLE_KINDS) and kinds & {TASK, TEXT}:
            return HeadRun(first.start(), read_to, tuple(column for column in _beside(columns) if column))
    return None


def _heads_from(text: str, first: re.Match[str], end: int) -> list[re.Match[str]]:
    """A head and those that follow it with nothing but blanks between; a head with a colon is a label."""
    heads = [first]
    while True:
        place = heads[-1].end()
        while place < end and text[place].isspace():
            place += 1
        found = _HEAD.match(text, place, end)
        if not found or text[found.end() : found.end() + 1] == ":":
            return heads
        heads.append(found)
