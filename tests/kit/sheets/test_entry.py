"""Sheets to fill in: what may be written is open and checked, the rest locked, the facts out of sight."""

import io

import openpyxl
import pytest

from kit.sheets import Head, InputHead, SectionRow, Sheet, entry_workbook
from kit.sheets.measure import height_of

COLUMNS = (
    Head("编号", 6),
    InputHead("进度", 8, "percent", between=(0, 100), hint="0到100的整数"),
    InputHead("灯色", 8, choices=("绿灯", "红灯")),
    InputHead("进展", 30, longest=1000, hint="长" * 300),
    InputHead("备注", 10),
)


def made(rows, **options):
    content = entry_workbook(Sheet("表", "题", COLUMNS, rows), [["schema", "x"], ["unit", "县民政局"]], **options)
    return openpyxl.load_workbook(io.BytesIO(content))


def test_only_input_cells_are_open_and_tinted():
    page = made([("1", 45, "绿灯", "字", None)]).worksheets[0]
    row = page[3]
    assert [cell.protection.locked for cell in row] == [True, False, False, False, False]
    assert [cell.fill.fgColor.rgb for cell in row[1:]] == ["FFFFF8E1"] * 4
    assert [cell.number_format for cell in row[1:]] == ['0"%"', "@", "@", "@"]
    assert (page.protection.sheet, page.protection.password) == (True, None)


def test_the_checks_stand_on_the_rows_and_nowhere_else():
    page = made([("1",), SectionRow("节"), ("2",)]).worksheets[0]
    checks = {str(each.sqref): each for each in page.data_validations.dataValidation}
    assert set(checks) == {"B3:B5", "C3:C5", "D3:D5"}
    assert (checks["B3:B5"].type, checks["B3:B5"].formula1, checks["B3:B5"].formula2) == ("whole", "0", "100")
    assert (checks["C3:C5"].formula1, checks["C3:C5"].errorTitle) == ('"绿灯,红灯"', None)
    assert (checks["D3:D5"].errorStyle, len(checks["D3:D5"].prompt)) == ("warning", 255)


def test_without_rows_there_is_nothing_to_check():
    assert made([]).worksheets[0].data_validations.dataValidation == []


def test_structure_and_facts():
    book = made([("1",)])
    meta = book["_meta"]
    assert (book.security.lockStructure, meta.sheet_state) == (True, "veryHidden")
    assert [[cell.value for cell in row] for row in meta] == [["schema", "x"], ["unit", "县民政局"]]


def test_without_locks_it_can_be_worked_over():
    book = made([("1",)], locked=False)
    assert not (book.security and book.security.lockStructure)
    assert book.worksheets[0].protection.sheet is False


def test_advice_stands_above_the_head_and_rows_leave_room():
    page = made([("1",)], advice=("先看这里。",), room=4).worksheets[0]
    assert (page["A2"].value, page["A3"].value) == ("先看这里。", "编号")
    assert page.row_dimensions[4].height == pytest.approx(height_of(4), abs=1)
    assert page.row_dimensions[3].height < 30
    assert page.print_title_rows == "$3:$3"
