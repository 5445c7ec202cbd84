"""To whom a plan says its reports go."""

import pytest

from tasks.draft.addressees import addressee, due_day

UNITS = {"县委改革办": "县委改革办", "县改革办": "县委改革办", "县政府": "县政府", "县政府办": "县政府办"}


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("每月底前将情况报送至县委改革办。", "县委改革办"),
        ("每月底前报送县\n改革办汇总。", "县委改革办"),
        ("每季度向县委改革办报送进展。", "县委改革办"),
        ("情况报至县政府办。", "县政府办"),
        ("报送至县委改革办，同时报送县改革办。", "县委改革办"),
        ("报送至县委改革办，抄送县政府办并报送县政府办。", ""),
        ("报经县政府同意后印发。", ""),
        ("及时报送进展。", ""),
    ],
)
def test_the_unit_reports_go_to(text, office):
    assert addressee(text, UNITS) == office


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("各单位每月25日前将进展情况报送至县委改革办。", 25),
        ("请于每月 5 日以前书面上报。", 5),
        ("每月底前报送进展情况。", None),
        ("每月25日前召开例会。进展情况及时报送。", None),
        ("每月25日前报送数据，每月28日前报送总结。", None),
        ("每月45日前报送。", None),
    ],
)
def test_the_day_reports_are_due(text, day):
    assert due_day(text) == day


def test_without_a_directory_there_is_none():
    assert addressee("报送至县委改革办。", {}) == ""
