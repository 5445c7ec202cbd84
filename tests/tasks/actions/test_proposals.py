"""Self-chosen tasks of townships."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Refusal
from tasks.actions.proposals import decide_proposal, propose
from tasks.models import Task

DUE = datetime.date(2015, 11, 30)


@pytest.fixture
def proposal(plan, town, mayor):
    return propose(plan, town, mayor, short_title="古镇保护机制", text="探索古镇保护与旅游开发机制。", due_on=DUE)


def test_a_proposal_counts_for_nothing_until_accepted(proposal, office, plan):
    assert not Task.objects.in_force().exists()
    decide_proposal(proposal, office, accepted=True)
    assert Task.objects.in_force().get().status == "NOT_STARTED"
    assert [event.verb for event in proposal.events.all()] == ["提出自选任务", "采纳自选任务"]


def test_declining_needs_a_reason(proposal, office):
    with pytest.raises(Refusal, match="写明原因"):
        decide_proposal(proposal, office, accepted=False)
    decide_proposal(proposal, office, accepted=False, note="与第41项重复")
    assert Task.objects.get().decision_note == "与第41项重复"


def test_it_is_decided_once(proposal, office):
    decide_proposal(proposal, office, accepted=True)
    with pytest.raises(Refusal, match="不用再受理"):
        decide_proposal(proposal, office, accepted=False, note="迟到")


def test_only_townships_propose_and_only_the_office_decides(proposal, plan, reporter, civil, other_office, town):
    with pytest.raises(PermissionDenied):
        propose(plan, civil, reporter, short_title="县直单位", text="不能自选", due_on=DUE)
    with pytest.raises(PermissionDenied):
        propose(plan, town, reporter, short_title="替人提出", text="不能", due_on=DUE)
    with pytest.raises(PermissionDenied):
        decide_proposal(proposal, other_office, accepted=True)


def test_who_sees_a_proposal(proposal, cast, mayor):
    seen = {name for name, user in cast.items() if Task.objects.visible_to(user).exists()}
    assert seen == {"office", "leader", "inspector"}
    assert Task.objects.visible_to(mayor).exists()


def test_the_time_of_an_accepted_task_runs_from_that_day(proposal, office, at):
    at("2015-10-20 10:00")
    task = decide_proposal(proposal, office, accepted=True)
    judged = task.judgement(datetime.date(2015, 10, 20))
    assert (task.starts_on, judged.light.value) == (datetime.date(2015, 10, 20), "GREEN")
    assert Task.objects.with_light(datetime.date(2015, 10, 20)).get().light_now == "GREEN"


def test_a_task_accepted_after_its_due_day_keeps_its_days_in_order(proposal, office, at):
    at("2015-12-05 10:00")
    task = decide_proposal(proposal, office, accepted=True)
    assert task.starts_on == task.due_on == DUE
