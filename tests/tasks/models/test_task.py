"""What is true of tasks as rows: finding them, their order by light, the moves of their status."""

import contextlib
import datetime

import pytest

from kit.refusal import Refusal
from tasks.actions.progress import accept_progress
from tasks.actions.proposals import decide_proposal, take_back
from tasks.models import Responsibility, Task
from tests.conftest import OCTOBER

Status = Task.Status


@pytest.mark.parametrize("word", ["45", "第45项", "４５", "45号"])
def test_a_number_as_people_say_it(word, plan, make_task):
    make_task(plan, 45)
    make_task(plan, 4, text="第45项以外的任务。")
    assert [task.number for task in Task.objects.numbered(word)] == ["45"]


@pytest.mark.parametrize("word", ["(一)", "（一）", "一"])
def test_a_bracketed_number_in_either_width(word, law_plan, make_task):
    make_task(law_plan, "(一)")
    make_task(law_plan, "(十一)")
    assert [task.number for task in Task.objects.numbered(word)] == ["(一)"]


@pytest.mark.parametrize("word", ["养老", "集中供养", "jtj", "县民政局", "mzj", "minzheng", "养老 民政局", "第45项"])
def test_a_task_is_found(word, plan, make_task, civil, labour):
    make_task(plan, 45, civil, short_title="农村集体经济", text="开展农村集中供养、集中养老试点。")
    make_task(plan, 46, labour, short_title="公立医院改革", text="深化县级公立医院改革。")
    assert [task.number for task in Task.objects.search(word)] == ["45"]


def test_every_word_must_be_found(plan, make_task, civil):
    make_task(plan, 1, civil, text="商事登记")
    assert not Task.objects.search("商事 养老").exists()


def test_worst_first(plan, make_task, civil):
    for number, progress in ((1, 75), (2, 100), (3, 5), (4, 60)):
        make_task(plan, number, civil, progress=progress, status="DONE" if progress == 100 else "ONGOING")
    make_task(plan, 5, civil, pace="YEAR_END")
    rows = Task.objects.by_light().order_by("severity")
    assert [task.number for task in rows] == ["3", "4", "1", "5", "2"]


def test_lights_are_counted_by_a_key(plan, law_plan, make_task, civil):
    make_task(plan, 1, civil, progress=75)
    make_task(plan, 2, civil, progress=5)
    make_task(law_plan, 3, progress=5)
    assert Task.objects.light_counts("plan") == {plan.pk: {"GREEN": 1, "RED": 1}, law_plan.pk: {"RED": 1}}


def move(task, status, office, township):
    """Try to bring ``task`` to ``status`` by every action that could do so; refusals are answers."""
    progress = {Status.NOT_STARTED: 0, Status.ONGOING: 40, Status.DONE: 100}.get(status)
    decided = {Status.NOT_STARTED: True, Status.DECLINED: False}.get(status)
    with contextlib.suppress(Refusal):
        if progress is not None:
            accept_progress(task, progress, OCTOBER, office)
    with contextlib.suppress(Refusal):
        if decided is not None:
            decide_proposal(task, office, accepted=decided, note="意见")
    with contextlib.suppress(Refusal):
        if status == Status.WITHDRAWN:
            take_back(task, township)


# Only key projects are taken off the list: tests/tasks/actions/test_projects.py.
LISTED = [status for status in Status if status != Status.STOPPED]
SQUARE = [(old, new) for old in LISTED for new in LISTED if old != new]


@pytest.mark.parametrize(("old", "new"), SQUARE)
def test_the_square_of_moves(old, new, plan, make_task, make_unit, make_user, office):
    progress = {Status.ONGOING: 40, Status.DONE: 100}.get(old, 0)
    township = make_user("lukou", "REPORTER", make_unit("渌口镇", "TOWNSHIP"))
    task = make_task(plan, 1, township.unit, status=old, progress=progress, origin="SELF_CHOSEN")
    move(task, new, office, township)
    after = Task.objects.get().status
    assert (after == new) is (new in Task.MOVES[old])


def test_what_a_township_chose_for_a_year(plan, make_task, civil, labour):
    chosen = {"origin": "SELF_CHOSEN"}
    make_task(plan, 1, civil, status="PROPOSED", **chosen)
    make_task(plan, 2, civil, status="ONGOING", **chosen)
    make_task(plan, 3, civil, status="DECLINED", **chosen)
    make_task(plan, 4, labour, [civil], **chosen)
    make_task(plan, 5, civil)
    assert {task.number for task in Task.objects.chosen_by(civil.pk, 2015)} == {"1", "2"}
    assert not Task.objects.chosen_by(civil.pk, 2016).exists()


def test_overdue_from_the_day_after(plan, make_task, at):
    task = make_task(plan, 1, due_on=datetime.date(2015, 10, 20))
    assert task.is_overdue is False
    at("2015-10-21 00:00")
    assert task.is_overdue is True


def test_names_stand_in_the_order_printed_without_the_units(
    plan, make_task, civil, labour, water, django_assert_num_queries
):
    task, nobodys = make_task(plan, 1, civil, [water, labour]), make_task(plan, 2)
    with django_assert_num_queries(1):
        names = Responsibility.objects.names_of([task, nobodys])
    assert names == {task.pk: [(True, civil.name), (False, water.name), (False, labour.name)]}
