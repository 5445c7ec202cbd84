"""A workbook given back with its faults marked: a column 问题 at the right, the cells in question tinted."""

import json
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kit.sheets import child
from kit.sheets.measure import height_of, lines_of
from kit.sheets.read import UNREADABLE, UnreadableSheet, apart, as_path, log

TITLE = "问题"


@dataclass(frozen=True)
class Note:
    """What is wrong in one row of a sheet; ``head`` is the row of its headings, ``column`` the cell meant, 0 for none.

    Rows and columns count from 1, as people count them.
    """

    sheet: str
    head: int
    row: int
    text: str
    column: int = 0


def marked_copy(stream_or_path, notes: Iterable[Note]) -> bytes:
    """Return a copy of a workbook that was read before, with the notes in it. Raise ``UnreadableSheet``."""
    sheets = _by_sheet(notes)
    with as_path(stream_or_path) as path, tempfile.TemporaryDirectory(prefix="marked-") as folder:
        target = Path(folder) / "marked.xlsx"
        if child.resource and sys.executable:
            apart("mark", str(path), str(target), sent=json.dumps(sheets).encode())
        else:
            _here(path, target, sheets)
        return target.read_bytes()


def _by_sheet(notes: Iterable[Note]) -> list[dict]:
    """The notes as the child takes them: per sheet, and of one row together."""
    sheets: dict[str, dict] = {}
    for note in notes:
        sheet = sheets.setdefault(note.sheet, {"name": note.sheet, "head": note.head, "title": TITLE, "rows": {}})
        row = sheet["rows"].setdefault(note.row, {"row": note.row, "text": "", "columns": []})
        row["text"] = f"{row['text']}\n{note.text}".strip()
        row["columns"] += [note.column] if note.column else []
    for sheet in sheets.values():
        sheet["notes"] = list(sheet.pop("rows").values())
        for row in sheet["notes"]:
            row["height"] = height_of(lines_of(row["text"], child.MARK_WIDTH))
    return list(sheets.values())


def _here(path, target: Path, sheets: list[dict]) -> None:
    """Mark in this process, where the system knows no limits for a child."""
    try:
        child.mark(path, target, sheets)
    except Exception as error:
        log.warning("a workbook could not be marked: %r", error)
        raise UnreadableSheet(UNREADABLE) from error
