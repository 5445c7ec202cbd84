"""Workbooks from outside, read with checks before, limits while and plain values after."""

from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from kit.apart import Unreadable, parsed
from kit.archives import BadPackage, on_disk
from kit.names import key
from kit.sheets import child
from kit.sheets.seen import seen
from kit.sheets.values import joined

PARTS = ("[Content_Types].xml", "xl/workbook.xml")
UNREADABLE = "文件无法读取，请确认是完好的xlsx文件，必要时用WPS或Excel另存为新文件后再试。"
TORN = "工作表“{sheet}”第{row}行是接上一行的（续），却不在它那一行下面，可能排序时打乱了。请恢复原来的顺序后再试。"
HEAD_ROWS = 30
NO_RESULT = "#无结果"


class UnreadableSheet(Exception):
    """The workbook cannot be taken; the message is a sentence for the person who sent it."""


@dataclass(frozen=True)
class SheetRead:
    """One sheet as read. A row ends with its last filled cell: ask ``value_at(row, column)``, not ``row[column]``.

    ``rows[0]`` is row 1 of the sheet; empty rows between are empty tuples. ``merged`` holds (top, left, bottom, right) of
    merged cells, counted from 0; their value stands in the first cell alone. ``hidden_rows`` and ``hidden_columns`` are read
    like all others.
    """

    name: str
    rows: tuple[tuple[Any, ...], ...]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()


def value_at(row: Sequence[Any], column: int) -> Any:
    """A row may be shorter than the head: None beyond its end."""
    return row[column] if column < len(row) else None


def read_workbook(
    stream_or_path, *, max_rows: int = 5000, max_columns: int = 60, formulas: bool = False, as_seen: bool = False
) -> tuple[SheetRead, ...]:
    """Read every sheet of an .xlsx from a binary stream, an uploaded file or a path. Raise ``UnreadableSheet``.

    With ``formulas`` a cell that computes comes as a ``Formula``, to be refused; else as the value it last showed.
    With ``as_seen`` a number or a day comes as its format shows it: 41.6%, 12亿元, 2015年10月; a formula without a result as ``NO_RESULT``.
    """
    with taken(stream_or_path) as path:
        sheets = parsed(child, "parse", str(path), max_rows, max_columns, formulas, decode=_decode)
    return tuple(
        SheetRead(
            sheet["name"],
            _rows(sheet, as_seen),
            sheet["hidden"],
            tuple(map(tuple, sheet["merged"])),
            tuple(sheet["hidden_rows"]),
            tuple(sheet["hidden_columns"]),
        )
        for sheet in sheets
    )


@contextmanager
def taken(stream_or_path):
    """The workbook as a file on disk, checked; whatever is wrong with it comes as ``UnreadableSheet``."""
    try:
        with on_disk(stream_or_path, PARTS) as path:
            yield path
    except (BadPackage, Unreadable) as error:
        raise UnreadableSheet(str(error) or UNREADABLE) from error


def _rows(sheet: dict, as_seen: bool) -> tuple[tuple, ...]:
    rows = tuple(tuple(_value(cell, as_seen) for cell in row) for row in sheet["rows"])
    if as_seen and sheet["unvalued"]:
        rows = _with_unvalued(rows, sheet["unvalued"])
    try:
        return joined(rows)
    except ValueError as torn:
        raise UnreadableSheet(TORN.format(sheet=sheet["name"], row=torn)) from None


def _with_unvalued(rows, places):
    found = [list(row) for row in rows]
    for row, column in places:
        found[row] += [None] * (column + 1 - len(found[row]))
        found[row][column] = NO_RESULT
    return tuple(map(tuple, found))


def _value(cell: Any, as_seen: bool) -> Any:
    if not isinstance(cell, child.Formatted):
        return cell
    return seen(cell.value, cell.form) if as_seen else cell.value


def find_header(rows: Sequence[Sequence[Any]], names: Sequence[str]) -> tuple[int, dict[str, int]]:
    """Find the heading row by its names, wherever it stands: (index of its last row, {name: column index}).

    Spaces, line breaks and the width of brackets do not matter; heads may stand over two rows. Raise
    ``UnreadableSheet`` naming what is missing from the row that comes nearest.
    """
    wanted = {key(name): name for name in names}
    best: dict[str, int] = {}
    for index, row in enumerate(rows[:HEAD_ROWS]):
        below = rows[index + 1] if index + 1 < len(rows) else ()
        for last, heads in ((index, _heads(row)), (index + 1, {**_heads(row), **_heads(below)})):
            found = {wanted[key]: column for key, column in heads.items() if key in wanted}
            if len(found) == len(wanted):
                return last, found
            best = max(best, found, key=len)
    missing = "、".join(name for name in names if name not in best)
    raise UnreadableSheet(f"找不到表头，缺少列：{missing}。请使用系统导出的表格填写。")


def _heads(row: Sequence[Any]) -> dict[str, int]:
    places: dict[str, int] = {}
    for column, text in enumerate(row):
        if text is not None:
            places.setdefault(key(text), column)
    return places


_MARKED = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "formula": child.Formula,
    "formatted": lambda pair: child.Formatted(*pair),
}


def _decode(found: dict) -> Any:
    if len(found) == 1:
        (word, text), *_ = found.items()
        if word in _MARKED:
            return _MARKED[word](text)
    return found
