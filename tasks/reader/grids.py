"""Tables whose cells are still apart: lines with tabs, as pasted from a sheet or taken from a document."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tasks.reader.labels import DUTY, LABEL, LEAD
from tasks.reader.names import joined, split_names
from tasks.reader.numbering import value_of
from tasks.reader.roles import Roles, labelled, spoken
from tasks.reader.source import Source, plain
from tasks.reader.tables import CATEGORY, NUMBER, PEOPLE, TASK, TEXT, TIME, Column, heads_of

_SECTION = re.compile(r"\s*((?:[一二三四五六七八九十]{1,3}[、.])|(?:\([一二三四五六七八九十]{1,3}\)))\s*")
_ITEM = re.compile(
    r"\s*(?P<digits>\d{1,4})[.、)]\s*(?!\d)|\s*(?P<bracketed>\((?:\d{1,3}|[一二三四五六七八九十]{1,3})\))\s*"
)
_LONGEST_SECTION = 60


@dataclass(frozen=True)
class Grid:
    """A table in the text: where it begins and ends, its columns, its rows with their places."""

    start: int
    end: int
    columns: tuple[Column | None, ...]
    rows: tuple[tuple[int, int, tuple[str, ...]], ...]


@dataclass
class GridTask:
    """A task found in a table."""

    number: str
    text: str
    roles: Roles
    sections: tuple[tuple[str, str], ...]
    start: int
    end: int


@dataclass
class _State:
    columns: Sequence[Column | None]
    spoken_lead: bool
    sections: list[tuple[str, str]] = field(default_factory=list)
    tasks: list[GridTask] = field(default_factory=list)


def grids_in(source: Source, start: int, end: int) -> list[Grid]:
    """The tables between two places: lines with tabs, the first of which has heads we know."""
    found: list[Grid] = []
    block: list[tuple[int, int, tuple[str, ...]]] = []
    place, before = start, None
    for line in source.text[start:end].splitlines(keepends=True):
        if "\t" in line.strip("\n"):
            cells = tuple(cell.strip() for cell in line.rstrip("\n").split("\t"))
            if not block and before:
                block.append(before)
            block.append((place, place + len(line), cells))
        elif block and _is_section(line):
            block.append((place, place + len(line), (line.strip(),)))
        elif line.strip() and block:
            found += _grid(block)
            block = []
        if line.strip():
            before = (place, place + len(line), (line.strip(),)) if _is_section(line) else None
        place += len(line)
    return found + _grid(block)


def _is_section(line: str) -> bool:
    return len(line) <= _LONGEST_SECTION and bool(_SECTION.match(plain(line)))


def _grid(block: list[tuple[int, int, tuple[str, ...]]]) -> list[Grid]:
    heads = [heads_of(cells) for _, _, cells in block]
    first = next((at for at, columns in enumerate(heads) if columns), None)
    if first is None:
        return []
    last = first
    while last + 1 < len(heads) and heads[last + 1]:
        last += 1
    above = [row for row in block[:first] if len(set(row[2]) - {""}) == 1]
    start = next(start for start, _, cells in block if len(cells) > 1)
    return [Grid(start, block[-1][1], heads[last], (*above, *block[last + 1 :]))]


def tasks_of(grid: Grid) -> list[GridTask]:
    """The tasks of a table, row by row; a row with one filled cell, or a category column, gives their section."""
    state = _State(grid.columns, _tell_lead(grid))
    for start, end, cells in grid.rows:
        filled = list(dict.fromkeys(cell for cell in cells if cell))
        if not filled or heads_of(cells):
            continue
        if len(filled) == 1 and (section := _section(filled[0])):
            _enter(state, section)
        else:
            _take_row(state, cells, start, end)
    return state.tasks


def _tell_lead(grid: Grid) -> bool:
    """Do the cells of most rows say themselves who leads, so that the head of a column does not?"""
    cells = [
        [cell for column, cell in zip(grid.columns, row, strict=False) if column and column.names_units and cell]
        for _, _, row in grid.rows
    ]
    named = [row for row in cells if row]
    told = [row for row in named if any(spoken(cell).names(LEAD) for cell in row)]
    return bool(named) and 2 * len(told) >= len(named)


def _section(cell: str) -> tuple[str, str] | None:
    found = _SECTION.match(plain(cell))
    if not found:
        return None
    return cell[found.start(1) : found.end(1)].rstrip("、.．"), cell[found.end() :].strip("。 ")


def _enter(state: _State, section: tuple[str, str]) -> None:
    inner = section[0][:1] in "(（"
    state.sections = [each for each in state.sections if inner and each[0][:1] not in "(（"] + [section]


def _take_row(state: _State, cells: Sequence[str], start: int, end: int) -> None:
    roles, number, texts = Roles(), "", []
    for column, cell in zip(state.columns, cells, strict=False):
        if column is None or not cell:
            continue
        if column.names_units:
            kind = DUTY if state.spoken_lead else column.holds
            roles.take(labelled(cell) if LABEL.search(plain(cell)) else spoken(cell, kind))
        elif column.holds == NUMBER:
            number = cell
        elif column.holds == TIME:
            roles.deadlines.append(cell)
        elif column.holds == PEOPLE:
            roles.leaders += joined(split_names(cell))
        elif column.holds == CATEGORY:
            _enter(state, _section(cell) or ("", cell))
        elif column.holds in (TASK, TEXT) and cell not in texts:
            texts.append(cell)
    if texts:
        number, texts[0] = _number(number, texts[0])
        state.tasks.append(GridTask(number, " ".join(texts), roles, tuple(state.sections), start, end))


def _number(number: str, text: str) -> tuple[str, str]:
    """The number of a row: from its own column, else from the head of its text."""
    found = _ITEM.match(plain(text))
    if found and (not number or value_of(number) == value_of(found.group())):
        return text[slice(*found.span(str(found.lastgroup)))], text[found.end() :]
    return number.strip(" .．、"), text
