"""Due dates, milestones, explanations and rules: the light follows, the trace says so."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Refusal
from tasks.actions.schedule import change_rules, excuse, reschedule, set_milestones
from tasks.lights import Light
from tasks.models import Task


def day(month, number):
    return datetime.date(2015, month, number)


def test_a_new_due_date_needs_a_reason_and_keeps_the_first(task, office):
    with pytest.raises(Refusal, match="须写明原因"):
        reschedule(task, office, due_on=day(11, 30), pace="EVEN")
    reschedule(task, office, due_on=day(11, 30), pace="EVEN", note="省厅要求提前")
    task = Task.objects.get()
    assert (task.due_on, task.planned_due_on) == (day(11, 30), day(12, 31))
    assert task.events.get(verb="调整任务安排").changes["完成时限"] == ["2015-12-31", "2015-11-30"]


def test_a_due_date_before_the_start_is_refused(task, office):
    with pytest.raises(Refusal, match="不能早于开始日期"):
        reschedule(task, office, due_on=datetime.date(2014, 12, 31), pace="EVEN", note="误")


def test_the_light_follows_the_due_date(plan, make_task, civil, office):
    task = make_task(plan, 1, civil, progress=75)
    assert task.light is Light.GREEN
    reschedule(task, office, due_on=day(10, 20), pace="EVEN", note="提前")
    assert Task.objects.with_light().get().light_now == "YELLOW"


def test_milestones_set_the_pace(task, office):
    reschedule(task, office, due_on=day(12, 31), pace="MILESTONES")
    set_milestones(task, [("方案印发", day(6, 30), day(6, 20), 1), ("平台上线", day(11, 30), None, 3)], office)
    task = Task.objects.get()
    assert task.course.expected(day(10, 20)) == 25
    assert "节点进度25%" in task.judgement().reason
    assert task.events.filter(verb="调整节点").exists()


def test_a_milestone_outside_the_tasks_time_is_refused(task, office):
    with pytest.raises(Refusal, match="节点时限须在"):
        set_milestones(task, [("太晚", datetime.date(2016, 1, 1), None, 1)], office)
    assert not task.milestones.exists()


def test_an_explanation_suspends_the_light_and_says_so(task, office):
    assert Task.objects.get().light is Light.RED
    excuse(task, office, until=day(10, 31), reason="等待省级平台接口")
    task = Task.objects.with_light().get()
    assert (task.light, task.light_now) == (Light.GREY, "GREY")
    assert "等待省级平台接口" in task.judgement().reason
    assert Task.objects.with_light(day(11, 1)).get().light_now == "RED"


def test_an_explanation_needs_words_and_a_day_to_come(task, office):
    with pytest.raises(Refusal, match="写明"):
        excuse(task, office, until=day(10, 31), reason=" ")
    with pytest.raises(Refusal, match="不能早于今天"):
        excuse(task, office, until=day(10, 19), reason="理由")


def test_new_rules_are_a_new_version_and_settle_all_tasks(plan, make_task, civil, office):
    make_task(plan, 1, civil, progress=60)
    assert Task.objects.with_light().get().light_now == "YELLOW"
    change_rules(plan, office, slow_after=20, late_after=40, basis="POINTS")
    plan.refresh_from_db()
    assert (plan.rules.version, plan.rule_versions.count()) == (2, 2)
    assert Task.objects.with_light().get().light_now == "GREEN"
    assert plan.events.filter(verb="调整亮灯规则").count() == 2


@pytest.mark.parametrize("who", ["other_office", "reporter", "leader", "inspector", "admin", "auditor"])
def test_only_the_plans_office_may(cast, who, plan, task):
    user = cast[who]
    for verb in (
        lambda: reschedule(task, user, due_on=day(11, 1), pace="EVEN", note="因"),
        lambda: set_milestones(task, [], user),
        lambda: excuse(task, user, until=day(12, 1), reason="因"),
        lambda: change_rules(plan, user, slow_after=1, late_after=2, basis="POINTS"),
    ):
        with pytest.raises(PermissionDenied):
            verb()
