"""Dispatch meetings: decisions under running numbers, minutes that freeze, promises that are judged."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Already, Conflict, Refusal
from supervision.actions.meetings import (
    drop_item,
    hold_meeting,
    judge_item,
    note_decision,
    revise_item,
    revise_occasion,
    settle_occasion,
)
from supervision.models import Item, Occasion
from supervision.permissions import can_dispatch
from tasks.models import Sector
from units.models import Notice

D = datetime.date
OCTOBER = D(2015, 10, 1)
DROPPED = 15
DUE = D(2015, 10, 27)


@pytest.fixture
def note(programme, first, project, lead, civil):
    def write(text="林地一周内批复", **values):
        values = {"unit": civil, "due_on": DUE, "project": project, "action": first, "by": lead} | values
        return note_decision(programme, values.pop("by"), OCTOBER, text=text, **values)

    return write


def test_who_dispatches_what(programme, first, owner, lead, other_lead, outsider, leader, inspector, water):
    second = programme.tasks.get(number="(二)")
    sector = programme.sectors.get(name="工业")
    Sector.objects.filter(pk=sector.pk).update(lead=water)
    sector.refresh_from_db()
    scopes = [{}, {"action": first}, {"action": second}, {"sector": sector}]
    may = {user.username: [can_dispatch(user, programme, **each) for each in scopes] for user in (
        owner, lead, other_lead, outsider, leader, inspector
    )}  # fmt: skip
    assert may == {
        "xiangmu": [True] * 4,
        "fagai": [False, True, False, False],
        "zhongdian": [False, False, True, False],
        "shuili": [False, False, False, True],
        "leader": [False] * 4,
        "ducha": [False] * 4,
    }


def test_an_action_of_another_plan_gives_no_right_here(programme, plan, task, reporter):
    assert can_dispatch(reporter, plan, action=task)
    assert not can_dispatch(reporter, programme, action=task)


def test_decisions_are_numbered_within_the_months_meeting(note, first, lead):
    items = [note("甲"), note("乙", project=None), note("丙")]
    meeting = Occasion.objects.get()
    assert [item.number for item in items] == [1, 2, 3]
    assert (meeting.status, meeting.held_on, meeting.unit, meeting.action) == (
        "HELD",
        D(2015, 10, 20),
        lead.unit,
        first,
    )
    assert list(meeting.events.values_list("verb", flat=True)) == ["召开", "记下第1件", "记下第2件", "记下第3件"]


def test_a_second_press_notes_nothing(note):
    note()
    with pytest.raises(Already, match="已经记下"):
        note()
    assert Item.objects.count() == 1


def test_who_does_not_dispatch_it_notes_nothing(note, other_lead, outsider, leader):
    for somebody in (other_lead, outsider, leader):
        with pytest.raises(PermissionDenied):
            note(by=somebody)
    assert not Occasion.objects.exists()


def test_a_day_before_the_meeting_and_a_month_outside_the_plan_are_refused(note, programme, owner):
    with pytest.raises(Refusal, match="早于调度会日期2015-10-20"):
        note(due_on=D(2015, 10, 19))
    with pytest.raises(Refusal, match="不在方案年度内"):
        hold_meeting(programme, owner, D(2016, 1, 1))
    assert not Item.objects.exists()


def test_items_are_corrected_and_taken_away_until_the_minutes_are_settled(note, lead, water, django_assert_num_queries):
    one, two, three = note("甲"), note("乙"), note("丙")
    revise_item(two, lead, text="乙，改", unit=water, due_on=DUE)
    with django_assert_num_queries(DROPPED):
        drop_item(one, lead)
    assert list(Item.objects.values_list("number", "text")) == [(1, "乙，改"), (2, "丙")]
    with pytest.raises(Refusal, match="已删去"):
        drop_item(one, lead)
    meeting = settle_occasion(Occasion.objects.get(), lead)
    for act in (lambda: note("丁"), lambda: drop_item(three, lead), lambda: revise_occasion(meeting, lead, place="x")):
        with pytest.raises(Refusal, match="调度会现在是“已定结论”，内容不再改动"):
            act()


def test_settling_tells_each_unit_once_what_it_has_to_do(note, lead, reporter, outsider, water):
    note("甲"), note("乙"), note("丙", unit=water)
    meeting = settle_occasion(Occasion.objects.get(), lead)
    with pytest.raises(Already):
        settle_occasion(meeting, lead)
    told = {notice.user.username: notice.body for notice in Notice.objects.all()}
    assert told == {
        "minzheng": "1. 甲（2015-10-27前）\n2. 乙（2015-10-27前）",
        "shuili": "3. 丙（2015-10-27前）",
    }


def test_a_head_seen_before_another_changed_it_is_a_conflict(note, lead):
    note()
    meeting = Occasion.objects.get()
    revise_occasion(meeting, lead, seen_version=1, place="县政府二楼")
    with pytest.raises(Conflict):
        revise_occasion(meeting, lead, seen_version=1, place="别处")
    assert Occasion.objects.get().place == "县政府二楼"


def test_whether_a_promise_was_kept_is_said_with_name_and_moment(note, lead, other_lead):
    item = note()
    with pytest.raises(PermissionDenied):
        judge_item(item, other_lead, "KEPT")
    judge_item(item, lead, "BROKEN")
    with pytest.raises(Already):
        judge_item(item, lead, "BROKEN")
    judge_item(item, lead, "KEPT")
    item.refresh_from_db()
    assert (item.kept, item.kept_by) == ("KEPT", lead)
    assert item.occasion.events.last().changes == {"第1件": ["未兑现", "已兑现"]}
