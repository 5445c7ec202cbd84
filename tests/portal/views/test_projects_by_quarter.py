"""Plans told by quarter, by half, by 3—6月: spread as a person says, never by a guess; every month with its right amount."""

from decimal import Decimal

import pytest

from reports.resources.project_spans import Span, span_of
from tasks.models import Measure, Project
from tests.portal.views.sheets import states, write
from tests.portal.views.test_projects_in import answer, desk, look, months

__all__ = ["desk"]
HEAD = ["序号", "项目名称", "类别", "总投资（万元）", "2015年计划投资（万元）"]
QUARTERS = ["一季度", "二季度", "三季度", "四季度"]


def quarterly(*rows, group="2015年分季度计划投资（万元）"):
    head = [[*HEAD, group, None, None, None], [None] * 5 + QUARTERS]
    return ("计划", [["2015年重点项目计划"], *head, *rows], ["A1:I1", "F2:I2", *(f"{c}2:{c}3" for c in "ABCDE")])


ROAD = [1, "示例公路", "续建", 500, 400, 100, 0, 200, 100]


def test_a_quarter_is_asked_about_and_spread_evenly_or_put_in_its_last_month(desk, programme):
    result = look(desk, programme, quarterly(ROAD))
    assert (result.missing, result.faults) == ([], [])
    assert [each.text for each in result.open_questions] == [
        "工作表“计划”（第3行为表头）按一季度、二季度、三季度、四季度写的计划是几个月合在一起的，怎么分到各月？"
    ]
    assert months(result) == {}
    result = answer(desk, result, 怎么分到各月="even")
    third = {1: Decimal("33.33"), 2: Decimal("33.33"), 3: Decimal("33.34")}
    zero = dict.fromkeys((4, 5, 6), Decimal(0))
    autumn = {7: Decimal("66.66"), 8: Decimal("66.66"), 9: Decimal("66.68")}
    assert months(result) == third | zero | autumn | {n + 9: value for n, value in third.items()}
    assert (result.faults, result.open_questions) == ([], [])
    result = answer(desk, result, 怎么分到各月="last")
    assert {month: value for month, value in months(result).items() if value} == {3: 100, 9: 200, 12: 100}
    assert sum(months(result).values()) == 400


def test_what_was_spread_is_written_and_the_same_file_changes_nothing(desk, programme):
    result = answer(desk, look(desk, programme, quarterly(ROAD)), 怎么分到各月="last")
    assert write(desk, result).status_code == 302
    assert Project.objects.get().sums(Measure.INVESTED) == (400, 0)
    again = answer(desk, look(desk, programme, quarterly(ROAD)), 怎么分到各月="last")
    assert set(states(again)) == {"没有变化"}


def test_quarters_that_do_not_make_the_year_are_told_with_both_numbers(desk, programme):
    result = answer(desk, look(desk, programme, quarterly([*ROAD[:-1], 90])), 怎么分到各月="even")
    assert [f.sentence for f in result.faults] == ["各月计划投资相加是390万元，年度计划投资是400万元，请改成一致。"]


def test_sums_by_quarter_beside_the_months_are_compared_with_them(desk, programme):
    heads = [*HEAD, *(f"{n}月" for n in range(1, 4)), "一季度计划投资", *(f"{n}月" for n in range(4, 13))]
    good = [1, "示例公路", "续建", 500, 120, 10, 10, 10, 30, *[10] * 9]
    bad = [2, "示例大桥", "续建", 500, 120, 10, 10, 10, 31, *[10] * 9]
    result = look(desk, programme, ("计划", [["2015年重点项目分月计划"], heads, good, bad], []))
    assert result.open_questions == []
    assert months(result) == dict.fromkeys(range(1, 13), 10)
    assert [(f.row, f.sentence) for f in result.faults] == [(4, "一季度写的是31，表中1-3月相加是30，请改成一致。")]


def test_several_months_over_a_column_and_in_a_cell(desk, programme):
    heads = [*HEAD, "1-2月计划投资", "3—6月计划投资", "下半年计划投资"]
    row = [1, "示例公路", "续建", 500, 400, 20, 200, 180]
    result = look(desk, programme, ("计划", [["2015年重点项目计划"], heads, row], []))
    assert "按1-2月、3-6月、7-12月写的计划" in result.open_questions[0].text
    result = answer(desk, result, 怎么分到各月="even")
    assert months(result) == {1: 10, 2: 10} | dict.fromkeys(range(3, 7), 50) | dict.fromkeys(range(7, 13), 30)
    down = [
        ["2015年重点项目分月计划"],
        ["序号", "项目名称", "类别", "月份", "当月计划投资（万元）"],
        [1, "示例公路", "续建", "2月", 20],
        [None, None, None, "3—6月", 200],
        [None, None, None, "四季度", 90],
    ]
    result = look(desk, programme, ("计划", down, []))
    result = answer(desk, result, 怎么分到各月="last")
    assert {month: value for month, value in months(result).items() if value} == {2: 20, 6: 200, 12: 90}


def test_amounts_so_far_and_a_lone_part_of_the_year_are_not_read_and_said(desk, programme):
    so_far = [*HEAD, "1-3月计划投资", "1-6月计划投资", "1-9月计划投资"]
    row = [1, "示例公路", "续建", 500, 400, 100, 200, 300]
    result = look(desk, programme, ("计划", [["2015年重点项目计划"], so_far, row], []))
    assert (result.open_questions, result.faults, months(result)) == ([], [], {})
    assert result.tables[0].layout.ignored == so_far[5:]
    lone = [*HEAD, "8月至12月计划投资额"]
    result = look(desk, programme, ("计划", [["2015年重点项目计划"], lone, row[:6]], []))
    assert (result.open_questions, result.tables[0].layout.ignored) == ([], lone[5:])


def test_stages_in_words_stay_words(desk, programme):
    row = [1, "示例厂房", "招商履约", 500, 400, "公司注册", "供地", "开工", "基础完工"]
    result = look(desk, programme, quarterly(row, group="履约阶段目标"))
    assert (result.open_questions, result.faults) == ([], [])
    assert [result.rows[0].wanted[f"q{n}"] for n in (1, 2, 3, 4)] == row[5:]


@pytest.mark.parametrize(
    ("parts", "span"),
    [
        (("一季度",), (1, 3)),
        (("第2季度计划投资",), (4, 6)),
        (("2015年计划投资", "三季度"), (7, 9)),
        (("上半年",), (1, 6)),
        (("3—6月",), (3, 6)),
        (("3月至6月",), (3, 6)),
        (("３－６月份",), (3, 6)),
        (("1、2月",), (1, 2)),
        (("元月至3月",), (1, 3)),
        (("三至六月",), (3, 6)),
        (("1、3月",), None),
        (("1-12月",), None),
        (("6-3月",), None),
        (("1-6月累计",), None),
        (("3-6月底",), None),
        (("前三季度",), None),
        (("1-3季度",), None),
        (("3月",), None),
        (("2015-2016年",), None),
        (("13-14月",), None),
    ],
)
def test_what_names_several_months(parts, span):
    found = span_of(parts)
    assert (found and found[1]) == (span and Span(*span))
