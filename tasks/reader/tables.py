"""Tables of tasks: lines whose cells are parted by tabs or bars, read row by row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.reader.columns import CATEGORY, NUMBER, PEOPLE, TIME, UNITS, WORDS, columns_of
from tasks.reader.grammar import DUTY, LEAD, Roles, said
from tasks.reader.names import joined, split_names
from tasks.reader.numbers import value_of
from tasks.reader.source import Source, Span, plain

Headings = tuple[tuple[str, str], ...]
Line = tuple[int, int, tuple[str, ...]]
_SECTION = re.compile(r"\s*((?:[一二三四五六七八九十]{1,3}[、.])|(?:\([一二三四五六七八九十]{1,3}\)))\s*")
_ITEM = re.compile(
    r"\s*(?P<digits>\d{1,4})[.、)]\s*(?!\d)|\s*(?P<bracketed>\((?:\d{1,3}|[一二三四五六七八九十]{1,3})\))\s*"
)
_BARRED = re.compile(r"(?:[^|\n]*\|){2}")
_RULE = re.compile(r"[|:\- ]+")
_LONGEST_SECTION = 60


@dataclass(frozen=True)
class Table:
    """A table in the text: where it begins and ends, its columns, its rows with their places."""

    start: int
    end: int
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass
class Row:
    """A row of a table, which becomes a task as a passage does."""

    number: str
    text: str
    roles: Roles
    headings: Headings
    start: int
    end: int

    @property
    def span(self) -> Span:
        return self.start, self.end


def tables_in(source: Source, start: int, end: int) -> list[Table]:
    """The tables between two places: lines with cells, the first of which has heads we know."""
    found: list[Table] = []
    block: list[Line] = []
    before: Line | None = None
    for text in source.text[start:end].splitlines(keepends=True):
        line = start, (start := start + len(text)), _cells(text.strip("\n"))
        section = len(line[2]) == 1 and is_section(line[2][0])
        if len(line[2]) > 1:
            block += [before] if before and not block else []
            block.append(line)
        elif section and block:
            block.append(line)
        elif line[2] != ("",):
            found += _table(block)
            block = []
        if line[2] != ("",):
            before = line if section else None
    return found + _table(block)


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a line; a line of nothing but bars and strokes between two rows is none."""
    if "\t" in line:
        cells = line.split("\t")
    elif _BARRED.match(line):
        cells = [] if _RULE.fullmatch(line) else line.strip().removeprefix("|").split("|")
    else:
        cells = [line]
    return tuple(cell.strip() for cell in cells) or ("",)


def is_section(text: str) -> bool:
    return len(text) <= _LONGEST_SECTION and bool(_SECTION.match(plain(text)))


def _table(block: list[Line]) -> list[Table]:
    heads = [columns_of(cells) for *_, cells in block]
    first = next((at for at, columns in enumerate(heads) if columns), None)
    if first is None:
        return []
    last = first
    while last + 1 < len(heads) and heads[last + 1]:
        last += 1
    above = [line for line in block[:first] if len(set(line[2]) - {""}) == 1]
    start = next(start for start, _, cells in block if len(cells) > 1)
    return [Table(start, block[-1][1], heads[last], (*above, *block[last + 1 :]))]


def rows_of(table: Table) -> list[Row]:
    """The tasks of a table, row by row; a row with one filled cell, or a category column, gives their heading."""
    told, headings, rows = _cells_tell(table), (), []
    for start, end, cells in table.lines:
        filled = list(dict.fromkeys(filter(None, cells)))
        if not filled or columns_of(cells):
            continue
        alone = len(filled) == 1 and is_section(filled[0])
        kinds = [CATEGORY] if alone else table.columns
        held = [(kind, cell) for kind, cell in zip(kinds, filled if alone else cells, strict=False) if cell]
        for heading in [_heading(cell) for kind, cell in held if kind == CATEGORY]:
            inner = ("", "(", "（")
            kept = [each for each in headings if heading[0][:1] in inner and each[0][:1] not in inner]
            headings = (*kept, heading)
        number = next((cell for kind, cell in held if kind == NUMBER), "")
        if texts := list(dict.fromkeys(cell for kind, cell in held if kind in WORDS)):
            number, texts[0] = _number(number, texts[0])
            rows.append(Row(number, " ".join(texts), _roles(held, told), headings, start, end))
    return rows


def _cells_tell(table: Table) -> bool:
    """Do most cells of units say themselves who leads?"""
    named = [
        cells
        for *_, row in table.lines
        if (cells := [cell for column, cell in zip(table.columns, row, strict=False) if column in UNITS and cell])
    ]
    return bool(named) and 2 * sum(any(said(cell).names(LEAD) for cell in cells) for cells in named) >= len(named)


def _heading(cell: str) -> tuple[str, str]:
    found = _SECTION.match(plain(cell))
    return (cell[slice(*found.span(1))].rstrip("、.．"), cell[found.end() :].strip("。 ")) if found else ("", cell)


def _roles(held: Sequence[tuple[str, str]], told: bool) -> Roles:
    roles = Roles()
    for kind, cell in held:
        if kind in UNITS:
            roles.take(said(cell, DUTY if told else kind))
        elif kind == TIME:
            roles.deadlines.append(cell)
        elif kind == PEOPLE:
            roles.leaders += joined(split_names(cell))
    return roles


def _number(number: str, text: str) -> tuple[str, str]:
    found = _ITEM.match(plain(text))
    if found and (not number or value_of(plain(number)) == value_of(found.group())):
        return text[slice(*found.span(str(found.lastgroup)))], text[found.end() :]
    return number.strip(" .．、"), text
