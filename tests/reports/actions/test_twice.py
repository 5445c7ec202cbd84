"""The same wish twice: it happens once, and the second press is told kindly by whom and when it did."""

import datetime

import pytest
from django.db.models import F

from kit import clock
from kit.refusal import Already, Conflict, Refusal
from portal.actions.loading import undo_load
from reports.actions.concessions import extend_many
from reports.actions.periods import exempt, extend, revoke_exemption
from reports.actions.proposals import decide_task, propose_task
from reports.actions.reminders import urge
from reports.actions.review import accept, accept_many, decide, receive_paper, reopen, return_report
from reports.actions.writing import hand_back, sign, submit, withdraw
from reports.models import ReportEvent
from tasks.actions.loads import load_reading
from units.models import Notice

REASON = {"reason": "数据不清"}


@pytest.fixture
def signing(report, fill, reporter, civil):
    """A report that waits for the head's signature."""
    civil.head_signs = True
    civil.save()
    return submit(fill(report), reporter)


@pytest.fixture
def filed(report, fill, reporter):
    return submit(fill(report), reporter)


@pytest.fixture
def accepted(filed, office):
    return accept(filed, office)


VERBS = {
    "提交审签": ("signing", "reporter", submit),
    "审签并报送": ("signing", "head", sign),
    "审签未通过": ("signing", "head", lambda *who, **seen: hand_back(*who, **REASON, **seen)),
    "报送": ("filed", "reporter", submit),
    "撤回": ("filed", "reporter", withdraw),
    "审核通过": ("filed", "office", accept),
    "退回": ("filed", "office", lambda *who, **seen: return_report(*who, **REASON, **seen)),
    "重新打开并退回": ("accepted", "office", lambda *who, **seen: reopen(*who, **REASON, **seen)),
    "批准免报": ("report", "office", lambda *who, **seen: exempt(*who, **REASON, **seen)),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_second_press_is_told_who_did_it_when(verb, cast, request):
    stage, who, act = VERBS[verb]
    report, by = request.getfixturevalue(stage), cast[who]
    seen = {} if act is submit else {"seen_version": report.version}
    if verb not in ("提交审签", "报送"):
        act(report, by, **seen)
    written = ReportEvent.objects.count()
    with pytest.raises(Already) as told:
        act(report, by, **seen)
    assert f"{by.signature}已于10月20日 10:00:00“{verb}”，没有重复办理。" in str(told.value)
    assert ReportEvent.objects.count() == written


def test_more_time_until_the_same_moment_is_given_once(report, office, at):
    at("2015-10-20 10:00:01")
    until = clock.end_of(datetime.date(2015, 11, 4))
    extend(report, office, until=until, **REASON)
    with pytest.raises(Already, match="批准宽限"):
        extend(report, office, until=until, **REASON)
    with pytest.raises(Refusal, match="须晚于"):
        extend(report, office, until=until - datetime.timedelta(days=1), **REASON)


def test_an_exemption_is_taken_back_once(report, office):
    exempt(report, office, **REASON)
    revoke_exemption(report, office, **REASON)
    with pytest.raises(Already, match="取消免报"):
        revoke_exemption(report, office, **REASON)


def test_the_paper_of_what_was_filed_is_received_once(filed, office, reporter, fill):
    receive_paper(filed, office)
    with pytest.raises(Already, match="纸质件已收"):
        receive_paper(filed, office)
    again = submit(fill(withdraw(filed, reporter), done="改过。"), reporter)
    receive_paper(again, office)
    receive_paper(again, office, received=False)
    with pytest.raises(Already, match="取消纸质件已收"):
        receive_paper(again, office, received=False)


def test_another_reason_or_another_wish_is_no_second_press(filed, office):
    return_report(filed, office, **REASON)
    with pytest.raises(Conflict):
        return_report(filed, office, reason="还缺附件", seen_version=filed.version)
    with pytest.raises(Conflict):
        accept(filed, office, seen_version=filed.version)


def test_who_accepts_with_words_of_their_own_is_told_that_they_are_not_taken(filed, entry, office):
    seen = filed.version
    decide(filed, office, accepted=True, remarks=[(entry, "", "好。", False)], seen_version=seen)
    with pytest.raises(Already):
        decide(filed, office, accepted=True, remarks=[(entry, "", "好。", False)], seen_version=seen)
    with pytest.raises(Conflict):
        decide(filed, office, accepted=True, remarks=[(entry, "", "有疑问。", False)], seen_version=seen)


def test_of_several_accepted_at_once_the_others_are_accepted_all_the_same(accepted, office):
    done, told = accept_many([(accepted, accepted.version - 1)], office)
    assert (done, "没有重复办理" in str(told[0][1])) == ([], True)


def test_of_several_with_more_time_those_that_have_it_keep_none_of_the_others_from_it(period, report, office):
    until = clock.end_of(datetime.date(2015, 11, 4))
    extend(report, office, until=until, **REASON)
    extend_many(list(period.reports.all()), office, until=until, **REASON)
    assert {each.due_at for each in period.reports.all()} == {until}
    with pytest.raises(Already, match="批准宽限"):
        extend_many(list(period.reports.all()), office, until=until, **REASON)


def test_a_document_is_written_and_taken_back_once(settled, office):
    load_reading(settled, office)
    with pytest.raises(Already, match="写入方案"):
        load_reading(settled, office)
    undo_load(settled, office, reason="导错了")
    with pytest.raises(Already, match="撤销导入"):
        undo_load(settled, office, reason="导错了")


def test_a_proposal_is_made_and_decided_once(plan, make_unit, make_user, office):
    town = make_unit("渌口镇", "TOWNSHIP")
    by = make_user("lukou", "REPORTER", town)
    words = {"short_title": "推行河长制试点", "text": "在两个村试行。", "due_on": plan.ends_on}
    task = propose_task(plan, town, by, **words)
    with pytest.raises(Already, match="提出自选任务"):
        propose_task(plan, town, by, **words)
    decide_task(task, office, accepted=True)
    with pytest.raises(Already, match="采纳自选任务"):
        decide_task(task, office, accepted=True)
    with pytest.raises(Refusal, match="不用再受理"):
        decide_task(task, office, accepted=False, note="重复")


def test_chasing_twice_within_a_minute_is_chasing_once(period, office, reporter, co_reporter, report, at):
    assert len(urge([report], office)) == 1
    assert [each.unit.name for each in urge(period.reports.all(), office)] == ["县人社局"]
    with pytest.raises(Already, match="李审核已于10:00:00催报了2个单位，没有重复发送。"):
        urge(period.reports.all(), office)
    assert Notice.objects.filter(key__startswith="urge:").count() == 2
    at("2015-10-20 10:01:01")
    assert len(urge(period.reports.all(), office)) == 2


def test_what_was_filed_by_the_other_press_is_on_record(report, fill, reporter, sign_in, entry):
    """Two workers: this press was drawn before the other one filed, and arrives after it with the same words."""
    fill(report)
    page = sign_in(reporter)
    drawn = page.get("/month/2015-10/").context["sheets"][0].lines[0].form
    assert drawn.entry == entry
    submit(report, reporter)
    answer = page.post("/month/2015-10/", {"act": f"submit:{report.pk}"}, follow=True)
    assert [str(each) for each in answer.context["messages"]] == [
        f"{report}：县民政局 刘填报已于10月20日 10:00:00“报送”，没有重复办理。"
    ]


@pytest.mark.parametrize("words", ["完成招标。", "另一种说法。"])
def test_words_that_the_other_press_saved_are_not_told_as_lost(report, fill, reporter, sign_in, entry, words):
    page, prefix = sign_in(reporter), f"e{entry.pk}"
    seen = page.get("/month/2015-10/").context["sheets"][0].lines[0].seen
    fill(report, done="完成招标。")
    report.entries.update(version=F("version"))
    submit(report, reporter)
    answer = page.post(
        "/month/2015-10/", {f"{prefix}-seen": seen, f"{prefix}-done": words, "act": "submit"}, follow=True
    )
    assert ("没有保存" in answer.content.decode()) == (words != "完成招标。")
