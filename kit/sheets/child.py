"""Reads one workbook in a process of its own, with little memory and time, and prints it as JSON.

Run as a file, it imports nothing of ours: a child that loads quickly and can touch nothing.
"""

import json
import re
import sys
from contextlib import suppress
from datetime import date, datetime, time

import openpyxl
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

try:
    import resource
except ImportError:
    resource = None  # Windows has no such limits; the caller then reads in its own process.

MEMORY = 1024**3
SECONDS = 20
MOST_SHEETS = 50
LONGEST_TEXT = 32_767
MOST_TEXT = 20_000_000
# Rows and columns looked at beyond the limit, to tell a table that is too large from a stray cell far away.
MARGIN = 20
MOST_MERGED = 20_000
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})[\"']")
PIECE = 1 << 20


class TooLarge(Exception):
    """The workbook is sound but larger than agreed; the message is a sentence for its sender."""


def parse(path, max_rows: int, max_columns: int) -> list[dict]:
    """Return [{name, hidden, rows, merged}] of plain values; rows end with the last filled one, and so do their cells."""
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is missing: workbooks must not be read without it")
    # Opened here, because openpyxl leaves open what it fails to read.
    with open(path, "rb") as file:
        book = load_workbook(file, read_only=True, data_only=True)
        if len(book.worksheets) > MOST_SHEETS:
            raise TooLarge(f"工作簿的工作表超过{MOST_SHEETS}个，请删除多余的工作表。")
        budget = [MOST_TEXT]
        return [_sheet(page, max_rows, max_columns, budget) for page in book.worksheets]


def _sheet(page, max_rows: int, max_columns: int, budget: list[int]) -> dict:
    page.reset_dimensions()
    rows, last = [], 0
    for row in page.iter_rows(max_row=max_rows + MARGIN, max_col=max_columns + MARGIN, values_only=True):
        values = _trimmed([_plain(value, budget) for value in row])
        rows.append(values)
        if values:
            last = len(rows)
        if len(values) > max_columns:
            raise TooLarge(f"工作表“{page.title}”超过{max_columns}列，请删除多余的列。")
    if last > max_rows:
        raise TooLarge(f"工作表“{page.title}”超过{max_rows}行，请拆分后分次导入。")
    hidden = page.sheet_state != "visible"
    return {"name": page.title, "hidden": hidden, "rows": rows[:last], "merged": _merged(page, last, max_columns)}


def _merged(page, rows: int, columns: int) -> list[list[int]]:
    """The merged cells as [top, left, bottom, right], counted from 0: read apart, since openpyxl leaves them out."""
    found, tail = [], b""
    with page._get_source() as source:
        while piece := source.read(PIECE):
            whole, _, tail = (tail + piece).rpartition(b">")
            found += [match.group(1).decode() for match in _MERGED.finditer(whole + b">")]
            if len(found) > MOST_MERGED:
                raise TooLarge(f"工作表“{page.title}”的合并单元格过多，请取消不必要的合并后再试。")
    areas = (range_boundaries(area) for area in found)
    return [
        [top - 1, left - 1, min(bottom, rows) - 1, min(right, columns) - 1]
        for left, top, right, bottom in areas
        if top <= rows and left <= columns
    ]


def _plain(value, budget: list[int]):
    if isinstance(value, str):
        budget[0] -= len(value)
        if budget[0] < 0:
            raise TooLarge("工作簿的文字过多，请拆分后分次导入。")
        return value[:LONGEST_TEXT] or None
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date()
    if value is None or isinstance(value, int | float | date | time):
        return value
    return str(value)


def _trimmed(values: list) -> list:
    while values and values[-1] is None:
        values.pop()
    return values


def encode(value):
    """JSON for what JSON does not know: dates and times, marked with their kind."""
    for kind, word in ((datetime, "datetime"), (date, "date"), (time, "time")):
        if isinstance(value, kind):
            return {word: value.isoformat()}
    raise TypeError(f"no plain value: {value!r}")


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    # macOS refuses some limits; the others and the time-out still hold.
    with suppress(ValueError, OSError):
        resource.setrlimit(what, (most, most))


def main(path: str, max_rows: str, max_columns: str) -> None:
    """Print {"sheets": […]} or {"problem": sentence}."""
    if resource:
        _limit(resource.RLIMIT_AS, MEMORY)
        _limit(resource.RLIMIT_CPU, SECONDS)
        _limit(resource.RLIMIT_CORE, 0)
    try:
        answer = {"sheets": parse(path, int(max_rows), int(max_columns))}
    except TooLarge as error:
        answer = {"problem": str(error)}
    json.dump(answer, sys.stdout, default=encode)


if __name__ == "__main__":
    main(*sys.argv[1:])
