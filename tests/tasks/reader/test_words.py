"""Small parts: points, groups, numbers, places in the text."""

import pytest

from tasks.reader.brackets import outer_brackets
from tasks.reader.numbers import value_of
from tasks.reader.source import Source, plain
from tests.reading import read


@pytest.mark.parametrize(
    ("printed", "value"),
    [("一", 1), ("（十二）", 12), ("二十", 20), ("一百零五", 105), ("第三条", 3), ("１２", 12), ("甲", 0)],
)
def test_values_of_numbers(printed, value):
    assert value_of(plain(printed)) == value


@pytest.mark.parametrize(
    ("text", "points"),
    [
        (
            "坚持统一领导。一是健全制度，统一标准。二是公开。三是监督。",
            ("一是健全制度，统一标准。", "二是公开。", "三是监督。"),
        ),
        ("一是健全制度。", ()),
        ("这一是非问题。二是公开。", ()),
        ("二是公开。三是监督。", ()),
    ],
)
def test_points_run_from_one_number_to_the_next_and_are_two_at_least(text, points):
    (task,) = read(f"某县方案\n1.{text}（责任单位：县财政局）").plans[0].tasks
    assert task.points == points


def test_groups_that_a_plan_sets_up():
    text = (
        "某县方案\n一、任务\n1.修路。（责任单位：县交通局）\n二、保障\n成立由县长任组长的某县道路建设工作领导小组，"
        "成立综合协调组（县政府办牵头）、技术指导组（县交通局、县住建局牵头）等工作组。\n"
    )
    assert [(group.kind, group.name, group.leads) for group in read(text).plans[0].groups] == [
        ("LEADING", "某县道路建设工作领导小组", []),
        ("WORKING", "综合协调组", ["县政府办"]),
        ("WORKING", "技术指导组", ["县交通局", "县住建局"]),
    ]


def test_brackets_that_change_their_width_and_ones_left_open():
    text = plain("甲（乙（丙)丁）戊【己】\n庚（辛\n壬（癸）")
    assert [text[start:end] for start, end in outer_brackets(text)] == ["(乙(丙)丁)", "[己]", "(癸)"]


def test_a_bracket_broken_by_the_end_of_a_line():
    text = (
        "某县方案\n一、任务\n1.修路。（责任单位：县交通局、县财\n政局）\n2.治水。（责任单位：县水利局，\n县环保局）\n"
    )
    assert [task.names for task in read(text).plans[0].tasks] == [("县交通局", "县财政局"), ("县水利局", "县环保局")]


def test_a_bracket_that_is_never_closed():
    text = "某县方案\n一、任务\n1.修路。（责任单位：县交通局、县财政局\n2.治水。责任单位：县水利局）\n"
    tasks = read(text).plans[0].tasks
    assert [(task.text, task.names) for task in tasks] == [
        ("修路。", ("县交通局", "县财政局")),
        ("治水。", ("县水利局",)),
    ]


def test_lines_of_places():
    source = Source("甲\n乙乙\n丙")
    assert [source.line(place) for place in (0, 1, 2, 4, 5)] == [1, 1, 2, 2, 3]
