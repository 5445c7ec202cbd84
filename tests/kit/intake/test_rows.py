"""Which rows below the heads are data, and what merged cells say for the rows they cover."""

from kit.intake import Field
from kit.intake.cells import TextCell
from kit.intake.grouped import grouped
from kit.intake.heads import layout_of
from kit.intake.source import Table
from kit.sheets import SheetRead

FIELDS = (
    Field("number", "编号", TextCell(), key=True),
    Field("text", "任务", TextCell(), several=True),
    Field("unit", "单位", TextCell()),
)
HEAD = ("编号", "任务", "单位")


def body(sheet, fields):
    return grouped(Table.of(sheet, layout_of([sheet], fields), {}), fields, is_list=False)


def lines(*rows, merged=()):
    sheet = SheetRead("表", (HEAD, *rows), merged=tuple(map(list, merged)))
    found, skipped = body(sheet, FIELDS)
    return [(row.number, row.cells, row.section) for row in found], {row.number: row.why for row in skipped}


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
    assert skipped == {2: "分类标题行", 5: "重复的表头", 6: "小计行", 7: "合计行", 8: "表尾说明行", 9: "表尾说明行"}


def test_a_merged_cell_speaks_for_all_its_rows():
    found, _ = lines((1, "甲", "乙局"), (2, "丙", None), (3, "丁", None), merged=[(1, 2, 2, 2)])
    assert [cells["unit"] for _, cells, _ in found] == ["乙局", "乙局", None]


def test_rows_of_one_key_are_joined_and_two_values_for_one_are_a_fault():
    sheet = SheetRead("表", (HEAD, (1, "甲", "乙局"), (None, "丙", "丁局")), merged=((1, 0, 2, 0),))
    (row,), _ = body(sheet, FIELDS)
    assert row.cells == {"number": 1, "text": "甲\n丙", "unit": "乙局"}
    sentence = "这几行合并为一项，单位却有两种：“乙局”（第2行）和“丁局”（第3行），请只留一种。"
    assert row.clashes == [("unit", sentence)]


def test_rows_that_share_a_merged_key_and_are_told_apart_stay_rows():
    fields = (Field("name", "指标", key=True), Field("month", "月份", apart=True), Field("value", "数值"))
    rows = (("指标", "月份", "数值"), ("投资", "1月", 5), (None, "2月", 6), (None, None, 7), ("招商", "1月", 3))
    sheet = SheetRead("表", rows, merged=((1, 0, 3, 0), (2, 1, 3, 1)))
    found, _ = body(sheet, fields)
    assert [tuple(row.cells.values()) for row in found] == [
        ("投资", "1月", 5),
        ("投资", "2月", 6),
        ("招商", "1月", 3),
    ]
    assert found[1].clashes == [("value", "这几行合并为一项，数值却有两种：“6”（第3行）和“7”（第4行），请只留一种。")]


SUMS = (
    Field("name", "名称", key=True),
    Field("money", "投资"),
    Field("unit", "单位"),
)


def summed(*rows):
    sheet = SheetRead("表", (("名称", "投资", "单位"), *rows))
    found, skipped = body(sheet, SUMS)
    return (
        [row.cells["name"] for row in found],
        [row.section for row in found],
        {row.number: row.differs for row in skipped},
    )


def test_a_row_that_heads_a_group_and_sums_it_is_no_data():
    names, sections, differ = summed(
        ("合计（3个）", "300,000", None),
        ("一、工业项目（小计2个）", 180_000, None),
        ("甲", 100_000, "县某局"),
        ("乙", 80_000, "县某局"),
        ("二、农业项目（1个）", 120_000, None),
        ("丙", 120_000, "县某局"),
    )
    assert (names, sections) == (["甲", "乙", "丙"], ["一、工业项目", "一、工业项目", "二、农业项目"])
    assert differ == {2: "", 3: "", 6: ""}


def test_sums_that_do_not_agree_are_told_with_both_numbers():
    _, _, differ = summed(
        ("一、工业项目（小计4个）", 180_000, None),
        ("甲", 100_000, "县某局"),
        ("乙", 75_000, "县某局"),
        ("小计", 175_000, None),
        ("二、农业项目", None, None),
        ("丙", 20_000, None),
        ("小计：2个", 20_000, None),
        ("合计", 200_000, None),
    )
    assert differ == {
        2: "这里写的是4个，下属的是2个；这里写的是180000，下属各行相加是175000",
        5: "",
        6: "",
        8: "这里写的是2个，下属的是1个",
        9: "这里写的是200000，下属各行相加是195000",
    }


def test_nested_groups_and_a_count_of_people():
    names, _, differ = summed(
        ("一、县级领导（共3人）", None, None),
        ("（一）县委（2人）", None, None),
        ("甲", None, "县委"),
        ("乙", None, "县委"),
        ("（二）县政府（1人）", None, None),
        ("丙", None, "县政府"),
        ("合计：4人", None, None),
    )
    assert names == ["甲", "乙", "丙"]
    assert {row: text for row, text in differ.items() if text} == {8: "这里写的是4个，下属的是3个"}


def test_a_name_that_begins_like_a_sum_or_a_section_is_data():
    names, *_ = summed(("累计完成投资", 5, None), ("一、固定资产投资", 100, "县某局"), ("合计拆迁面积", 3, "县某局"))
    assert names == ["累计完成投资", "一、固定资产投资", "合计拆迁面积"]


def test_a_single_value_in_a_column_of_ours_is_data():
    found, skipped = lines((None, "没有编号", None), (2, None, None))
    assert [row for row, *_ in found] == [2, 3]
    assert skipped == {}


def test_a_numbered_row_that_is_the_sum_of_those_below_heads_them():
    rows = (
        ("一、工业", 180, None),
        ("甲", 100, "县某局"),
        ("乙", 80, "县某局"),
        ("二、农业", 50, None),
        ("丙", 20, None),
    )
    assert summed(*rows)[:2] == (["甲", "乙", "二、农业", "丙"], ["一、工业"] * 4)


def test_a_sum_of_numbers_in_several_measures_is_not_checked():
    rows = (
        ("一、投资（小计3项）", 400, None),
        ("甲", "12亿", None),
        ("乙", 180, None),
        ("丙", "—", None),
        ("合计", 180, None),
    )
    assert set(summed(*rows)[2].values()) == {""}
