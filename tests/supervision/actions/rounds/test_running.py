"""A round opened, computed and led from step to step by its office."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from kit import clock
from kit.refusal import Already, Conflict, Refusal
from supervision.actions.rounds.publishing import publish
from supervision.actions.rounds.running import ask_marks, ask_self, compute, drop, open_round, show
from supervision.models import Round, RoundEvent, Subject
from tests.supervision.rounds import JULY, mark_all, scheme, score, trial
from units.models import Notice

__all__ = ["scheme", "trial"]
D = datetime.date


def test_a_trial_holds_every_subject_under_its_name(trial, town):
    rows = Subject.objects.filter(round=trial)
    assert [each.name for each in rows.order_by("pk")] == ["县民政局", "县人社局", "县水利局", "朱亭镇"]
    assert rows.get(unit=town).is_outside
    assert (trial.status, trial.until, trial.edition) == ("TRIAL", D(2015, 9, 1), 0)
    assert RoundEvent.objects.filter(subject=trial, verb="发起").count() == 1


def test_the_same_months_are_opened_once(trial, scheme, office):
    with pytest.raises(Already, match="已经发起"):
        open_round(scheme, office, JULY)


def test_a_span_that_is_not_over_or_not_of_the_plan_is_refused(scheme, office):
    with pytest.raises(Refusal, match="要到2015年12月才满一期"):
        open_round(scheme, office, D(2015, 10, 1))
    with pytest.raises(Refusal, match="不全在方案年度内"):
        open_round(scheme, office, D(2015, 12, 1))
    scheme.items.filter(number=2).update(full=30)
    with pytest.raises(Refusal, match="各项满分合计90，不是100，差10分"):
        open_round(scheme, office, JULY)


@pytest.mark.parametrize("who", ["reporter", "head", "other_office", "inspector", "leader", "admin", "auditor"])
def test_only_the_scheme_s_office_runs_it(scheme, trial, cast, who):
    for act in (
        lambda by: open_round(scheme, by, D(2015, 4, 1)),
        lambda by: compute(trial, by),
        lambda by: drop(trial, by, reason="x"),
        lambda by: ask_self(trial, by, due=clock.today()),
        lambda by: ask_marks(trial, by, due=clock.today()),
        lambda by: show(trial, by),
        lambda by: publish(trial, by),
    ):
        with pytest.raises(PermissionDenied):
            act(cast[who])


def test_only_the_steps_its_scheme_names_in_their_order(trial, office):
    with pytest.raises(Refusal, match="考评现在是“试算”，按办法下一步是“自评”，不是“公示”"):
        show(trial, office)
    asked = ask_self(trial, office, due=D(2015, 10, 23))
    with pytest.raises(Refusal, match="按办法下一步是“评分”"):
        publish(asked, office)
    marking = ask_marks(asked, office, due=D(2015, 10, 26))
    assert RoundEvent.objects.filter(subject=trial, verb="请评分").get().note == "2015-10-26前；4家没有报送自评"
    with pytest.raises(Refusal, match="还有8个得分没有评定（基础工作、改革成效）"):
        show(marking, office)


def test_steps_that_a_scheme_has_not_are_skipped(scheme, office, inspector, civil, labour, water, town):
    scheme.steps = ["MARKING"]
    scheme.save()
    made = open_round(scheme, office, JULY)
    assert made.next_status == Round.Status.MARKING
    made = ask_marks(made, office, due=clock.today())
    assert made.next_status == Round.Status.PUBLISHED
    mark_all(made, office, inspector, dict.fromkeys((civil, labour, water, town), (50, 30)))
    assert publish(made, office).edition == 1


def test_asking_locks_the_scheme_and_tells_whom_it_asks(trial, office, reporter, scheme):
    asked = ask_self(trial, office, due=D(2015, 10, 23))
    scheme.refresh_from_db()
    assert scheme.is_locked
    told = Notice.objects.get(user=reporter)
    assert (told.title, told.body) == ("请自评：2015年三季度排名", "请在2015-10-23前报送自评。")
    again = ask_self(asked, office, due=D(2015, 10, 26))
    assert again.self_due == D(2015, 10, 26)
    with pytest.raises(Refusal, match="自评期限2015-10-19已经过去"):
        ask_self(again, office, due=D(2015, 10, 19))


def test_computing_again_keeps_what_people_gave(trial, office, inspector, civil, labour, water, town):
    ask_self(trial, office, due=clock.today())
    ask_marks(trial, office, due=clock.today())
    mark_all(trial, office, inspector, {civil: (50, 30), labour: (40, 20)})
    trial.refresh_from_db()
    done = compute(trial, office)
    assert RoundEvent.objects.filter(subject=trial, verb="重新试算").get().note == "没有变动"
    kept = score(trial, civil)
    assert (kept.hand, kept.hand_reason, kept.mark) == (50, "查阅台账", 50)
    assert Subject.objects.get(round=trial, unit=civil).total == 80
    with pytest.raises(Conflict):
        compute(done, office, seen_version=1)


def test_a_trial_forgets_who_is_compared_no_longer(trial, scheme, office, town):
    scheme.groups.get(name="乡镇").delete()
    compute(trial, office)
    assert not Subject.objects.filter(round=trial, unit=town).exists()


def test_a_trial_is_dropped_with_a_reason(trial, office):
    with pytest.raises(Refusal, match="为什么删去"):
        drop(trial, office, reason=" ")
    pk = trial.pk
    drop(trial, office, reason="月份选错")
    assert not Round.objects.filter(pk=pk).exists()
    assert RoundEvent.objects.filter(subject=pk, verb="删去").get().note == "月份选错"
