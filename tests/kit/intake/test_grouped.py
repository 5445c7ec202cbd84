"""Lists in groups as counties print them: which rows are projects, in which group, and which sums are not those of their rows."""

from decimal import Decimal

from kit.intake import Field
from kit.intake.cells import AmountCell, TextCell
from kit.intake.grouped import grouped
from kit.intake.measures import Stated
from kit.intake.source import Table
from kit.intake.tables import layouts_of
from kit.sheets import SheetRead

FIELDS = (
    Field("number", "序号", TextCell(), ordinal=True),
    Field("name", "项目名称", TextCell(), key=True),
    Field("total", "总投资", AmountCell(), "项目总投资", summed=True),
    Field("plan", "年度计划投资", AmountCell(), "年计划投资", summed=True, year=2015),
    Field("unit", "责任单位", TextCell()),
)
HEAD = ("序号", "项目名称", "总投资（万元）", "2015年计划投资", "责任单位")


def tables(*rows, merged=(), hidden=(), name="表"):
    sheet = SheetRead(name, tuple(map(tuple, rows)), merged=tuple(merged), hidden_rows=tuple(hidden))
    tables = [Table.of(sheet, layout, {}) for layout in layouts_of([sheet], FIELDS)]
    return [grouped(table, FIELDS, is_list=True) for table in tables]


def read(*rows, **more):
    ((found, skipped),) = tables(HEAD, *rows, **more)
    return found, skipped


def paths(found):
    return [(row.cells["name"], row.path) for row in found]


def differing(skipped):
    return {row.number: [(each.name, each.said, each.found) for each in row.sums] for row in skipped if row.sums}


def test_groups_within_groups_and_their_sums():
    found, skipped = read(
        ("合计（4个）", None, 100, 40),
        ("一、新开工项目（1个）", None, 10, 4),
        (1, "甲", 10, 4, "县某局"),
        ("二、续建项目（3个）", None, 90, 36),
        ("（一）竣工投产项目小计（2个）", None, 50, 20),
        (2, "乙", 20, 10, "县某局"),
        (3, "丙", 30, 10, "县某局"),
        ("（二）加快建设项目小计（1个）", None, 40, 16),
        (4, "丁", 40, 16, "县某局"),
        ("注：1.本表项目均为示例。",),
        ("填表人：张", None, "审核人：李"),
        merged=[(2, 0, 2, 1), (10, 0, 10, 4)],
    )
    assert paths(found) == [
        ("甲", ("一、新开工项目",)),
        ("乙", ("二、续建项目", "（一）竣工投产项目")),
        ("丙", ("二、续建项目", "（一）竣工投产项目")),
        ("丁", ("二、续建项目", "（二）加快建设项目")),
    ]
    assert differing(skipped) == {}
    assert {row.why for row in skipped} == {"合计行", "分类标题行", "小计行", "表尾说明行"}


def test_a_count_in_the_name_column_and_a_numeral_in_the_number_column():
    found, skipped = read(
        ("合计", "2个", 30, 10),
        ("一", "续建项目", 30, 11),
        (1, "★甲", 10, 5, "县某局"),
        (2, "乙", 20, 5, "县某局"),
        ("二", "新开工项目（0个）", None, None),
    )
    assert paths(found) == [("★甲", ("一、续建项目",)), ("乙", ("一、续建项目",))]
    assert differing(skipped) == {3: [("plan", 11, 10)]}


def test_sums_below_their_rows_and_a_total_of_totals():
    found, skipped = read(
        ("一、工业",),
        (1, "甲", 10, 5, "县某局"),
        ("小计", None, 10, 5),
        ("二、农业",),
        (2, "乙", 20, 6, "县某局"),
        (3, "丙", 20, 6, "县某局"),
        ("农业小计（3个）", None, 40, 12),
        ("总 计", None, 50, 18),
        merged=[(1, 0, 1, 4), (4, 0, 4, 4)],
    )
    assert len(found) == 3
    assert differing(skipped) == {8: [("", 3, 2)], 9: [("plan", 18, 17)]}


