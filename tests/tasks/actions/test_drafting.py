"""Correcting a draft: every part saves at once, tells who was faster, leaves its trace."""

import copy

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Conflict, Refusal
from tasks.actions import drafting
from tasks.models import PlanReading, PlanReadingEvent
from tests.loading import PLAN


def stored():
    return PlanReading.objects.get()


def task_of(key):
    return drafting.find_task(stored().draft, key)[1]


def values(**changes):
    first = {
        "number": "1",
        "section": "s0",
        "short_title": "推行一窗受理",
        "text": "推行一窗受理。",
        "units": [{"name": "县民政局", "role": "LEAD"}],
        "due_on": "2016-06-30",
        "corrected": False,
    }
    return first | changes


def last_event():
    return PlanReadingEvent.objects.newest().first()


VERBS = {
    "save_task": lambda reading, by: drafting.save_task(reading, by, "t1", values(), seen=1),
    "drop_task": lambda reading, by: drafting.drop_task(reading, by, "t1", seen=1, reason="是要求"),
    "split": lambda reading, by: drafting.split(reading, by, "t1", 1, seen=1),
    "merge": lambda reading, by: drafting.merge(reading, by, "t2", seen=1),
    "take_aside": lambda reading, by: drafting.take_aside(reading, by, 0, 77),
    "choose_names": lambda reading, by: drafting.choose_names(reading, by, {"甲": {"way": "TEXT"}}, seen=1),
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_the_loaders_saves_and_leaves_a_trace(verb, reading, office, reporter):
    before = copy.deepcopy(reading.draft)
    with pytest.raises(PermissionDenied):
        VERBS[verb](reading, reporter)
    assert stored().version == 1
    VERBS[verb](reading, office)
    assert stored().version == 2
    assert stored().draft != before
    assert last_event().actor == office
    assert PlanReadingEvent.objects.count() == 2


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_written_is_closed(verb, reading, office):
    PlanReading.objects.update(loaded_at=reading.at)
    with pytest.raises(Refusal, match="已经写入方案"):
        VERBS[verb](reading, office)


@pytest.mark.parametrize("verb", ["save_task", "drop_task", "split", "choose_names"])
def test_who_comes_second_is_told(verb, reading, office):
    VERBS["split" if verb != "choose_names" else verb](reading, office)
    with pytest.raises(Conflict, match="李审核"):
        VERBS[verb](reading, office)
    assert stored().version == 2


def test_other_parts_do_not_collide(reading, office, admin):
    drafting.save_task(reading, office, "t1", values(), seen=1)
    drafting.save_task(reading, admin, "t2", values(number="2"), seen=1)
    assert stored().version == 3


def test_the_trace_tells_old_and_new(reading, office):
    drafting.save_task(reading, office, "t1", values(number="一", due_on=""), seen=1)
    changes = last_event().changes
    assert changes["编号"] == ["1", "一"]
    assert changes["完成时限"] == ["2016-06-30", ""]
    assert changes["责任单位"] == ["牵头：县民政局；配合：县人社局、县信息中心", "牵头：县民政局"]


def test_saving_what_is_there_changes_nothing(reading, office):
    task = task_of("t1")
    same = {name: task[name] for name in values()}
    drafting.save_task(reading, office, "t1", same, seen=1)
    assert (stored().version, task_of("t1")["version"]) == (1, 1)


def test_dropped_with_a_reason_and_back(reading, office):
    with pytest.raises(Refusal, match="原因"):
        drafting.drop_task(reading, office, "t2", seen=1, reason=" ")
    drafting.drop_task(reading, office, "t2", seen=1, reason="是要求")
    assert task_of("t2")["dropped"] == "是要求"
    drafting.restore_task(reading, office, "t2", seen=2)
    assert task_of("t2")["dropped"] == ""
    assert last_event().verb == "恢复为任务"


def test_an_aside_becomes_a_task_once(reading, office):
    key = drafting.take_aside(reading, office, 0, 77)
    assert task_of(key)["number"] == "一"
    assert [aside["number"] for aside in stored().draft["plans"][0]["asides"]] == ["三"]
    with pytest.raises(Refusal, match="已经列为任务"):
        drafting.take_aside(reading, office, 0, 77)


def test_an_unplaced_paragraph_becomes_a_task_once(reading, office):
    reading.draft["problems"] = [
        {"line": 7, "text": "坚持便民高效", "reason": "没有放进任何任务", "place": 85, "checked": ""}
    ]
    reading.save()
    key = drafting.take_problem(reading, office, 0)
    assert task_of(key)["text"].endswith("切实解决群众办事难的问题。")
    assert stored().draft["problems"][0]["checked"]
    with pytest.raises(Refusal, match="已经核对"):
        drafting.take_problem(reading, office, 0)


def test_a_problem_is_ticked_off_and_opened_again(reading, office):
    reading.draft["problems"] = [{"line": 7, "text": "某段", "reason": "疑问", "place": 85, "checked": ""}]
    reading.save()
    drafting.check_problem(reading, office, 0, checked=True)
    assert stored().draft["problems"][0]["checked"] == office.signature
    drafting.check_problem(reading, office, 0, checked=False)
    assert stored().draft["problems"][0]["checked"] == ""
    assert last_event().note == "第7行：疑问"


def test_splitting_needs_a_place_and_merging_a_task_before(reading, office):
    for place in (0, 2, 99):
        with pytest.raises(Refusal, match="从哪一句"):
            drafting.split(reading, office, "t1", place, seen=1)
    with pytest.raises(Refusal, match="没有可以并入"):
        drafting.merge(reading, office, "t1", seen=1)
    with pytest.raises(Refusal, match="不在核对稿"):
        drafting.merge(reading, office, "t99", seen=1)


def test_the_head_of_a_plan_and_its_sections(reading, office):
    plan = stored().draft["plans"][0]
    head = {name: plan[name] for name in drafting.HEAD_WORDS} | {"year": 2017, "due_day": 25}
    sections = {"s0": ("（一）", "优化服务"), "s1": ("（二）", "改善农村设施")}
    heading = {"document_number": "清政办〔2017〕1号", "issued_on": "2017-01-05"}
    drafting.save_head(reading, office, 0, head, sections, heading=heading, seen=1)
    draft = stored().draft
    assert (draft["plans"][0]["year"], draft["plans"][0]["due_day"]) == (2017, 25)
    assert draft["plans"][0]["sections"][0]["title"] == "优化服务"
    assert draft["document_number"] == "清政办〔2017〕1号"
    assert last_event().changes["年度"] == ["2016", "2017"]
    assert last_event().note == PLAN
    with pytest.raises(Conflict):
        drafting.save_head(reading, office, 0, head, sections, heading=heading, seen=1)


def test_names_are_decided_and_opened_again(reading, office):
    many = {"way": "MANY", "units": ["县水利局", "县人社局"]}
    unit = {"way": "UNIT", "unit": "县民政局", "remember": True}
    drafting.choose_names(reading, office, {"各有关单位": many, "县信息中心": unit}, seen=1)
    assert last_event().changes == {
        "各有关单位": ["", "展开为县水利局、县人社局"],
        "县信息中心": ["", "对应县民政局，记为其他写法"],
    }
    drafting.choose_names(reading, office, {"各有关单位": None}, seen=2)
    assert stored().draft["choices"] == {"县信息中心": unit}
    drafting.choose_names(reading, office, {"县信息中心": unit}, seen=3)
    assert stored().draft["names_version"] == 3
