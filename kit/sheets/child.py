"""Reads or marks one workbook, called by ``kit.apart``: it imports nothing of ours."""

import re
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time

import openpyxl
from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, range_boundaries

MOST_SHEETS = 50
LONGEST_TEXT = 32_767
MOST_TEXT = 20_000_000
# Rows and columns looked at beyond the limit, to tell a table that is too large from a stray cell far away.
MARGIN = 20
MOST_MERGED = 20_000
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})[\"']")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s(?=[^>]*?\bhidden=[\"'](?:1|true)[\"'])[^>]*?\br=[\"'](\d{1,7})[\"']")
_HIDDEN_COLUMNS = re.compile(rb"<(?:\w+:)?col\s(?=[^>]*?\bhidden=[\"'](?:1|true)[\"'])([^>]*)>")
_BOUND = re.compile(rb"\b(min|max)=[\"'](\d{1,5})[\"']")
# A cell that computes and in which no program has kept the result; one of text (t="str") may have none to show.
_UNVALUED = re.compile(
    rb"<(?:\w+:)?c\s(?![^>]*\bt=[\"']str[\"'])[^>]*?\br=[\"']([A-Z]{1,3}[0-9]{1,7})[\"'][^>]*>\s*"
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_CELL_END = re.compile(rb"</(?:\w+:)?c>")
MOST_HIDDEN = 6000
# What the file format cannot hold as itself, a carriage return above all, stands as _x000D_.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
PIECE = 1 << 20
MOST_MARKED = 6000
MARK_FONT, MARK_FILL, MARK_WIDTH, MARK_AUTHOR = "FFB3261E", "FFFDE0DC", 44, "检查结果"
MARK_LINE = Side(style="thin", color="FF404040")
# What stands further to the right is no part of a table.
MOST_COLUMNS = 100


@dataclass(frozen=True)
class Formula:
    """A cell that computes something; where plain values are wanted, it is told instead of its last result."""

    text: str


@dataclass(frozen=True)
class Formatted:
    """A number or a day with the format that it shows in."""

    value: object
    form: str


class TooLarge(Exception):
    """The workbook is sound but larger than agreed; the message is a sentence for its sender."""


def parse(path, max_rows: int, max_columns: int, formulas: bool = False) -> list[dict]:
    """Return [{name, hidden, rows, merged, ...}] of plain values; rows end with the last filled one, and so do their cells.

    With ``formulas`` a cell that computes is a ``Formula``, else what it last showed; ``unvalued`` are those that showed nothing yet.
    """
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is missing: workbooks must not be read without it")
    # Opened here, because openpyxl leaves open what it fails to read.
    with open(path, "rb") as file:
        book = load_workbook(file, read_only=True, data_only=not formulas)
        if len(book.worksheets) > MOST_SHEETS:
            raise TooLarge(f"工作簿的工作表超过{MOST_SHEETS}个，请删除多余的工作表。")
        budget = [MOST_TEXT]
        return [_sheet(page, max_rows, max_columns, budget) for page in book.worksheets]


def _sheet(page, max_rows: int, max_columns: int, budget: list[int]) -> dict:
    page.reset_dimensions()
    rows, last = [], 0
    for row in page.iter_rows(max_row=max_rows + MARGIN, max_col=max_columns + MARGIN):
        values = _trimmed([_cell(cell, budget) for cell in row])
        rows.append(values)
        if values:
            last = len(rows)
        if len(values) > max_columns:
            raise TooLarge(f"工作表“{page.title}”超过{max_columns}列，请删除多余的列。")
    if last > max_rows:
        raise TooLarge(f"工作表“{page.title}”超过{max_rows}行，请拆分后分次导入。")
    hidden = page.sheet_state != "visible"
    return {
        "name": page.title,
        "hidden": hidden,
        "rows": rows[:last],
        "merged": _merged(page, last, max_columns),
        "hidden_rows": _hidden_rows(page, last),
        "hidden_columns": _hidden_columns(page, max_columns),
        "unvalued": _unvalued(page, last, max_columns),
    }


def _pieces(page, end):
    """The raw text of a sheet in pieces that end where ``end`` matched: what openpyxl leaves out is read apart."""
    tail = b""
    with page._get_source() as source:
        while piece := source.read(PIECE):
            tail += piece
            ends = [found.end() for found in end.finditer(tail)]
            if ends:
                yield tail[: ends[-1]]
                tail = tail[ends[-1] :]


_TAG_END = re.compile(rb">")


def _hidden_rows(page, rows: int) -> list[int]:
    found = [int(match[1]) - 1 for piece in _pieces(page, _TAG_END) for match in _HIDDEN_ROW.finditer(piece)]
    return [row for row in found if row < rows][:MOST_HIDDEN]


def _hidden_columns(page, columns: int) -> list[int]:
    found = set()
    for piece in _pieces(page, _TAG_END):
        for match in _HIDDEN_COLUMNS.finditer(piece):
            bounds = {name: int(number) for name, number in _BOUND.findall(match[1])}
            if len(bounds) == 2:
                found |= set(range(bounds[b"min"] - 1, min(bounds[b"max"], columns)))
    return sorted(found)


def _unvalued(page, rows: int, columns: int) -> list[list[int]]:
    names = [match[1].decode() for piece in _pieces(page, _CELL_END) for match in _UNVALUED.finditer(piece)]
    places = ((row - 1, column - 1) for column, row, *_ in map(range_boundaries, names[:MOST_MERGED]))
    return [[row, column] for row, column in places if row < rows and column < columns]


def _merged(page, rows: int, columns: int) -> list[list[int]]:
    found = []
    for piece in _pieces(page, _TAG_END):
        found += [match.group(1).decode() for match in _MERGED.finditer(piece)]
        if len(found) > MOST_MERGED:
            raise TooLarge(f"工作表“{page.title}”的合并单元格过多，请取消不必要的合并后再试。")
    areas = (range_boundaries(area) for area in found)
    return [
        [top - 1, left - 1, min(bottom, rows) - 1, min(right, columns) - 1]
        for left, top, right, bottom in areas
        if top <= rows and left <= columns
    ]


def _cell(cell, budget: list[int]):
    # A workbook read for its values knows no formulas.
    if cell.data_type == "f":
        return Formula(_plain(str(getattr(cell.value, "text", cell.value)), budget) or "")
    value = _plain(cell.value, budget)
    if isinstance(value, int | float | date) and not isinstance(value, bool):
        form = cell.number_format
        return value if form in ("General", "@", "", None) else Formatted(value, form)
    return value


def _plain(value, budget: list[int]):
    if isinstance(value, str):
        budget[0] -= len(value)
        if budget[0] < 0:
            raise TooLarge("工作簿的文字过多，请拆分后分次导入。")
        text = _ESCAPED.sub(_unescaped, value[:LONGEST_TEXT])
        return text.replace("\r\n", "\n").replace("\r", "\n") or None
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date()
    if value is None or isinstance(value, int | float | date | time):
        return value
    return str(value)


def _unescaped(found):
    character = chr(int(found[1], 16))
    return character if character.isprintable() or character in "\t\n\r" else ""


def _trimmed(values: list) -> list:
    while values and values[-1] is None:
        values.pop()
    return values


def encode(value):
    """JSON for what JSON does not know: dates and times, marked with their kind."""
    for kind, word in ((datetime, "datetime"), (date, "date"), (time, "time")):
        if isinstance(value, kind):
            return {word: value.isoformat()}
    if isinstance(value, Formula):
        return {"formula": value.text}
    if isinstance(value, Formatted):
        return {"formatted": [value.value, value.form]}
    raise TypeError(f"no plain value: {value!r}")


def mark(path, target, sheets: list[dict]) -> None:
    """Save a copy of the workbook with a column of remarks at the right of each named sheet, opened at the first of them.

    ``sheets`` are {name, head, title, notes: [{row, text, height, cells: [[column, sentence]]}]}; rows and columns count from
    1, the named cells of a row are tinted and carry their sentence. A column already headed ``title`` is used again.
    """
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is missing: workbooks must not be read without it")
    with open(path, "rb") as file:
        book = load_workbook(file, keep_links=False)
    for sheet in sheets:
        _mark_sheet(book[sheet["name"]], sheet)
    if sheets:
        book.active = book[sheets[0]["name"]]
    book.save(target)


def _mark_sheet(page, sheet: dict) -> None:
    place = _mark_place(page, sheet["head"], sheet["title"])
    page.column_dimensions[get_column_letter(place)].width = MARK_WIDTH
    _forget(page, sheet["head"], place)
    head = _write_mark(page.cell(sheet["head"], place), sheet["title"], bold=True)
    head.fill = PatternFill("solid", MARK_FILL)
    for note in sheet["notes"]:
        _write_mark(page.cell(note["row"], place), note["text"])
        height = page.row_dimensions[note["row"]].height
        if height:
            page.row_dimensions[note["row"]].height = max(height, note["height"])
        for column, sentence in note["cells"]:
            _tint(_first_of(page, page.cell(note["row"], column)), sentence)


def _forget(page, head: int, place: int) -> None:
    for row in page.iter_rows(head + 1, min(page.max_row, MOST_MARKED), max_col=place):
        for cell in row:
            if cell.comment and cell.comment.author == MARK_AUTHOR:
                cell.comment = None
        if not isinstance(row[-1], MergedCell):
            row[-1].value = None


def _write_mark(cell, text: str, *, bold: bool = False):
    """Write a text of ours, never a formula; a cell that a wider one covers has no room for it."""
    if not isinstance(cell, MergedCell):
        cell.value, cell.data_type = text, "s"
    cell.font = Font(bold=bold, color=MARK_FONT)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.border = Border(left=MARK_LINE, right=MARK_LINE, top=MARK_LINE, bottom=MARK_LINE)
    return cell


def _first_of(page, cell):
    if not isinstance(cell, MergedCell):
        return cell
    area = next(area for area in page.merged_cells.ranges if cell.coordinate in area)
    return page.cell(area.min_row, area.min_col)


def _tint(cell, sentence: str) -> None:
    cell.fill = PatternFill("solid", MARK_FILL)
    font = copy(cell.font)
    font.color = MARK_FONT
    cell.font = font
    if cell.comment is None:
        cell.comment = Comment(sentence, MARK_AUTHOR, height=90, width=260)


def _mark_place(page, head: int, title: str) -> int:
    for cell in page[head]:
        if cell.value == title:
            return cell.column
    covering = [area.max_col for area in page.merged_cells.ranges if area.min_row <= head <= area.max_row]
    rows = page.iter_rows(head, min(page.max_row, MOST_MARKED), max_col=MOST_COLUMNS)
    filled = [cell.column for row in rows for cell in row if cell.value is not None]
    return max([1, *filled, *(column for column in covering if column <= MOST_COLUMNS)]) + 1
