"""Small parts: points, groups, numbers, places in the text."""

import pytest

from tasks.reader.numbers import value_of
from tasks.reader.source import outer_brackets, plain
from tests.reading import read


@pytest.mark.parametrize(
    ("printed", "value"),
    [("一", 1), ("（十二）", 12), ("二十", 20), ("一百零五", 105), ("第三条", 3), ("１２", 12), ("甲", 0)],
)
def test_values_of_numbers(printed, value):
    assert value_of(plain(printed)) == value


@pytest.mark.parametrize("text", ["一是健全制度。", "这一是非问题。二是公开。", "二是公开。三是监督。"])
def test_fewer_than_two_points_in_sequence_are_none(text):
    (task,) = read(f"某县方案\n1.{text}（责任单位：县财政局）").plans[0].tasks
    assert task.points == ()


def test_brackets_that_change_their_width_and_ones_left_open():
    text = plain("甲（乙（丙)丁）戊【己】\n庚（辛\n壬（癸）")
    assert [text[start:end] for start, end in outer_brackets(text)] == ["(乙(丙)丁)", "[己]", "(癸)"]
