"""To whom a plan says its reports go."""

import pytest

from tasks.draft.addressees import addressee

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


def test_without_a_directory_there_is_none():
    assert addressee("报送至县委改革办。", {}) == ""
