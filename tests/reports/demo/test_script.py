"""The script answers for every part of every task, and what it says can be filed."""

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.conf import settings

from reports import completeness
from reports.demo.projects import FILE
from reports.demo.script import LIVE_MONTH, Script
from reports.demo.year import SCRIPT
from reports.fields import ENTRY

NOTICE = json.loads((settings.BASE_DIR / "fixtures" / "notice-2015-4.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def script():
    return Script(SCRIPT)


def parts(script):
    """Yield (plan, task number, unit) for every responsibility of the year."""
    for plan in NOTICE["plans"]:
        for task in plan["tasks"]:
            names = [unit["name"] for unit in task["units"]] or script["law"]["units"][task["number"]]
            yield from ((plan["kind"], task["number"], name) for name in names)


def test_every_part_has_a_story(script):
    assert {part for part in parts(script) if part not in script.stories} == set()


def test_every_line_could_be_filed(script):
    for story in script.stories.values():
        last = None
        for month in sorted(story):
            entry = SimpleNamespace(**ENTRY.values_of(story[month].values))
            assert completeness.problems_of(entry, last and last.progress, last) == []
            last = entry


def test_a_silent_month_is_an_honest_no_change(script):
    part = ("REFORM", "61", "县委组织部")
    line = script.line(*part, 2)
    assert (line.progress, bool(line.no_change_reason), line.done) == (10, True, "")
    assert line == script.line(*part, 2)
    assert script.line(*part, 3).no_change_reason == ""


def test_leading_units_tell_a_story_of_several_months(script):
    leads = [
        (plan["kind"], task["number"], task["units"][0]["name"])
        for plan in NOTICE["plans"]
        for task in plan["tasks"]
        if task["units"]
    ]
    assert len(leads) == 79
    assert min(len(script.stories[lead]) for lead in leads) >= 6


def test_no_sentence_is_used_twice_nor_with_other_figures(script):
    texts = [line.done for story in script.stories.values() for line in story.values() if line.done]
    bare = ["".join(char for char in text if not char.isdigit()) for text in texts]
    assert len(texts) > 900
    assert len(set(bare)) == len(bare)


def test_fates_name_units_that_report(script):
    units = {(kind, unit) for kind, _, unit in parts(script)} | {("REFORM", row["unit"]) for row in script["proposals"]}
    projects = json.loads(FILE.read_text("utf-8"))["projects"]
    units |= {("BREAKTHROUGH", row["units"][0]) for row in projects}
    for kind, months in script["fates"].items():
        named = {(kind, unit) for fates in months.values() for people in fates.values() for unit in people}
        assert named <= units


def test_a_fate_is_on_time_unless_said_and_open_in_the_last_month(script):
    assert script.fate("REFORM", 3, "县编办") == ("on_time", {})
    assert script.fate("LAW", LIVE_MONTH, "县编办") == ("due", {})
    word, particulars = script.fate("REFORM", 3, "县财政局")
    assert (word, particulars["task"]) == ("returned", "13")
    assert replace(script.line("REFORM", "13", "县财政局", 3), progress=24).done.startswith("部门预算")
