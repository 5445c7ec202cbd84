"""What an entry must say before it can be filed."""

from types import SimpleNamespace

import pytest

from reports import completeness


def problems(last_progress=None, **values):
    entry = {
        "progress": 60,
        "light": "GREEN",
        "done": "完成招标。",
        "problems": "",
        "next_steps": "11月试运行。",
        "no_change": False,
        "no_change_reason": "",
        "fall_reason": "",
    }
    found = completeness.problems_of(SimpleNamespace(**(entry | values)), last_progress)
    return [each.field for each in found]


def test_a_complete_entry_has_no_problem():
    assert problems() == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"done": "  "}, "done"),
        ({"done": "", "no_change": True}, "no_change_reason"),
        ({"progress": None}, "progress"),
        ({"light": ""}, "light"),
        ({"light": "YELLOW"}, "problems"),
        ({"light": "RED"}, "problems"),
        ({"light": "BLUE"}, "light"),
        ({"progress": 100}, "light"),
        ({"next_steps": " \n"}, "next_steps"),
        ({"done": "字" * 1001}, "done"),
        ({"problems": "字" * 1001}, "problems"),
        ({"fall_reason": "字" * 201}, "fall_reason"),
    ],
)
def test_what_is_missing_is_named_by_its_field(values, field):
    assert problems(**values) == [field]


def test_the_limit_itself_is_allowed():
    assert problems(done="字" * completeness.TEXT_LIMIT) == []


def test_no_change_with_a_reason_needs_no_progress_text():
    assert problems(done="", no_change=True, no_change_reason="等待省厅批复。") == []


def test_progress_falls_only_with_a_reason():
    assert problems(70) == ["fall_reason"]
    assert problems(60) == []
    assert problems(70, fall_reason="上月误报。") == []


def test_a_finished_task_needs_no_next_steps():
    assert problems(progress=100, light="BLUE", next_steps="") == []


def test_every_field_has_a_hint():
    assert set(completeness.TEXTS) < set(completeness.HINTS)
