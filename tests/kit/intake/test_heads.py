"""Which rows head a table, and which of our fields its columns are."""

import pytest

from kit.intake import Field, layout_at
from kit.intake.cells import AmountCell, TextCell
from kit.intake.heads import layout_of
from kit.sheets import SheetRead

FIELDS = (
    Field("number", "编号", TextCell(), "序号", key=True),
    Field("text", "任务内容", TextCell(), "工作任务 改革任务"),
    Field("lead", "牵头单位", TextCell(), group="责任单位"),
    Field("units", "责任单位", TextCell()),
    Field("phone", "电话", TextCell(), "联络员电话", group="联络员", joined=True),
    Field("sum", "总投资", AmountCell()),
)


def sheet(*rows, merged=()):
    return SheetRead("表", tuple(map(tuple, rows)), merged=tuple(merged))


def fields(*rows, merged=()):
    layout = layout_of([sheet(*rows, merged=merged)], FIELDS)
    return layout.top, layout.last, layout.fields


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (("编号", "任务内容"), ("number", "text")),
        (("编 号", "任务\n内容："), ("number", "text")),
        (("序号", "编号", "工作任务"), ("", "number", "text")),
        (("序号", "改革任务", "备注"), ("number", "text", "")),
        (("编号", "总投资（万元）"), ("number", "sum")),
        (("编号", "重点改革任务"), ("number", "text")),
        (("编号", "任务牵头单位"), ("number", "lead")),
        (("编号", "责任单位负责人"), ("number", "")),
        (("编号", "电话"), ("number", "")),
        (("编号", "联络员电话"), ("number", "phone")),
        (("编号", "责任单位", "责任单位"), ("number", "units", "")),
    ],
)
def test_a_column_is_known_by_the_words_over_it(head, found):
    assert fields(head) == (0, 0, found)


def test_titles_above_and_numbers_below_do_not_matter():
    assert fields(("某表",), (), ("单位：万元",), ("编号", "任务内容"), (1, "编号的管理")) == (3, 3, ("number", "text"))


def test_a_merged_head_stands_over_all_it_covers():
    rows = (("编号", "责任单位", None, "备注"), (None, "牵头单位", "配合单位", None), (1, "甲局", "乙局", None))
    merged = [(0, 1, 0, 2), (0, 0, 1, 0), (0, 3, 1, 3)]
    assert fields(*rows, merged=merged) == (0, 1, ("number", "lead", "", ""))
    assert fields(*rows) == (0, 1, ("number", "lead", "", ""))


def test_a_heading_row_is_not_cut_by_a_merged_head():
    """The second row says nothing of ours, and is still no data."""
    rows = (("编号", "任务内容", "得分", None), (None, None, "自评", "考评"), (1, "甲", 2, 3))
    merged = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)]
    assert fields(*rows, merged=merged) == (0, 1, ("number", "text", "", ""))


def test_words_among_the_data_make_no_table():
    assert fields(("甲", "乙", "丙"), (1, "第三项改革任务", "x")) == (0, 0, ("", "", ""))


def test_the_fuller_table_of_several_sheets_is_taken():
    layout = layout_of([sheet(("编号", "x")), sheet(("编号", "任务内容"))], FIELDS)
    assert (layout.sheet, layout.ignored) == (1, [])
    assert layout_of([sheet(())], FIELDS).fields == ()


def test_the_heads_can_be_said_by_hand():
    layout = layout_at([sheet(("编号", "任务内容"), ("甲", "编号"), (1, 2))], 0, 1, FIELDS)
    assert (layout.last, layout.heads) == (1, ("编号｜甲", "任务内容｜编号")) or layout.heads == ("甲", "编号")
    assert layout == layout.from_dict(layout.as_dict())


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("9月完成", True),
        ("2015年9月完成", True),
        ("1-9月完成", False),
        ("1至9月完成", False),
        ("1—9月", False),
        ("19月", False),
        ("1、9月", False),
    ],
)
def test_months_that_run_from_one_to_another_are_none(head, found):
    fields = (Field("name", "指标", key=True), Field("month", "9月", words="9月完成 2015年9月"))
    sheet = SheetRead("表", (("指标", head), ("投资", 5)))
    assert ("month" in layout_of([sheet], fields).columns) == found
