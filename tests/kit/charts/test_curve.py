"""Curves of plan and done: sums, gaps, where lines and words stand, and the table of the same numbers."""

import re
from decimal import Decimal

import lxml.html
import pytest

from kit.charts import Cell, months
from kit.charts.curve import HIGH, Curve, drawn

LABELS = [f"{month}月" for month in range(1, 13)]
PLAN = [618, 371, 990, 1114, 1238, 1238, 1114, 1114, 1238, 1238, 1114, 990]
DONE = [280, 145, 395, 445, 560, 450, 505, 390, 535, None, None, None]
EVIL = "<script>alert(1)</script>\"'&"


def tree(markup):
    return lxml.html.fromstring(f"<div>{markup}</div>")


def words(markup):
    return [node.text_content() for node in tree(markup).xpath(".//text")]


def heights(markup, css):
    path = tree(markup).xpath(f".//path[@class='{css}']/@d")[0]
    return [float(point.split()[1]) for point in re.split("[ML]", path)[1:]]


def test_sums_and_gaps_are_added_up_month_by_month():
    curve = Curve(LABELS, PLAN, DONE)
    assert (curve.planned[-1], curve.done[-1]) == (12377, 3705)
    assert curve.gaps == [-338, -564, -1159, -1828, -2506, -3294, -3903, -4627, -5330]


def test_the_last_known_month_tells_plan_done_and_what_is_missing():
    found = words(drawn(Curve(LABELS, PLAN, DONE, tone="danger", pace=5140)))
    assert {"计划 9,035", "完成 3,705", "少 5,330", "年计划 12,377"} <= set(found)
    assert "按近3月速度，年底约 5,140（推算）" in found


def test_more_than_planned_is_never_cut_off():
    svg = drawn(Curve(LABELS, PLAN, [2 * value for value in PLAN[:11]]))
    assert "多 11,387" in words(svg)
    assert all(0 < height < HIGH for height in heights(svg, "curve-done"))


def test_money_that_came_back_goes_below_nothing():
    svg = drawn(Curve(LABELS, [None] * 12, [3, 4, -20]))
    assert "完成 −13" in words(svg)
    assert "−15" in words(svg)
    assert max(heights(svg, "curve-done")) < HIGH


def test_near_lines_share_one_word():
    found = words(drawn(Curve(LABELS, PLAN, [*PLAN[:5], 1200])))
    assert "完成 5,531，少 38" in found


def test_a_month_without_a_figure_adds_nothing_and_is_left_open():
    curve = Curve(LABELS, PLAN, [600, None, 990, *[None] * 9])
    assert curve.done == [600, 600, 1590]
    cells = tree(months.table(LABELS, months.lines_of(curve))).xpath(".//tr[th='完成']/td")
    assert [cell.text_content() for cell in cells[:4]] == ["600", "", "990", ""]


def test_the_first_plan_is_drawn_only_where_it_was_changed():
    assert not tree(drawn(Curve(LABELS, PLAN, DONE, first=PLAN))).xpath(".//path[@class='curve-first']")
    changed = Curve(LABELS, PLAN, DONE, first=[0, *PLAN[1:]])
    assert tree(drawn(changed)).xpath(".//path[@class='curve-first']")
    assert [line.name for line in months.lines_of(changed)] == ["首版计划", "计划", "完成", "累计相差"]


def test_the_year_done_needs_no_guess():
    svg = drawn(Curve(LABELS, PLAN, PLAN, pace=12377))
    assert not tree(svg).xpath(".//path[@class='curve-ahead']")
    assert not any("推算" in word for word in words(svg))


@pytest.mark.parametrize("actual", [[], [None] * 12])
@pytest.mark.parametrize("plan", [[], [None] * 12, [0] * 12])
def test_nothing_is_an_empty_frame(plan, actual):
    svg = drawn(Curve(LABELS, plan, actual))
    assert not tree(svg).xpath(".//path")
    assert "数字见下表" in svg


def test_ticks_are_round_numbers():
    assert [word for word in words(drawn(Curve(LABELS, PLAN, DONE))) if re.fullmatch(r"[\d,]+", word)] == [
        "0",
        "4,000",
        "8,000",
        "12,000",
    ]
    small = Curve(["1月"], [Decimal("0.5")], [Decimal("0.25")])
    assert {"0", "0.2", "0.4"} <= set(words(drawn(small)))


def test_each_month_leads_to_what_it_came_from_and_the_present_one_says_what_is_awaited():
    lines = months.lines_of(Curve(LABELS, PLAN, DONE), links=["/r/1/", "javascript:x"], now=Cell("待报", "warn"))
    found = tree(months.table(LABELS, [*lines, months.Line("灯色", [Cell("黄", "warn")])], now=9))
    assert found.xpath(".//a/@href") == ["/r/1/"]
    assert [cell.text_content() for cell in found.xpath(".//td[@class='is-now']")] == ["1,238", "待报", "", ""]
    assert found.xpath("string(.//tr[th='累计相差']/td[9][@class='fall'])") == "−5,330"
    assert found.xpath("string(.//tr[th='完成']/td[last()])") == "3,705"
    assert len({len(row) for row in found.xpath(".//tr")}) == 1


def test_everything_is_escaped_and_nothing_has_a_style():
    curve = Curve([EVIL] * 12, PLAN, DONE, first=[1], unit=EVIL, tone=EVIL, pace=1, pace_words=EVIL)
    table = months.table([EVIL], [months.Line(EVIL, [Cell(EVIL, EVIL)])], corner=EVIL, caption=EVIL)
    for chart in (drawn(curve, title=EVIL), table):
        assert "<script" not in chart
        assert not {name for node in tree(chart).iter() for name in node.attrib} & {"style", "onload", "onclick"}
