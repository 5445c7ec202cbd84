"""What an entry must say before it can be filed."""

from types import SimpleNamespace

import pytest

from reports import completeness
from reports.fields import ENTRY, TEXT_LIMIT


def problems(last_progress=None, last=None, **values):
    said = {"progress": 60, "light": "GREEN", "done": "完成招标。", "next_steps": "11月试运行。"} | values
    found = completeness.problems_of(SimpleNamespace(**ENTRY.values_of(said)), last_progress, last)
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
    assert problems(done="字" * TEXT_LIMIT) == []


def test_no_change_with_a_reason_needs_no_progress_text():
    assert problems(done="", no_change=True, no_change_reason="等待省厅批复。") == []


def test_progress_falls_only_with_a_reason():
    assert problems(70) == ["fall_reason"]
    assert problems(60) == []
    assert problems(70, fall_reason="上月误报。") == []


def test_a_finished_task_needs_no_next_steps():
    assert problems(progress=100, light="BLUE", next_steps="") == []


UNCHANGED = {"done": "", "no_change": True, "no_change_reason": "等待省厅批复。"}
LAST = SimpleNamespace(
    progress=60,
    light="YELLOW",
    done="完成招标。",
    problems="接口未开通。",
    next_steps="11月试运行。",
    no_change_reason="",
)


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"progress": 60, "light": "YELLOW", "problems": "接口未开通。"}, []),
        ({"progress": 60, "light": "RED", "problems": "接口未开通。"}, []),
        ({"progress": 95, "light": "YELLOW", "problems": "接口未开通。"}, ["progress"]),
        ({"progress": 10, "light": "RED", "problems": "接口未开通。", "fall_reason": "返工。"}, ["progress"]),
        ({"progress": 60, "light": "GREEN"}, ["light"]),
        ({"progress": 60, "light": "YELLOW", "problems": "接口未开通。", "done": "完成招标。"}, ["done"]),
        ({"progress": None, "light": ""}, ["progress", "light"]),
    ],
)
def test_no_change_means_the_same_progress_no_better_light_and_no_text(values, fields):
    assert problems(last=LAST, **(UNCHANGED | values)) == fields


def blank(**values):
    return SimpleNamespace(**ENTRY.values_of(values))


def test_ticking_no_change_takes_over_what_stood_last_time():
    taken = {"progress": 60, "light": "YELLOW", "problems": "接口未开通。", "next_steps": "11月试运行。"}
    assert completeness.unchanged(blank(), {"no_change": True}, LAST) == taken | {"no_change_reason": ""}
    again = SimpleNamespace(**(vars(LAST) | {"no_change_reason": "等待省厅批复。"}))
    assert completeness.unchanged(blank(), {"no_change": True}, again)["no_change_reason"] == "等待省厅批复。"


def test_what_was_written_stays_and_last_months_text_goes():
    own = completeness.unchanged(blank(done="完成验收。", progress=95), {"no_change": True}, LAST)
    assert "done" not in own
    assert "progress" not in own
    assert completeness.unchanged(blank(done="完成招标。"), {"no_change": True}, LAST)["done"] == ""


def test_without_a_tick_or_a_month_before_nothing_is_taken_over():
    assert completeness.unchanged(blank(), {"no_change": True}, None) == {}
    assert completeness.unchanged(blank(), {"done": "x"}, LAST) == {}
    assert completeness.unchanged(blank(no_change=True), {"no_change": True}, LAST) == {}


def test_characters_that_cannot_be_seen_are_no_text():
    assert problems(done="\u200b\ufeff") == ["done"]
    assert problems(next_steps="\u200b") == ["next_steps"]
