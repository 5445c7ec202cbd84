"""The real notice, wherever it is at hand: read, it says exactly what the fixture holds."""

import json
import os
from pathlib import Path

import pytest

from tests.reading import read

ROOT = Path(__file__).resolve().parents[3]
FIXTURE = json.loads((ROOT / "fixtures/notice-2015-4.json").read_text("utf-8"))
UNITS = json.loads((ROOT / "fixtures/units.json").read_text("utf-8"))
NOTICE = Path(os.environ.get("NOTICE_FILE") or ROOT.parent / "shared/notice-2015-4.txt")

at_hand = pytest.mark.skipif(not NOTICE.is_file(), reason="the notice is not at hand")


@pytest.fixture(scope="module")
def document():
    return read(NOTICE.read_text("utf-8"))


def named(name):
    """The unit that a name or another spelling of it means."""
    return next(unit["name"] for unit in UNITS if name == unit["name"] or name in unit["other_names"])


def test_the_fixture_counts_what_the_notice_counts():
    reform, law, breakthrough = FIXTURE["plans"]
    responsibilities = [unit["name"] for task in reform["tasks"] for unit in task["units"]]
    assert (len(reform["sections"]), len(reform["tasks"])) == (8, 72)
    assert (len(set(responsibilities)), len(responsibilities)) == (59, 107)
    assert max(len(task["text"]) for task in reform["tasks"]) == 256
    assert [len(task["points"]) for task in law["tasks"]] == [0, 0, 6, 5, 0]
    assert len(breakthrough["tasks"]) == 7


def test_every_name_in_the_fixture_is_a_unit_known_by_one_name():
    spellings = [spelling for unit in UNITS for spelling in (unit["name"], *unit["other_names"])]
    assert len(spellings) == len(set(spellings))
    for plan in FIXTURE["plans"]:
        names = [unit["name"] for task in plan["tasks"] for unit in task["units"]]
        names += [plan["office"], *(indicator["unit"] for indicator in plan["indicators"])]
        assert {named(name) for name in names} == set(names)


@at_hand
def test_head(document):
    assert document.title == FIXTURE["title"]
    assert document.document_number == FIXTURE["document_number"]
    assert str(document.issued_on) == FIXTURE["issued_on"]
    assert [(plan.kind, plan.title) for plan in document.plans] == [
        (plan["kind"], plan["title"]) for plan in FIXTURE["plans"]
    ]


@at_hand
@pytest.mark.parametrize("at", [0, 1, 2])
def test_sections_tasks_points_units_and_leads(document, at):
    read_plan, plan = document.plans[at], FIXTURE["plans"][at]
    assert [(section.number, section.title) for section in read_plan.sections] == [
        (section["number"], section["title"]) for section in plan["sections"]
    ]
    assert [
        (task.number, task.section, task.text, list(task.points), task.deadline, roles_of(task))
        for task in read_plan.tasks
    ] == [
        (
            task["number"],
            task["section"],
            task["text"],
            task["points"],
            task["deadline"],
            [(unit["name"], unit["role"]) for unit in task["units"]],
        )
        for task in plan["tasks"]
    ]


def roles_of(task):
    return [(name, "LEAD") for name in task.names("LEAD")] + [(name, "SUPPORT") for name in task.names("SUPPORT")]


@at_hand
@pytest.mark.parametrize("at", [0, 1, 2])
def test_phases_and_working_groups(document, at):
    read_plan, plan = document.plans[at], FIXTURE["plans"][at]
    assert [(phase.title, str(phase.starts_on), str(phase.ends_on)) for phase in read_plan.phases] == [
        (phase["title"], phase["starts_on"], phase["ends_on"]) for phase in plan["phases"]
    ]
    assert [
        (group.name, [named(lead) for lead in group.leads]) for group in read_plan.groups if group.kind == "WORKING"
    ] == [(group["name"], group["leads"]) for group in plan["groups"] if group["kind"] == "WORKING"]


@at_hand
def test_only_what_the_notice_leaves_open_is_a_problem(document):
    assert [problem.reason for problem in document.problems] == ["这一部分的5项任务都没有写明责任单位，待分解。"]


@at_hand
def test_what_is_no_task_is_kept_apart(document):
    assert [[aside.title for aside in plan.asides] for plan in document.plans] == [
        ["指导思想", "工作目标", "工作措施和保障"],
        ["指导思想", "工作目标", "实施步骤", "工作要求"],
        ["指导思想", "工作目标", "实施责任主体", "主要措施", "实施步骤", "活动保障"],
    ]
