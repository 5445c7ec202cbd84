"""Drawings that are tables: tracks in a cell, funnels, timetables."""

import datetime

import lxml.html
import pytest

from kit.charts import Head, funnel, timetable
from kit.charts.bars import hall_track, track
from kit.charts.funnel import Step
from kit.charts.timetable import Lane, Mark, Span

EVIL = "<script>alert(1)</script>\"'&"
YEAR = Span(datetime.date(2015, 1, 1), datetime.date(2015, 12, 31))


def tree(markup):
    return lxml.html.fromstring(f"<div>{markup}</div>")


def day(month, number, year=2015):
    return datetime.date(year, month, number)


@pytest.mark.parametrize(
    ("share", "due", "width", "words"),
    [
        (29.9, 73.0, ["29.90%"], "完成29.9%，应完成73%"),
        (0, 50, [], "完成0%，应完成50%"),
        (155, None, ["100.00%"], "完成155%"),
        (-5, 0, [], "完成-5%，应完成0%"),
        (None, 40, [], "没有数字，应完成40%"),
    ],
)
def test_a_track_says_how_far_and_how_far_it_should_be(share, due, width, words):
    svg = tree(track(share, due, "danger"))
    assert svg.xpath(".//rect[@class='track-fill']/@width") == width
    assert svg.xpath(".//svg/@aria-label") == [words]
    assert len(svg.xpath(".//line[@class='track-due']")) == (due is not None)


def test_more_than_all_is_marked():
    assert tree(track(155, 80)).xpath(".//line[@class='track-over']")
    assert not tree(track(100, 80)).xpath(".//line[@class='track-over']")


def test_a_track_for_a_hall_has_its_numbers_above():
    svg = tree(hall_track(29.9, 73.0, "danger", whole="12,377"))
    assert [text.text for text in svg.xpath(".//text")] == ["占年计划 29.9%", "应 73.0%", "12,377"]
    assert [text.text for text in tree(hall_track(5, None, "good", whole="9")).xpath(".//text")] == ["占年计划 5%", "9"]


def test_a_funnel_shows_each_number_and_its_share_of_the_first():
    rows = [("新开工", [Step(27, "/k/"), Step(23), Step(0)]), (Head("续建", "/x/"), [Step(35), Step(None), Step(9)])]
    table = tree(funnel.drawn(["在册", "开工", "竣工"], rows, corner="类别", caption="类别与阶段"))
    assert [cell.text_content() for cell in table.xpath(".//td")] == ["27", "23", "0", "35", "—", "9"]
    assert table.xpath(".//rect/@width") == ["100.00%", "85.19%", "100.00%", "25.71%"]
    assert table.xpath(".//td//a/@href") == ["/k/"]
    assert table.xpath(".//th[@scope='row']/a/@href") == ["/x/"]


def test_a_funnel_needs_a_step_for_every_stage():
    with pytest.raises(ValueError, match="shorter"):
        funnel.drawn(["在册", "开工"], [("新开工", [Step(1)])], corner="类别", caption="阶段")


def test_a_timetable_says_what_is_due_done_and_the_goal():
    lanes = [
        Lane("桩基", [Mark("桩基", day(2, 28), day(3, 12), "warn")], ["迟12天"]),
        Lane("路基", [Mark("路基", day(11, 30), goal=True, since=day(3, 12))], ["还剩41天"]),
        Lane("验收", [Mark("验收", None)], [""]),
    ]
    table = tree(timetable.drawn(lanes, YEAR, today=day(10, 20), columns=["状态"]))
    assert table.xpath(".//tbody//svg/@aria-label") == [
        "桩基，计划2015-02-28，完成2015-03-12",
        "本年目标：路基，计划2015-11-30，未完成",
        "验收，未定日期，未完成",
    ]
    assert len(table.xpath(".//tr[@class='is-goal']")) == 1
    assert len(table.xpath(".//circle[@class='gantt-done']")) == 1
    assert len(table.xpath(".//circle[contains(@class, 'gantt-due')]")) == 2
    assert len(table.xpath(".//line[@class='gantt-today']")) == 3
    assert [cell.text_content() for cell in table.xpath(".//tr/td[2]")] == ["迟12天", "还剩41天", ""]


def test_what_lies_outside_the_days_shown_stands_at_the_edge():
    assert (YEAR.share(day(3, 1, 2014)), YEAR.share(day(3, 1, 2017))) == (0, 100)
    assert not tree(timetable.drawn([Lane("a", [])], YEAR, today=day(1, 1, 2016))).xpath(
        ".//line[@class='gantt-today']"
    )


def test_the_scale_of_one_year_and_of_three():
    def scale(span):
        return [text.text for text in tree(timetable.drawn([], span)).xpath(".//thead//text")]

    assert scale(YEAR) == ["2015.1", *map(str, range(3, 13))]
    assert scale(Span(day(1, 1, 2014), day(12, 31, 2016))) == ["2014.1", "7", "2015.1", "7", "2016.1", "7"]


def test_everything_is_escaped_and_nothing_has_a_style():
    mark = Mark(EVIL, day(1, 1), day(2, 1), EVIL, since=day(1, 1))
    charts = [
        track(1, 2, EVIL, label=EVIL),
        hall_track(1, 2, EVIL, whole=EVIL),
        funnel.drawn([EVIL], [(Head(EVIL, EVIL, EVIL), [Step(1, "/" + EVIL, EVIL)])], corner=EVIL, caption=EVIL),
        timetable.drawn([Lane(EVIL, [mark], [EVIL])], YEAR, corner=EVIL, columns=[EVIL], caption=EVIL),
    ]
    for chart in charts:
        assert "<script" not in chart
        assert not {name for node in tree(chart).iter() for name in node.attrib} & {"style", "onload", "onclick"}