def test_an_amount_with_a_unit_of_its_own_counts_in_a_sum_and_one_that_cannot_be_read_leaves_it_unchecked():
    _, skipped = read(
        ("合计（2个）", None, 12_010, 7),
        (1, "甲", "1.2亿", "约5", "县某局"),
        (2, "乙", "１０", 2, "县某局"),
    )
    assert differing(skipped) == {}
    _, skipped = read(("合计", None, 12_000, 7), (1, "甲", "1.2亿元", 5, "县某局"), (2, "乙", 10, 2, "县某局"))
    assert differing(skipped) == {2: [("total", 12_000, 12_010)]}


def test_heads_again_columns_numbered_a_unit_between_and_notes():
    found, skipped = read(
        (1, 2, 3, 4, 5),
        (1, "甲", 10, 5, "县某局"),
        HEAD,
        (2, "乙", 10, 5, "县某局"),
        ("2.计划投资不含前期费用。",),
    )
    assert [row.cells["name"] for row in found] == ["甲", "乙"]
    assert [(row.number, row.why) for row in skipped] == [(2, "栏次行"), (4, "重复的表头"), (6, "表尾说明行")]


def test_parts_of_a_project_are_told_and_counted_once():
    found, skipped = read(
        ("合计（2个）", None, 50, 15),
        (1, "某片区道路", 30, 10, "县某局"),
        (None, "（1）纵一路", 10, 4, "县某局"),
        (None, "其中：横二路", 20, 6, "县某局"),
        (2, "某桥", 20, 5, "县某局"),
    )
    assert [(row.cells["name"], row.whole) for row in found] == [
        ("某片区道路", 0),
        ("纵一路", 3),
        ("横二路", 3),
        ("某桥", 0),
    ]
    assert differing(skipped) == {}


def test_a_figure_merged_over_projects_is_nobodys():
    found, _ = read((1, "甲", 10, 5, "县某局"), (2, "乙", None, 5, None), merged=[(1, 2, 2, 2), (1, 4, 2, 4)])
    assert [[name for name, _ in row.clashes] for row in found] == [["total"], ["total"]]
    assert [row.cells["unit"] for row in found] == ["县某局", "县某局"]


def test_words_merged_across_a_group_are_asked_about():
    found, _ = read(
        (1, "甲", 10, 5, "县某局"),
        ("二、续建（1个）", None, 7, 5, None),
        (2, "乙", 7, 5, None),
        merged=[(1, 4, 3, 4)],
    )
    assert [row.asks and row.asks[0][0] for row in found] == [[], "unit"]
    assert "跨过了“二、续建”" in found[1].asks[0][1]


def test_two_tables_in_one_sheet_with_heads_and_units_of_their_own():
    first, second = tables(
        ("表一　新开工项目",),
        ("单位：万元",),
        ("序号", "项目名称", "总投资"),
        (1, "甲", 10),
        ("合计", None, 10),
        (),
        ("表二　续建项目",),
        ("单位：亿元",),
        ("项目名称", "序号", "项目总投资", "责任单位"),
        ("乙", 1, "0.5", "县某局"),
        merged=[(0, 0, 0, 2), (6, 0, 6, 3)],
    )
    assert [row.cells["name"] for row in first[0]] == ["甲"]
    assert [row.cells["name"] for row in second[0]] == ["乙"]
    sheet = SheetRead("表", (("单位：万元、亩",), ("项目名称", "总投资"), ("甲", 1)))
    (layout,) = layouts_of([sheet], FIELDS)
    stated = Stated(sheet, layout)
    assert (stated.of(1, "万元"), stated.of(1, "亩")) == ("万元", "亩")
    assert stated.amount("1.2亿", 1) == Decimal(12_000)


def test_hidden_rows_are_read_and_said():
    found, _ = read((1, "甲", 10, 5, "县某局"), (2, "乙", 10, 5, "县某局"), hidden=[2])
    assert [row.notes for row in found] == [[], ["这一行在表中是隐藏的，照样读入。"]]


def test_a_head_names_one_year_only():
    sheet = SheetRead("表", (("项目名称", "2014年计划投资", "2015年计划投资", "8月至12月计划投资"), ("甲", 1, 2, 3)))
    assert layouts_of([sheet], FIELDS)[0].fields == ("name", "", "plan", "")
