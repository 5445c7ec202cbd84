"""A workbook given back with its faults marked: a column 问题 at the right, the cells in question tinted."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from kit.apart import parsed
from kit.sheets import child
from kit.sheets.fault import Fault
from kit.sheets.measure import height_of, lines_of
from kit.sheets.read import taken

TITLE = "问题"


def marked_copy(stream_or_path, faults: Iterable[Fault]) -> bytes:
    """Of a workbook that was read before. Raise ``UnreadableSheet``."""
    sheets = _by_sheet(faults)
    with taken(stream_or_path) as path, tempfile.TemporaryDirectory(prefix="marked-") as folder:
        target = Path(folder) / "marked.xlsx"
        parsed(child, "mark", str(path), str(target), sheets)
        return target.read_bytes()


def _by_sheet(faults: Iterable[Fault]) -> list[dict]:
    sheets: dict[str, dict] = {}
    for fault in faults:
        new = {"name": fault.sheet, "head": fault.head_row, "title": TITLE, "rows": {}}
        sheet = sheets.setdefault(fault.sheet, new)
        row = sheet["rows"].setdefault(fault.row, {"row": fault.row, "text": "", "cells": []})
        if fault.told not in row["text"].split("\n"):
            row["text"] = f"{row['text']}\n{fault.told}".strip()
        row["cells"] += [[fault.column, fault.sentence]] if fault.column else []
    for sheet in sheets.values():
        sheet["notes"] = list(sheet.pop("rows").values())
        for row in sheet["notes"]:
            row["height"] = height_of(lines_of(row["text"], child.MARK_WIDTH))
    return list(sheets.values())
