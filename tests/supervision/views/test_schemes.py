"""Schemes on their way: their six steps, the meeting that ticks one, and which stands where."""

import datetime

import pytest

from kit.refusal import Refusal
from supervision.actions.findings import note_finding
from supervision.actions.meetings import settle_occasion
from supervision.actions.occasions import plan_occasion
from tasks.actions.schedule import set_milestones, tick_milestone
from tasks.models import Milestone

D = datetime.date
STEPS = [("调研起草", D(2015, 5, 1), D(2015, 4, 28), 1), ("领导小组审议", D(2015, 10, 1), None, 1)]
SCHEMES = 10


@pytest.fixture
def scheme(task, office):
    set_milestones(task, STEPS, office)
    return task


@pytest.fixture
def meeting(plan, office):
    told = {"month": D(2015, 10, 1), "title": "领导小组第三次会议", "held_on": D(2015, 10, 20)}
    return plan_occasion(plan, office, "MEETING", **told)


def test_a_step_is_known_by_its_name_and_stays_the_same_step(scheme, office):
    first, second = scheme.milestones.all()
    assert [first.kind, second.kind] == ["SURVEYED", "STEERED"]
    rows = [*STEPS, ("领导小组审议", D(2015, 11, 1), None, 2), ("印发", D(2015, 12, 1), None, 1)]
    set_milestones(scheme, rows, office)
    kinds = list(scheme.milestones.order_by("due_on").values_list("pk", "kind"))
    assert kinds[:2] == [(first.pk, "SURVEYED"), (second.pk, "STEERED")]
    assert [kind for _, kind in kinds[2:]] == ["STEP", "STEP"]


def test_the_six_steps_are_filled_in_and_only_saved_by_hand(task, office, sign_in):
    page = sign_in(office).get(f"/tasks/{task.pk}/milestones/?steps=scheme").content.decode()
    assert [page.count(f'value="{kind.label}"') for kind in Milestone.SCHEME] == [1] * 6
    assert 'value="2015-12-31"' in page
    assert not task.milestones.exists()


def test_a_decision_ticks_its_step_when_the_meeting_is_settled(scheme, meeting, office, sign_in):
    step = scheme.milestones.get(kind="STEERED")
    form = {"key": "1" * 32, "text": "审议通过", "kind": "DECISION", "milestone": step.pk}
    desk = sign_in(office)
    assert "已记下" in desk.post(f"/occasions/{meeting.pk}/note/", form, follow=True).content.decode()
    step.refresh_from_db()
    assert step.done_on is None
    settle_occasion(meeting, office)
    step.refresh_from_db()
    assert step.done_on == D(2015, 10, 20)
    event = scheme.events.last()
    assert (event.verb, event.note) == ("节点完成", "领导小组第三次会议第1件")
    page = desk.get("/schemes/").content.decode()
    assert f'<a href="/occasions/{meeting.pk}/"><span class="tone-text tone-good">✓ 10-20</span></a>' in page


def test_only_the_plans_office_says_that_a_step_is_done(scheme, plan, inspector, outsider, sign_in):
    held = plan_occasion(plan, inspector, "MEETING", month=D(2015, 10, 1), title="督查会", held_on=D(2015, 10, 20))
    assert "完成改革方案的哪一步" not in sign_in(inspector).get(f"/occasions/{held.pk}/note/").content.decode()
    step = scheme.milestones.get(kind="STEERED")
    item = note_finding(held, inspector, key="1" * 32, stop=None, text="x", kind="DECISION")
    item.milestone = step
    item.save()
    with pytest.raises(Refusal, match="由方案主管办公室定结论"):
        settle_occasion(held, inspector)
    held.refresh_from_db()
    assert held.status == "HELD"


def test_a_step_that_is_done_keeps_its_day(scheme, office):
    step = scheme.milestones.get(kind="SURVEYED")
    tick_milestone(step, office, done_on=D(2015, 10, 20), note="x")
    step.refresh_from_db()
    assert step.done_on == D(2015, 4, 28)


def test_which_stands_where(scheme, make_task, plan, office, water, sign_in, reporter):
    other = make_task(plan, 44, water)
    set_milestones(other, [("实施", D(2015, 11, 1), D(2015, 10, 1), 1)], office)
    make_task(plan, 45, water)
    page = sign_in(reporter).get("/schemes/").content.decode()
    for words in ("共 <b>2</b> 个方案", "待领导小组审议 <b>1</b>", "已实施 <b>1</b>", "逾期19天", "✓ 04-28"):
        assert words in page
    assert "第45项改革任务" not in page
    assert "没有显示任何内容" in sign_in(reporter).get("/schemes/?plan=0").content.decode()


@pytest.mark.parametrize("more", [0, 3])
def test_the_page_asks_a_fixed_number_of_questions(
    more, scheme, make_task, plan, office, sign_in, django_assert_num_queries
):
    for number in range(more):
        set_milestones(make_task(plan, 50 + number, office.unit), STEPS, office)
    desk = sign_in(office)
    desk.get("/schemes/")
    with django_assert_num_queries(SCHEMES):
        desk.get("/schemes/")
