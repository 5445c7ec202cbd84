"""A workbook comes back with its faults marked, otherwise as it was."""

import io

import openpyxl
import pytest

from kit import apart
from kit.sheets import Fault, UnreadableSheet, marked_copy
from kit.sheets.measure import height_of

pytestmark = pytest.mark.apart

NOTES = [
    Fault("填报", 3, "进度", "x", "请填整数。", 2, 2),
    Fault("填报", 3, "", "1", "=不是公式", 1, 2),
    Fault("填报", 5, "", "", "没有编号。", 0, 2),
]


@pytest.fixture(params=["child", "here"])
def path(request, monkeypatch, tmp_path):
    """A workbook on disk, marked in a child process or in this one."""
    if request.param == "here":
        monkeypatch.setattr(apart, "resource", None)
    book = openpyxl.Workbook()
    page = book.active
    page.title = "填报"
    for row in (["题"], ["编号", "进度", None, "备注"], ["1", "x"], ["2", 3], [None, 4]):
        page.append(row)
    page.merge_cells("A1:D1")
    page.protection.sheet = True
    page.row_dimensions[3].height = 20
    book.create_sheet("_meta").sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_a_column_of_problems_at_the_right_and_the_cells_tinted(path):
    book = opened(marked_copy(path, NOTES))
    page = book["填报"]
    assert [page.cell(row, 5).value for row in range(1, 6)] == [
        None,
        "问题",
        "进度：请填整数。\n=不是公式",
        None,
        "没有编号。",
    ]
    assert page["E3"].data_type == "s"
    assert page["B3"].fill.fgColor.rgb == page["A3"].fill.fgColor.rgb == "FFFDE0DC"
    assert page["B4"].fill.fill_type is None
    assert (page["B3"].value, page.protection.sheet, book["_meta"].sheet_state) == ("x", True, "veryHidden")
    assert page.row_dimensions[3].height == height_of(2)


def test_a_copy_marked_again_uses_the_same_column_and_forgets_what_was_mended(path, tmp_path):
    again = tmp_path / "b.xlsx"
    again.write_bytes(marked_copy(path, NOTES))
    page = opened(marked_copy(again, NOTES[:1]))["填报"]
    assert [page.cell(2, column).value for column in (5, 6)] == ["问题", None]
    assert [page.cell(row, 5).value for row in (3, 5)] == ["进度：请填整数。", None]


def test_what_cannot_be_marked_is_a_sentence(path):
    with pytest.raises(UnreadableSheet, match="无法读取"):
        marked_copy(path, [Fault("没有这张表", 2, "", "", "x")])


def test_the_copy_opens_at_the_faults_and_the_cells_say_what_is_wrong(path, tmp_path):
    book = openpyxl.load_workbook(path)
    book.create_sheet("首页", 0)
    book.active = 0
    book.save(path)
    again = tmp_path / "b.xlsx"
    again.write_bytes(marked_copy(path, NOTES))
    book = opened(again.read_bytes())
    assert (book.active.title, book["填报"]["B3"].comment.text) == ("填报", "请填整数。")
    assert book["填报"]["E3"].border.left.style == "thin"
    mended = opened(marked_copy(again, NOTES[1:2]))["填报"]
    assert (mended["B3"].comment, mended["A3"].comment.text) == (None, "=不是公式")


def test_heads_and_values_in_merged_cells(path):
    """The column of problems stands beyond a head that goes down over two rows; a merged value is marked where it stands."""
    book = openpyxl.load_workbook(path)
    page = book["填报"]
    page.insert_rows(3)
    page["E2"] = "说明"
    page.merge_cells("E2:E3")
    page.merge_cells("B4:B6")
    book.save(path)
    page = opened(marked_copy(path, [Fault("填报", 5, "进度", "x", "请填整数。", 2, 3)]))["填报"]
    assert (page["E2"].value, page["F3"].value, page["F5"].value) == ("说明", "问题", "进度：请填整数。")
    assert (page["B4"].fill.fgColor.rgb, page["B4"].comment.text) == ("FFFDE0DC", "请填整数。")


@pytest.mark.parametrize(("column", "place"), [(0, "第3行"), (1, "A3"), (26, "Z3"), (27, "AA3"), (703, "AAA3")])
def test_a_fault_says_where_it_is(column, place):
    assert Fault("表", 3, "进度", "x", "请填整数。", column).place == place
