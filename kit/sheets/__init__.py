"""Spreadsheets: written as an office would sign them, read as if their sender were not to be trusted."""

from kit.sheets.child import Formula
from kit.sheets.entry import InputHead, entry_workbook
from kit.sheets.export import exported
from kit.sheets.fault import Fault
from kit.sheets.marking import marked_copy
from kit.sheets.read import NO_RESULT, SheetRead, UnreadableSheet, find_header, read_workbook, value_at
from kit.sheets.response import file_response
from kit.sheets.seal import BrokenSeal, sealed, unsealed
from kit.sheets.sheet import Cell, Head, SectionRow, Sheet, SumRow, table_sheet
from kit.sheets.values import clean_text
from kit.sheets.write import workbook
