"""Which rows below the heads are data, and what merged cells say for the rows they cover."""

from kit.exchange import Text
from kit.intake import Field, layout_of
from kit.intake.rows import body
from kit.sheets import SheetRead

FIELDS = (
    Field("number", "编号", Text(), key=True),
    Field("text", "任务", Text(), several=True),
    Field("unit", "单位", Text()),
)
HEAD = ("编号", "任务", "单位")


def lines(*rows, merged=()):
    sheet = SheetRead("表", (HEAD, *rows), merged=tuple(merged))
    found, skipped = body(sheet, layout_of([sheet], FIELDS), FIELDS)
    return [(line.row, line.cells, line.section) for line in found], {row.row: row.why for row in skipped}


def test_rows_that_only_print_are_left_out_and_told():
    found, skipped = lines(
        ("一、县直单位", None, None),
        (1, "甲", "乙局"),
        (),
        HEAD,
        ("小 计", 1, None),
        ("合计（1项）",),
        ("填表人：张", None, "审核人：李"),
        ("注：按月填报",),
    )
    assert found == [(3, {"number": 1, "text": "甲", "unit": "乙局"}, "一、县直单位")]
    assert skipped == {2: "分类标题行", 5: "重复的表头", 6: "合计行", 7: "合计行", 8: "表尾说明行", 9: "表尾说明行"}


def test_a_merged_cell_speaks_for_all_its_rows():
    found, _ = lines((1, "甲", "乙局"), (2, "丙", None), (3, "丁", None), merged=[(1, 2, 2, 2)])
    assert [cells["unit"] for _, cells, _ in found] == ["乙局", "乙局", None]


def test_rows_of_one_key_are_joined_and_what_is_lost_is_told():
    sheet = SheetRead("表", (HEAD, (1, "甲", "乙局"), (None, "丙", "丁局")), merged=((1, 0, 2, 0),))
    (line,), _ = body(sheet, layout_of([sheet], FIELDS), FIELDS)
    assert line.cells == {"number": 1, "text": "甲\n丙", "unit": "乙局"}
    assert line.notes == ["第3行并入本行，其中“单位”列的“丁局”没有采用。"]


def test_a_single_value_in_a_column_of_ours_is_data():
    found, skipped = lines((None, "没有编号", None), (2, None, None))
    assert [row for row, *_ in found] == [2, 3]
    assert skipped == {}
