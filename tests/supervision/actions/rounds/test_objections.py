"""A unit disputes a mark until a day; who gave it answers, and the result follows."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from kit import clock
from kit.refusal import Already, Refusal
from supervision.actions.rounds.objections import answer_objection, object_to, what_if
from supervision.actions.rounds.publishing import publish
from supervision.actions.rounds.running import ask_marks, ask_self, show
from supervision.models import Subject
from tests.supervision.rounds import D, mark_all, scheme, score, subject, trial
from units.models import Notice

__all__ = ["scheme", "trial"]
SAID = {"text": "二季度台账没有算", "wanted": "应为60，台账已补交"}


@pytest.fixture
def notice(trial, office, inspector, civil, labour, water, town):
    ask_self(trial, office, due=clock.today())
    marking = ask_marks(trial, office, due=clock.today())
    mark_all(marking, office, inspector, {civil: (40, 20), labour: (50, 30), water: (45, 20), town: (60, 40)})
    return show(marking, office)


def test_it_is_told_to_who_gave_the_mark_and_only_one_waits(notice, civil, reporter, head, inspector):
    made = object_to(score(notice, civil), reporter, **SAID)
    assert (
        Notice.objects.get(user=inspector, url=f"/assessment/objections/{made.pk}/").title
        == "县民政局对“基础工作”提出异议"
    )
    with pytest.raises(Already, match="刘填报10月20日 10:00已就这一项提出异议"):
        object_to(score(notice, civil), head, **SAID)


def test_after_the_day_a_sentence_names_it(notice, civil, reporter, at):
    assert notice.objections_until == D(2015, 10, 23)
    at("2015-10-23 23:59:59")
    object_to(score(notice, civil), reporter, **SAID)
    at("2015-10-24 00:00:00")
    with pytest.raises(Refusal, match="异议应在2015-10-23前提出，现已超过"):
        object_to(score(notice, civil, 2), reporter, **SAID)


def test_before_anything_is_shown_there_is_nothing_to_dispute(trial, civil, reporter):
    with pytest.raises(Refusal, match="考评现在是“试算”，现在不能提异议"):
        object_to(score(trial, civil), reporter, **SAID)


@pytest.mark.parametrize("who", ["co_reporter", "office", "inspector", "leader", "admin"])
def test_nobody_objects_for_another(notice, civil, cast, who):
    with pytest.raises(PermissionDenied):
        object_to(score(notice, civil), cast[who], **SAID)


@pytest.mark.parametrize("who", ["reporter", "office", "other_office", "leader"])
def test_only_who_marks_answers(notice, civil, reporter, cast, who):
    made = object_to(score(notice, civil), reporter, **SAID)
    with pytest.raises(PermissionDenied):
        answer_objection(made, cast[who], granted=False, note="x")


def test_granted_it_changes_mark_total_and_rank_as_was_shown(notice, civil, reporter, inspector):
    made = object_to(score(notice, civil), reporter, **SAID)
    assert what_if(score(notice, civil), Decimal(60)) == (Decimal("80.00"), 1)
    assert subject(notice, civil).total == 60
    with pytest.raises(Refusal, match="请写明改为多少分"):
        answer_objection(made, inspector, granted=True, note="核实")
    with pytest.raises(Refusal, match="61分超过满分60分"):
        answer_objection(made, inspector, granted=True, note="核实", mark=Decimal(61))
    answer_objection(made, inspector, granted=True, note="核实，已补交", mark=Decimal(60))
    now = subject(notice, civil)
    assert (now.total, now.rank, score(notice, civil).hand_reason) == (80, 1, "核实，已补交")
    assert Notice.objects.get(user=reporter, title="异议成立：基础工作").body == "核实，已补交"
    with pytest.raises(Already, match="这件异议已由孙督查答复“成立”"):
        answer_objection(made, inspector, granted=False, note="x")


def test_denied_it_says_why_and_changes_nothing(notice, civil, reporter, inspector):
    made = object_to(score(notice, civil), reporter, **SAID)
    with pytest.raises(Refusal, match="请写明答复的理由"):
        answer_objection(made, inspector, granted=False, note=" ")
    answer_objection(made, inspector, granted=False, note="逾期补交不算")
    assert (subject(notice, civil).total, made.__class__.objects.get().answer) == (60, "DENIED")
    assert Subject.objects.get(round=notice, unit=civil).rank == 3


def test_nothing_is_published_while_a_dispute_waits_or_the_notice_lasts(notice, civil, reporter, office, inspector, at):
    made = object_to(score(notice, civil), reporter, **SAID)
    with pytest.raises(Refusal, match="还有1件异议没有答复"):
        publish(notice, office)
    answer_objection(made, inspector, granted=False, note="x")
    with pytest.raises(Refusal, match="公示到2015-10-23为止，第二天起才能公布"):
        publish(notice, office)
    at("2015-10-24 08:00:00")
    assert publish(notice, office).edition == 1
