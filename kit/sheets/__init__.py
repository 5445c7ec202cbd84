"""Spreadsheets: written as an office would sign them, read as if their sender were not to be trusted."""

from kit.sheets.read import SheetRead, UnreadableSheet, find_header, read_workbook, value_at
from kit.sheets.response import file_response
from kit.sheets.sheet import Cell, Head, SectionRow, Sheet, table_sheet
from kit.sheets.values import clean_text
from kit.sheets.write import workbook

__all__ = [
    "Cell",
    "Head",
    "SectionRow",
    "Sheet",
    "SheetRead",
    "UnreadableSheet",
    "clean_text",
    "file_response",
    "find_header",
    "read_workbook",
    "table_sheet",
    "value_at",
    "workbook",
]
