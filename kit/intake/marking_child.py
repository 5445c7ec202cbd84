"""Marks cells of one workbook in a process of its own, with little memory and time.

Run as a file, it imports nothing of ours: a workbook opened to be changed costs far more than one that is only read.
"""

import json
import sys
from contextlib import suppress
from pathlib import Path

import openpyxl
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

try:
    import resource
except ImportError:
    resource = None  # Windows has no such limits; the time-out still holds.

MEMORY = 1024**3
SECONDS = 40
FAULTY = PatternFill("solid", fgColor="FFF8CFC4")
LINE = Side(style="thin", color="FF404040")
WIDTH = 46


def mark(source: str, target: str, sheet: str, head: int, notes: list) -> None:
    """Write ``source`` to ``target`` with ``notes`` of [row, column or None, sentence] on the sheet of that name."""
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is missing: workbooks must not be read without it")
    book = load_workbook(source)
    page = book[sheet]
    book.active = book.index(page)
    place = page.max_column + 1
    sentences = {}
    for row, column, sentence in notes:
        sentences.setdefault(row, []).append(sentence)
        if column is not None:
            _colour(page, row, column + 1, sentence)
    _write(page.cell(head, place), "问题", bold=True)
    for row, found in sentences.items():
        _write(page.cell(row, place), "\n".join(found))
    page.column_dimensions[page.cell(head, place).column_letter].width = WIDTH
    book.save(target)


def _colour(page, row, column, sentence):
    cell = page.cell(row, column)
    if isinstance(cell, MergedCell):
        area = next(area for area in page.merged_cells.ranges if cell.coordinate in area)
        cell = page.cell(area.min_row, area.min_col)
    cell.fill = FAULTY
    if cell.comment is None:
        cell.comment = Comment(sentence, "检查结果", height=90, width=260)


def _write(cell, text, *, bold=False):
    if isinstance(cell, MergedCell):
        return
    cell.value = text
    cell.data_type = "s"
    cell.font = Font(name="宋体", size=10, bold=bold, color="FFB42318")
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.border = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


def main(source: str, target: str, wishes: str) -> None:
    if resource:
        for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
            # macOS refuses some limits; the others and the time-out still hold.
            with suppress(ValueError, OSError):
                resource.setrlimit(what, (most, most))
    wanted = json.loads(Path(wishes).read_text("utf-8"))
    mark(source, target, wanted["sheet"], wanted["head"], wanted["notes"])


if __name__ == "__main__":
    main(*sys.argv[1:])
