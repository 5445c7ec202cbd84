"""What a printed sheet is made of: plain values, before anything is written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kit.tables import Column, Table


@dataclass(frozen=True)
class Cell:
    """A value with a colour: good, warn, danger, info, muted or done. The word carries the meaning, the fill helps."""

    value: Any
    tone: str = ""


@dataclass(frozen=True)
class SectionRow:
    """A tinted row over the full width: (一)推进政府机构改革."""

    text: str


@dataclass(frozen=True)
class SumRow:
    """A row of sums between others, drawn as the sums at the foot are; None where nothing is summed."""

    values: Sequence[Any]


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: title, note line, head, rows, sums, signatures.

    ``name``     the tab, cut and cleaned as Excel demands; ``title`` the line above the table.
    ``columns``  anything with head, group, width and kind: ``kit.tables.Column`` or ``Head``.
    ``rows``     sequences of plain values or ``Cell``, as long as the columns, ``SectionRow`` and ``SumRow`` between them; any iterable.
    ``left_note``, ``right_note``  the line under the title: 填报单位：…, 统计截止：….
    ``totals``   one more row of values below, None where nothing is summed.
    ``freeze_columns``  how many columns stay in view when the sheet is moved sideways.
    ``foot``     lines below the table, each a text or several spread over the width: ("填表人：", "审核人：").
    """

    name: str
    title: str
    columns: Sequence[Any]
    rows: Iterable[Any]
    left_note: str = ""
    right_note: str = ""
    totals: Sequence[Any] | None = None
    foot: Sequence[str | Sequence[str]] = ()
    landscape: bool = True
    freeze_columns: int = 0


@dataclass(frozen=True)
class Head:
    """A column of a sheet that stands in no list on a page; ``choices`` are offered in a drop-down."""

    head: str
    width: int = 12
    kind: str = "text"
    group: str = ""
    choices: tuple[str, ...] = ()


def table_sheet(table: Table, title: str, *, name: str = "", **more) -> Sheet:
    """The list exactly as filtered, sorted and shown (all its pages) as one sheet, with its sections and sums; ``more`` is the Sheet's."""
    totals = [table.totals.get(column.name) for column in table.sheet_columns] if table.totals else None
    return Sheet(name or title, title, table.sheet_columns, _table_rows(table), totals=totals, **more)


def _table_rows(table: Table) -> Iterator[SectionRow | list]:
    for section, rows in table.sections(table.all_rows()):
        if table.section:
            yield SectionRow(section)
        for row in rows:
            yield [_cell(column, row) for column in table.sheet_columns]


def _cell(column: Column, row) -> Any:
    value = column.read(row)
    return Cell(value, column.tone(row)) if column.tone else value
