"""Marks by hand: who gives them, beside what, never above full, and two at once."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from kit import clock
from kit.refusal import Conflict, Refusal
from supervision.actions.rounds.marking import give_marks, give_panel_marks
from supervision.actions.rounds.running import ask_marks, ask_self, compute
from supervision.models import RoundEvent, SchemeItem, Subject
from tests.supervision.rounds import mark_all, scheme, score, trial

__all__ = ["scheme", "trial"]


@pytest.fixture
def marking(trial, office):
    ask_self(trial, office, due=clock.today())
    return ask_marks(trial, office, due=clock.today())


@pytest.fixture
def basic(scheme):
    return scheme.items.get(number=1)


def test_a_mark_stands_with_its_reason_and_the_totals_follow(marking, basic, inspector, civil):
    own = score(marking, civil)
    assert give_marks(marking, inspector, basic, [(own, Decimal("55.5"), "缺一份台账", own.version)]) == 1
    own = score(marking, civil)
    assert (own.mark, own.hand_by, own.hand_reason) == (Decimal("55.50"), inspector, "缺一份台账")
    assert Subject.objects.get(round=marking, unit=civil).total == Decimal("55.50")
    event = RoundEvent.objects.filter(subject=marking, verb="评分").get()
    assert event.changes == {"县民政局·基础工作": ["", "55.5"]}


@pytest.mark.parametrize(
    ("mark", "reason", "told"),
    [
        ("60.01", "x", "县民政局：60.01分超过满分60分"),
        ("-1", "x", "得分不能小于0"),
        ("10", " ", "县民政局：请写明评定的理由"),
    ],
)
def test_what_is_not_well_given_is_refused_and_nothing_of_it_kept(
    marking, basic, inspector, civil, labour, mark, reason, told
):
    given = [(score(marking, labour), Decimal(10), "好", None), (score(marking, civil), Decimal(mark), reason, None)]
    with pytest.raises(Refusal, match=told):
        give_marks(marking, inspector, basic, given)
    assert score(marking, labour).mark is None


def test_two_scorers_at_once_one_wins_and_the_other_is_told(marking, basic, inspector, civil):
    seen = score(marking, civil)
    give_marks(marking, inspector, basic, [(seen, Decimal(50), "先", seen.version)])
    with pytest.raises(Conflict, match=r"孙督查已于10月20日 10:00:00评定为50分（先）。请核对后再评"):
        give_marks(marking, inspector, basic, [(seen, Decimal(40), "后", seen.version)])
    assert score(marking, civil).mark == 50


@pytest.mark.parametrize("who", ["reporter", "head", "office", "other_office", "leader", "admin", "auditor"])
def test_only_the_scoring_unit_marks_its_item(marking, basic, cast, civil, who):
    with pytest.raises(PermissionDenied):
        give_marks(marking, cast[who], basic, [(score(marking, civil), Decimal(1), "x", None)])


def test_nobody_marks_before_or_after_the_step(trial, basic, inspector, civil):
    with pytest.raises(Refusal, match="考评现在是“试算”，现在不评分"):
        give_marks(trial, inspector, basic, [(score(trial, civil), Decimal(1), "x", None)])


def test_what_does_not_apply_is_made_up_for_by_the_others_and_stays_so(marking, basic, office, inspector, civil):
    mark_all(marking, office, inspector, {civil: (0, 30)})
    give_marks(marking, inspector, basic, [(score(marking, civil), None, "没有此项职责", None)])
    assert Subject.objects.get(round=marking, unit=civil).total == 75
    marking.refresh_from_db()
    compute(marking, office)
    own = score(marking, civil)
    assert (own.applies, own.mark, own.hand_reason) == (False, None, "没有此项职责")
    assert Subject.objects.get(round=marking, unit=civil).total == 75


def test_ranks_are_by_group_and_ties_share_one(marking, office, inspector, civil, labour, water, town):
    mark_all(marking, office, inspector, {civil: (50, 30), labour: (40, 40), water: (30, 30), town: (60, 40)})
    told = {
        each.name: (each.total, each.rank, each.is_low, each.grade) for each in Subject.objects.filter(round=marking)
    }
    assert told == {
        "县民政局": (80, 1, False, "合格"),
        "县人社局": (80, 1, False, "合格"),
        "县水利局": (60, 3, True, "合格"),
        "朱亭镇": (100, None, False, "优秀"),
    }


def test_a_panel_waits_for_all_its_seats_and_weighs_them(scheme, trial, office, inspector, civil):
    SchemeItem.objects.filter(scheme=scheme, number=1).update(
        way="PANEL", params={"seats": {"代表": "70", "企业": "30"}}
    )
    ask_self(trial, office, due=clock.today())
    marking = ask_marks(trial, office, due=clock.today())
    item, own = SchemeItem.objects.get(scheme=scheme, number=1), score(marking, civil)
    give_panel_marks(marking, inspector, item, [(own, "代表", Decimal(50), "", own.version)])
    assert (score(marking, civil).mark, score(marking, civil).hand_reason) == (None, "等企业评分")
    give_panel_marks(marking, inspector, item, [(own, "企业", Decimal(40), "", None)])
    assert score(marking, civil).mark == Decimal("47.00")
    with pytest.raises(Refusal, match="办法里没有“局长”这个评委"):
        give_panel_marks(marking, inspector, item, [(own, "局长", Decimal(1), "", None)])
    marking.refresh_from_db()
    compute(marking, office)
    assert score(marking, civil).mark == Decimal("47.00")
