"""Columns of a table of tasks, known by the words in their heads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.reader.labels import LEAD, SUPPORT, role_of
from tasks.reader.source import plain

NUMBER, TASK, TEXT, TIME, PEOPLE, CATEGORY, OTHER = "NUMBER", "TASK", "TEXT", "TIME", "PEOPLE", "CATEGORY", "OTHER"

_ROLES = "牵头|责任|配合|主办|协办|落实|实施|负责|参与|承办|主责|协助"
_ROLE_HEAD = (
    rf"[\u4e00-\u9fff]{{0,8}}?(?:{_ROLES})(?:\([\u4e00-\u9fff]{{2,4}}\)|[/、及和]?(?:{_ROLES}))?"
    r"(?:单位|部门|处室|科室|股室|处)(?:[/、及和](?:单位|部门|处室))?(?:\([^()]{1,8}\))?"
)
_WORDS = {
    NUMBER: "序号|编号",
    TIME: "完成时限|完成时间|完成期限|时限要求|完成日期|时间节点|办结时限|时间要求|进度安排|时间进度|进度要求|起止时间|时限|期限|时间|进度",
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
    "|".join(f"(?P<{kind}>{_spaced(words)})" for kind, words in _WORDS.items()) + f"|(?P<ROLE>{_ROLE_HEAD})"
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


def heads_of(cells: Sequence[str]) -> tuple[Column | None, ...]:
    """The columns a row of heads announces; nothing when it is none. Heads over two rows are told by the lower one."""
    columns = tuple(column_of(cell) if cell else None for cell in cells)
    known = {column.holds for column in columns if column}
    if len(known) >= _FEWEST_HEADS and known & {TASK, TEXT} and _names_units_or_time(columns):
        return columns
    return ()


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
    looked_at = start
    for first in _HEAD.finditer(text, start, end):
        # A run that was not enough is not enough from its second head on either.
        if first.start() < looked_at:
            continue
        run = _run_from(text, first, end)
        looked_at = run.end
        kinds = {column.holds for column in run.columns}
        if len(run.columns) >= _FEWEST and kinds & set(ROLE_KINDS) and kinds & {TASK, TEXT}:
            return run
    return None


def _run_from(text: str, first: re.Match[str], end: int) -> HeadRun:
    columns, place = [], first.start()
    found: re.Match[str] | None = first
    while found:
        column = column_of(found.group())
        if column:
            columns.append(column)
        place = found.end()
        following = re.compile(r"\s*").match(text, place, end)
        found = _HEAD.match(text, following.end() if following else place, end)
        if found and text[found.end() : found.end() + 1] == ":":
            found = None
    return HeadRun(first.start(), place, tuple(columns))
