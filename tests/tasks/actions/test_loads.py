"""Writing a draft, all or nothing, and taking it back."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Already, Conflict, Refusal
from tasks.actions import drafting
from tasks.actions.assignment import assign
from tasks.actions.loads import load_reading, outlook, unload
from tasks.actions.plans import change_reporting
from tasks.actions.schedule import set_milestones
from tasks.models import Plan, PlanEvent, PlanReading, PlanReadingEvent, Section, Task, TaskEvent
from tests.loading import PLAN
from units.models import Contact, Unit, UnitEvent, UnitName


def write(reading, by):
    load_reading(reading, by)
    return PlanReading.objects.get(pk=reading.pk)


def counted():
    return [model.objects.count() for model in (Plan, Section, Task, Unit, UnitName)]


def test_everything_is_written_as_decided(settled, office):
    reading = write(settled, office)
    plan = Plan.objects.get()
    assert (plan.title, plan.year, plan.office, plan.document_number) == (PLAN, 2016, office.unit, "清政办〔2016〕7号")
    assert (plan.starts_on, plan.ends_on, plan.rules.version) == (
        datetime.date(2016, 1, 1),
        datetime.date(2016, 12, 31),
        1,
    )
    first, second, third = plan.tasks.all()
    assert (first.lead.name, [unit.name for unit in first.supports]) == ("县民政局", ["县人社局", "县信息中心"])
    assert (first.due_on, second.due_on) == (datetime.date(2016, 6, 30), datetime.date(2016, 12, 31))
    assert (second.lead.name, second.supports, second.also_named) == ("县民政局", [], "各有关单位")
    assert third.section.title == "改善农村设施"
    assert Unit.objects.get(name="县信息中心").peer_group == "INSTITUTION"
    assert UnitEvent.objects.get(subject__name="县信息中心").note == "随《服务提升年.txt》导入"
    assert (reading.loaded_by, reading.is_loaded, len(reading.written["tasks"])) == (office, True, 3)
    assert PlanReadingEvent.objects.newest().first().verb == "写入方案"
    assert PlanEvent.objects.filter(subject=plan, verb="导入方案", actor=office).exists()


def test_other_spellings_are_remembered_only_where_that_was_said(reading, office, civil, labour):
    choices = {
        "县信息中心": {"way": "UNIT", "unit": "县水利局", "remember": True},
        "各有关单位": {"way": "UNIT", "unit": "县水利局", "remember": False},
    }
    drafting.choose_names(reading, office, choices, seen=1)
    write(reading, office)
    assert list(UnitName.objects.values_list("name", "unit__name")) == [("县信息中心", "县水利局")]


@pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
def test_nobody_else_writes(who, settled, cast):
    with pytest.raises(PermissionDenied):
        load_reading(settled, cast[who])
    assert not Plan.objects.exists()


def test_all_faults_at_once_and_nothing_written(reading, office):
    plan = reading.draft["plans"][0]
    plan |= {"year": None, "office": "", "title": "长" * 121}
    plan["sections"][0]["title"] = "章" * 121
    plan["sections"][1]["number"] = "（一）"
    first, second, third = plan["tasks"]
    first |= {"number": "3", "short_title": "简" * 41}
    second |= {"text": " ", "due_on": "2010-01-01"}
    reading.save()
    before = counted()
    with pytest.raises(Refusal) as refused:
        load_reading(reading, office)
    for words in (
        "还有2个单位名称没有对应：县信息中心、各有关单位。",
        "名称超过120个字",
        "文件没有写明年度",
        "请填写主管办公室",
        "章节序号“（一）”出现多次",
        "章节标题",
        "编号“3”出现多次",
        "超过40个字",
        "任务原文是空的",
    ):
        assert words in str(refused.value)
    assert counted() == before


def test_a_date_before_the_plan_begins_is_a_fault(settled, office):
    settled.draft["plans"][0]["tasks"][1]["due_on"] = "2015-12-31"
    settled.save()
    with pytest.raises(Refusal, match="第2项：完成时限早于方案开始日期2016-01-01"):
        load_reading(settled, office)


def test_supports_without_a_lead_are_a_fault(settled, office):
    settled.draft["choices"]["县民政局"] = {"way": "TEXT"}
    settled.draft["plans"][0]["tasks"][0]["units"][0]["name"] = "各有关单位"
    settled.save()
    with pytest.raises(Refusal, match="没有牵头单位"):
        load_reading(settled, office)


def test_nothing_to_write(settled, office):
    settled.draft["plans"][0]["left_out"] = True
    settled.save()
    with pytest.raises(Refusal, match="没有可写入的任务"):
        load_reading(settled, office)


def test_a_draft_that_moved_on_is_told(settled, office):
    with pytest.raises(Conflict):
        load_reading(settled, office, seen_version=settled.version - 1)
    load_reading(settled, office, seen_version=settled.version)


def test_written_once(settled, office):
    reading = write(settled, office)
    with pytest.raises(Already, match="写入方案"):
        load_reading(reading, office)


@pytest.fixture
def stored_plan(make_plan, reform_office, make_task, civil):
    """A plan of that year and title with one of the three tasks, worded otherwise."""
    plan = make_plan(reform_office, year=2016)
    Plan.objects.filter(pk=plan.pk).update(title=PLAN)
    make_task(plan, 1, civil, text="库里的文字。")
    return plan


def test_a_known_plan_gets_only_what_it_lacks(settled, office, stored_plan):
    found = outlook(settled, office)
    assert (found.missing, [task["number"] for task, _ in found.different]) == (2, ["1"])
    assert found.different[0][1] == "库里的文字。"
    reading = write(settled, office)
    assert [task.number for task in stored_plan.tasks.all()] == ["1", "2", "3"]
    assert (reading.written["plans"], reading.written["into"]) == ([], [stored_plan.pk])
    unload(reading, office, reason="导错了")
    assert [task.number for task in stored_plan.tasks.all()] == ["1"]
    assert not Section.objects.filter(plan=stored_plan).exists()


def test_a_known_plan_keeps_its_office(settled, office, stored_plan, reform_office):
    settled.draft["plans"][0]["office"] = ""
    found = outlook(settled, office)
    assert (found.faults, found.known[0].office) == ([], reform_office)


def test_nothing_new_is_told(settled, office, stored_plan, make_task, civil):
    for number in (2, 3):
        make_task(stored_plan, number, civil)
    with pytest.raises(Refusal, match="库里都已有"):
        load_reading(settled, office)


def test_another_offices_plan_is_not_added_to(settled, office, law_office, stored_plan, admin):
    Plan.objects.update(office=law_office)
    with pytest.raises(Refusal, match="只有该办公室或系统管理员"):
        load_reading(settled, office)
    load_reading(settled, admin)
    assert stored_plan.tasks.count() == 3


def test_taken_back_without_a_remainder_and_written_again(settled, office):
    before = counted()
    reading = write(settled, office)
    tasks, plan = list(reading.written["tasks"]), reading.written["plans"][0]
    events = TaskEvent.objects.count()
    unload(reading, office, reason="页面有误")
    assert counted() == before
    reading.refresh_from_db()
    assert (reading.is_loaded, reading.written, reading.state) == (False, {}, ("已撤销", "muted"))
    assert TaskEvent.objects.count() == events + 3
    assert set(TaskEvent.objects.filter(verb="撤销导入").values_list("subject_id", flat=True)) == set(tasks)
    assert PlanEvent.objects.get(subject_id=plan, verb="撤销导入").note == "页面有误"
    assert "1个方案，3项任务" in PlanReadingEvent.objects.newest().first().note
    write(reading, office)
    assert Task.objects.count() == 3


@pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
def test_nobody_else_takes_it_back(who, settled, office, cast):
    reading = write(settled, office)
    with pytest.raises(PermissionDenied):
        unload(reading, cast[who], reason="x")
    assert Task.objects.exists()


def test_taking_back_needs_a_reason_and_a_load(settled, office):
    with pytest.raises(Refusal, match="没有写入"):
        unload(settled, office, reason="x")
    reading = write(settled, office)
    with pytest.raises(Refusal, match="原因"):
        unload(reading, office, reason=" ")
    with pytest.raises(Conflict):
        unload(reading, office, reason="x", seen_version=1)


def change_units(plan, office, labour):
    assign(plan.tasks.first(), labour, [], office)


def change_steps(plan, office, labour):
    set_milestones(plan.tasks.last(), [("完成招标", datetime.date(2016, 5, 1), None, 1)], office)


def change_rule(plan, office, labour):
    change_reporting(plan, office, due_day=25, due_hour=24, grace_days=5, return_workdays=3, stamped=True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (change_units, "第1项：县委改革办 李审核于10月20日 10:00“调整责任单位”"),
        (change_steps, "第3项：县委改革办 李审核于10月20日 10:00“调整节点”"),
        (change_rule, "“调整报送规则”"),
    ],
)
def test_later_work_is_not_lost(change, words, settled, office, labour):
    reading = write(settled, office)
    change(Plan.objects.get(), office, labour)
    with pytest.raises(Refusal, match="改动丢失") as refused:
        unload(reading, office, reason="x")
    assert words in str(refused.value)
    assert Task.objects.count() == 3


def test_a_task_added_later_keeps_the_plan(settled, office, make_task):
    reading = write(settled, office)
    make_task(Plan.objects.get(), 99)
    with pytest.raises(Refusal, match="后来增加的任务：第99项"):
        unload(reading, office, reason="x")


def test_a_unit_in_use_stays(settled, office, make_user):
    reading = write(settled, office)
    make_user("xinxi", "REPORTER", Unit.objects.get(name="县信息中心"))
    unload(reading, office, reason="x")
    assert Unit.objects.filter(name="县信息中心").exists()
    assert "保留在用的单位1个" in PlanReadingEvent.objects.newest().first().note


def test_a_unit_with_contacts_stays(settled, office):
    reading = write(settled, office)
    unit = Unit.objects.get(name="县信息中心")
    Contact.objects.create(unit=unit, post="LIAISON", name="某某", phone="0731-1234567")
    unload(reading, office, reason="x")
    assert Unit.objects.filter(pk=unit.pk).exists()
