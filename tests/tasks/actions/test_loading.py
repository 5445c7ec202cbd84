"""The real notice goes in whole: every plan, section, task, point, unit and number; twice changes nothing; a fault stops all."""

import copy
import datetime
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from kit.refusal import Refusal
from tasks.actions.loading import load_document
from tasks.lights import Light
from tasks.models import Group, GroupLead, Indicator, Plan, PlanEvent, Responsibility, Task, TaskEvent
from units.models import Unit

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"


@pytest.fixture
def notice():
    return json.loads((FIXTURES / "notice-2015-4.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def notice_on_record(django_db_setup, django_db_blocker):
    """The notice loaded once for this file; each test's own changes are undone, this at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_plans", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(notice_on_record, db):
    """The notice on record."""


@pytest.fixture
def small(make_unit, db):
    """A document of our own with one plan and two tasks."""
    make_unit("县民政局")
    make_unit("县委改革办", "LEADING_OFFICE")
    return {
        "document_number": "县办〔2016〕1号",
        "plans": [
            {
                "kind": "REFORM",
                "title": "2016年改革方案",
                "office": "县委改革办",
                "year": 2016,
                "sections": [{"number": "一", "title": "社会事业"}],
                "tasks": [
                    {"number": "1", "section": "一", "text": "建立核对平台。", "units": [{"name": "县民政局"}]},
                    {"number": "2", "section": "一", "text": "完善章程。", "units": [], "due_on": "2016-06-30"},
                ],
            }
        ],
    }


def plan_of(kind):
    return Plan.objects.get(kind=kind)


def test_the_reform_plan_is_whole(loaded):
    plan = plan_of("REFORM")
    parts = Responsibility.objects.filter(task__plan=plan)
    assert (plan.sections.count(), plan.tasks.count()) == (8, 72)
    assert (parts.values("unit").distinct().count(), parts.count()) == (59, 107)
    assert max(len(text) for text in plan.tasks.values_list("text", flat=True)) == 256
    assert parts.filter(role="LEAD").count() == 72
    assert (plan.stamped, plan.due_day, plan.office.name) == (True, None, "县委改革办")
    assert plan.document_number == "株县办〔2015〕4号"


def test_the_law_plan_has_points_and_nobody_yet(loaded):
    plan = plan_of("LAW")
    assert plan.tasks.count() == plan.tasks.unassigned().count() == 5
    assert [len(task.points) for task in plan.tasks.all()] == [0, 0, 6, 5, 0]
    working = plan.groups.filter(kind=Group.Kind.WORKING)
    assert working.count() == 6
    leads = GroupLead.objects.filter(group__name="法治文化建设组")
    assert [lead.unit.name for lead in leads] == ["县委法建办", "县司法局"]
    assert plan.phases.count() == 3


def test_the_breakthrough_plan_has_leads_and_numbers(loaded):
    plan = plan_of("BREAKTHROUGH")
    leads = ["县发改局", "县重点办", "县发改局", "县政府金融办", "县征地办", "县招商局", "县法院"]
    assert [task.lead.name for task in plan.tasks.prefetch_related("responsibilities__unit")] == leads
    assert plan.ends_on == datetime.date(2016, 1, 31)
    land = Indicator.objects.get(name="土地征收")
    assert (land.target, land.unit.name, land.task.number) == (2233, "县征地办", "(五)")


def test_every_plan_has_rules_for_lights(loaded):
    assert [plan.rules.version for plan in Plan.objects.all()] == [1, 1, 1]
    assert not Task.objects.filter(judged_from=None).exists()


def test_related_tasks_know_each_other(loaded):
    task = plan_of("REFORM").tasks.get(number="17")
    assert [other.number for other in task.overlaps.all()] == ["25"]


def test_loading_twice_changes_nothing_and_says_so(loaded, capsys):
    before = [model.objects.count() for model in (Plan, Task, Responsibility, Indicator, PlanEvent, TaskEvent)]
    call_command("load_plans")
    assert "没有变化" in capsys.readouterr().out
    assert [m.objects.count() for m in (Plan, Task, Responsibility, Indicator, PlanEvent, TaskEvent)] == before


def test_what_the_office_changed_survives_a_second_load(loaded, notice):
    Task.objects.filter(number="1").update(short_title="改过的简称")
    Unit.objects.filter(name="县编办").update(full_name="改过的全称")
    call_command("load_plans", verbosity=0)
    assert Task.objects.get(number="1").short_title == "改过的简称"
    assert Unit.objects.get(name="县编办").full_name == "改过的全称"


def test_another_text_is_told_not_written(loaded, notice):
    notice["plans"][0]["tasks"][0]["text"] = "另一个文本。"
    told = load_document(notice)
    assert [task.number for task in told.different] == ["1"]
    assert Task.objects.get(plan__kind="REFORM", number="1").text != "另一个文本。"


def test_a_small_document_gets_sensible_values(small):
    load_document(small)
    first, second = Task.objects.filter(plan__year=2016).order_by("order")
    assert (first.short_title, first.lead.name, first.due_on) == (
        "建立核对平台。",
        "县民政局",
        datetime.date(2016, 12, 31),
    )
    assert (second.lead, second.due_on) == (None, datetime.date(2016, 6, 30))
    assert first.plan.events.get(verb="导入方案").note.startswith("县办〔2016〕1号")


def test_an_unknown_unit_stops_everything_and_offers_the_nearest(small):
    faulty = copy.deepcopy(small)
    faulty["plans"][0]["tasks"][1]["units"] = [{"name": "县民证局"}, {"name": "县某某委"}]
    with pytest.raises(Refusal) as told:
        load_document(faulty)
    assert "任务2：没有名为“县民证局”的单位，相近的有：县民政局" in str(told.value)
    assert "县某某委" in str(told.value)
    assert not Plan.objects.filter(year=2016).exists()


def test_a_missing_office_and_a_number_twice_are_told_together(small):
    faulty = copy.deepcopy(small)
    del faulty["plans"][0]["office"]
    faulty["plans"][0]["tasks"][1]["number"] = "1"
    with pytest.raises(Refusal) as told:
        load_document(faulty)
    assert "缺少主管办公室" in str(told.value)
    assert "编号“1”出现多次" in str(told.value)


@pytest.mark.parametrize(
    ("said", "issued", "phases", "begins"),
    [
        ("", "2016-10-18", [], "2016-10-18"),
        ("", "2015-12-20", [], "2016-01-01"),
        ("", "2016-03-18", ["2016-04-01", "2016-03-01"], "2016-03-01"),
        ("2016-02-01", "2016-10-18", ["2016-03-01"], "2016-02-01"),
        ("", None, [], "2016-10-20"),
    ],
)
def test_a_plan_counts_from_its_own_start(small, at, said, issued, phases, begins):
    at("2016-10-20 09:00")
    rows = [{"title": "阶段", "starts_on": day, "ends_on": "2016-12-31"} for day in phases]
    small["issued_on"] = issued
    small["plans"][0] |= {"starts_on": said, "phases": rows}
    load_document(small)
    task, early = Task.objects.filter(plan__year=2016).order_by("order")
    plan = task.plan
    assert (str(plan.starts_on), str(task.starts_on)) == (begins, begins)
    assert str(early.starts_on) == min(begins, "2016-06-30")


def test_a_plan_issued_in_october_is_not_red_on_its_first_day(small, at):
    at("2016-10-20 09:00")
    load_document(small | {"issued_on": "2016-10-18"})
    assert Task.objects.get(plan__year=2016, number="1").light is Light.GREEN


def test_tasks_a_later_document_brings_count_from_that_document(small, at):
    load_document(small | {"issued_on": "2016-01-10"})
    at("2016-10-20 09:00")
    small["plans"][0]["tasks"].append({"number": "3", "section": "一", "text": "新增的事。", "units": []})
    load_document(small | {"issued_on": "2016-10-18"})
    tasks = Task.objects.filter(plan__year=2016).order_by("order")
    assert [str(task.starts_on) for task in tasks] == ["2016-01-10"] * 2 + ["2016-10-18"]
