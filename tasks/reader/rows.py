"""Rows of a table that was flattened to text: which stretch of a row is its task, its units, its deadline."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tasks.reader.deadlines import is_deadline, is_standing
from tasks.reader.labels import DUTY, LEAD
from tasks.reader.names import joined, looks_like_unit, split_names
from tasks.reader.roles import Roles, is_time, spoken, verb_in
from tasks.reader.source import plain
from tasks.reader.tables import CATEGORY, NUMBER, PEOPLE, TASK, TEXT, TIME, Column

_LONGEST_PEOPLE = 20
_LONGEST_REMARK = 15
_STAMP = re.compile(
    r"(?:20\d{2}年(?:\d{1,2}月)?|(?<!\d)(?:1[0-2]|[1-9])月)(?:\d{1,2}日)?(?:底|末|初|[上中下]旬)?(?:之?前)?(?:完成)?|全年|长期坚持|持续推进"
)
_END_TIME = re.compile(
    r"(?:(?:20\d{2}年?|今年|全年|每年|每季度|每月|长期|持续|常态化?)(?!各)|(?<!\d)(?:1[0-2]|[1-9])月)[^\u4e00-\u9fff]{0,12}"
    r"(?:\d|[月日年底末初中前之上下旬内坚持推进完成全季度第一二三四半])*\s*$"
)
# Blanks are what parts the cells of a table only where nearly all its rows have a stretch for each column.
_MOSTLY = 0.8

# One name ends and the next begins where cells were run together: 甲局|县乙局.
_GLUE = re.compile(
    r"(?<=[局委办部厅室处会位司心院队校社)）])(?<!省委)(?<!市委)(?<!县委)(?<!区委)(?<!州委)"
    r"(?=(?:区|县|市|省|州|各)(?!级|委|长)[\u4e00-\u9fff]+?(?:局|委|办|部|厅|室|处|会|位|司|心|院|队|校|门|社|乡|镇|府))"
)


@dataclass
class Row:
    """What a row says: its text, and who is responsible by when."""

    text: str = ""
    roles: Roles = field(default_factory=Roles)


@dataclass(frozen=True)
class _Cell:
    """A stretch of a row that holds units; whether a blank stood before it."""

    text: str
    after_blank: bool


def read_rows(texts: Sequence[str], columns: Sequence[Column]) -> list[Row]:
    """The rows of one table, their numbers already taken off."""
    placed = [_placed(text, columns) for text in texts]
    kept = sum(1 for row in placed if row) >= _MOSTLY * len(placed)
    timed = any(column.holds == TIME for column in columns)
    parted = [_parted(_time_apart(_to_time(text, columns)) if timed else text) for text in texts]
    glued = any(part.glued for part in parted)
    named = [part for part in parted if part.cells]
    told = [part for part in named if any(spoken(cell.text).names(LEAD) for cell in part.cells)]
    spoken_lead = bool(told) and 2 * len(told) >= len(named)
    seen_last = {part.cells[-1].text for part in parted if len(part.cells) > 1}
    rows = []
    for in_place, part in zip(placed, parted, strict=True):
        row = Row(" ".join(part.texts), Roles(deadlines=part.deadlines))
        _assign(row.roles, part.cells, columns, _Habits(glued, seen_last, spoken_lead))
        rows.append((kept and in_place) or row)
    return rows


def _placed(text: str, columns: Sequence[Column]) -> Row | None:
    """A row with exactly one stretch for each column, units and deadlines where the heads say; else None."""
    kinds = [column for column in columns if column.holds != NUMBER]
    cells = text.split()
    if len(cells) != len(kinds):
        return None
    row, words = Row(), []
    for column, cell in zip(kinds, cells, strict=True):
        if column.names_units and _only_units(cell):
            row.roles.take(spoken(cell, column.holds))
        elif column.holds == TIME and (is_deadline(cell) or is_standing(cell)):
            row.roles.deadlines.append(cell)
        elif column.holds == PEOPLE and len(cell) <= _LONGEST_PEOPLE:
            row.roles.leaders += joined(split_names(cell))
        elif column.names_units or column.holds in (TIME, PEOPLE):
            return None
        elif column.holds in (TASK, TEXT, CATEGORY):
            words.append(cell)
    row.text = " ".join(words)
    return row


def _to_time(text: str, columns: Sequence[Column]) -> str:
    """The row up to its deadline, where a remark or the category of the next row may stand behind it."""
    kinds = [column.holds for column in columns]
    if kinds[-1] == TIME and kinds[0] != CATEGORY:
        return text
    stamps = list(_STAMP.finditer(text))
    rest = text[stamps[-1].end() :] if stamps else ""
    return text[: stamps[-1].end()] if rest.strip() and len(rest) <= _LONGEST_REMARK and "。" not in rest else text


def _time_apart(text: str) -> str:
    """The row with a blank before the deadline that was run into its end."""
    found = _END_TIME.search(text)
    return f"{text[: found.start()]} {found.group()}" if found and is_time(found.group()) else text


@dataclass
class _Parts:
    """A row taken apart: its words, its stretches of units, its deadlines; whether cells were run together."""

    texts: list[str] = field(default_factory=list)
    cells: list[_Cell] = field(default_factory=list)
    deadlines: list[str] = field(default_factory=list)
    glued: bool = False


@dataclass(frozen=True)
class _Habits:
    """What the rows of a table show together.

    Run together or not; what stands last where there are several; whether cells tell the lead themselves, so that the
    head of a column does not.
    """

    glued: bool
    seen_last: set[str]
    spoken_lead: bool


def _parted(text: str) -> _Parts:
    parts = _Parts()
    for at, chunk in enumerate(_chunks(text)):
        words, names = _split_glued(chunk) if at else _first(chunk)
        parts.glued = parts.glued or bool(words and names)
        if words:
            parts.texts.append(words)
        if is_deadline(names):
            parts.deadlines.append(names)
        elif names:
            parts.cells += _cells(names, not words)
    return parts


def _first(chunk: str) -> tuple[str, str]:
    """The first stretch of a row is its task, whatever it looks like."""
    words, names = _split_glued(chunk)
    return (words, names) if words else (names, "")


def _chunks(text: str) -> list[str]:
    """The stretches between blanks; what is only a bracket or a verb belongs to the stretch before it."""
    chunks: list[str] = []
    for chunk in text.split():
        bare = plain(chunk)
        alone = bare.startswith("(") and bare.endswith(")")
        if chunks and (alone or (verb_in(bare)[0] == "" and verb_in(bare)[1])):
            chunks[-1] += (" " if alone else "") + chunk
        else:
            chunks.append(chunk)
    return chunks


def _split_glued(chunk: str) -> tuple[str, str]:
    """A stretch as its sentences and the units glued to its end; one of them may be empty."""
    if _only_units(chunk) or is_deadline(chunk):
        return "", chunk
    stop = max(chunk.rfind(mark) for mark in "。！；")
    rest = chunk[stop + 1 :]
    if stop > 0 and rest and _only_units(rest):
        return chunk[: stop + 1], rest
    return chunk, ""


def _only_units(text: str) -> bool:
    names = [name for part in _GLUE.split(text) for name in spoken(part).names()]
    return bool(names) and all(looks_like_unit(name) for name in names)


def _cells(names: str, after_blank: bool) -> list[_Cell]:
    return [_Cell(part, after_blank and not at) for at, part in enumerate(_GLUE.split(names))]


def _assign(roles: Roles, cells: list[_Cell], columns: Sequence[Column], habits: _Habits) -> None:
    kinds = [column.holds for column in columns if column.names_units] or [DUTY]
    for at, cell in enumerate(cells):
        if verb_in(plain(cell.text))[1]:
            roles.take(spoken(cell.text))
        else:
            kind = DUTY if habits.spoken_lead else kinds[_column(at, cells, len(kinds), habits)]
            roles.take(spoken(cell.text, kind))


def _column(at: int, cells: list[_Cell], kinds: int, habits: _Habits) -> int:
    """Which of the unit columns a stretch without a verb stands in.

    Where cells were run together, a blank is what is left of an empty cell; and what stands last in other rows
    stands there in this one too.
    """
    if len(cells) == 1 and habits.glued:
        return kinds - 1 if cells[0].after_blank or cells[0].text in habits.seen_last else 0
    if len(cells) == 1:
        return 0
    if len(cells) <= kinds or not habits.glued:
        return min(at, kinds - 1)
    return kinds - 1 if at == len(cells) - 1 else 0
