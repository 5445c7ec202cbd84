"""The rules of the offices' calendar and what meets them: records of all floors, never a state of its own."""

import datetime
import json

import pytest
from django.core.exceptions import PermissionDenied

from kit import clock
from kit.carriers import carriers
from kit.refusal import Already, Refusal
from reports.actions.periods import close_period, open_period
from supervision.actions.directives.checking import close
from supervision.actions.directives.drafting import draft
from supervision.actions.meetings import hold_meeting
from supervision.actions.rhythms import SHIPPED, drop_rhythm, keep_rhythm, lay_down, note_duty, withdraw_note
from supervision.dashboard.rhythm import Calendar, rate_of, rhythms_of
from supervision.models import Paper, Rhythm, RhythmEvent, RhythmNote, Round, Scheme
from supervision.rhythm import State
from supervision.tables.archived import BOOKS
from tasks.models import Plan, Responsibility
from tests.supervision.directives import bring_to, hand_down
from tests.supervision.second_half import one_of_each
from units.models import Unit

D = datetime.date
MONTHLY = {"title": "一月一调度", "record": "DISPATCH", "months": [8, 9, 10, 11], "length": 1, "who": "ACTIONS"}


@pytest.fixture
def dispatching(programme, owner):
    return keep_rhythm(programme, owner, **MONTHLY)


@pytest.fixture
def states(owner):
    """{unit's name: state} of one rule's period, as the calendar says it today."""

    def ask(rhythm, month, user=owner):
        calendar = Calendar(user, rhythms_of(user).filter(pk=rhythm.pk))
        return {duty.unit.name: duty.state for duty in calendar.duties if duty.span.number == month}

    return ask


def test_a_month_is_met_by_the_meeting_that_stands_for_it(dispatching, programme, owner, lead, first, states, at):
    at("2015-09-15 10:00")
    hold_meeting(programme, lead, D(2015, 9, 1), action=first)
    at("2015-10-20 10:00")
    september = states(dispatching, 9)
    assert (len(september), september["县发改局"], september["县重点办"]) == (7, State.DONE, State.MISSED)
    assert set(states(dispatching, 10).values()) == {State.WAITING}
    assert set(states(dispatching, 11).values()) == {State.COMING}
    hold_meeting(programme, lead, D(2015, 8, 1), action=first)
    assert states(dispatching, 8)["县发改局"] is State.LATE
    calendar = Calendar(owner, rhythms_of(owner))
    assert str(rate_of(calendar.duties)) == "2/14 = 14.3%"


def test_who_leads_the_action_is_met_by_a_meeting_the_office_ran(dispatching, programme, owner, first, states):
    hold_meeting(programme, owner, D(2015, 10, 1), action=first)
    assert states(dispatching, 10)["县发改局"] is State.DONE
    hold_meeting(programme, owner, D(2015, 10, 1))
    assert states(dispatching, 10)["县重点办"] is State.WAITING


def test_a_meeting_that_is_only_planned_meets_nothing(dispatching, programme, lead, first, states):
    meeting = hold_meeting(programme, lead, D(2015, 10, 1), action=first)
    type(meeting).objects.filter(pk=meeting.pk).update(status="PLANNED")
    assert states(dispatching, 10)["县发改局"] is State.WAITING


def test_a_closed_month_and_an_issued_plan_meet_theirs(plan, office, task, states, at):
    Plan.objects.filter(pk=plan.pk).update(issued_on=D(2015, 3, 18), document_number="株县办〔2015〕4号")
    gathered = keep_rhythm(plan, office, title="月报汇总", record="PERIOD", months=[9], due_day=15, due_next=True)
    issued = keep_rhythm(plan, office, title="制订方案", record="PLAN", months=[3], length=3)
    at("2015-09-10 10:00")
    period = open_period(plan, D(2015, 9, 1))
    at("2015-10-16 10:00")
    assert states(gathered, 9, office) == {plan.office.name: State.MISSED}
    close_period(period, office)
    assert states(gathered, 9, office) == {plan.office.name: State.LATE}
    assert states(issued, 3, office) == {plan.office.name: State.DONE}


def test_what_was_done_elsewhere_counts_once_it_is_noted(programme, owner, states):
    ranking = keep_rhythm(programme, owner, title="一季一排名", record="RANKING", months=[9], length=3)
    assert states(ranking, 9) == {"县项目突破年办": State.MISSED}
    note_duty(ranking, owner, ranking.spans[0], programme.office, text="株项突〔2015〕9号", done_on=D(2015, 9, 28))
    assert states(ranking, 9) == {"县项目突破年办": State.DONE}
    assert Calendar(owner, rhythms_of(owner)).duties[0].words == "登记：株项突〔2015〕9号"


def test_papers_schemes_and_rounds_meet_theirs_once_they_are_out(programme, owner, civil, states):
    """A draft, a paper taken back and a round on trial meet nothing."""
    kept = {
        key: keep_rhythm(programme, owner, title=key, record=key, months=[9], length=3)
        for key in ("BULLETIN", "APPRAISAL", "MEDIA", "SUMMARY", "SCHEME", "RANKING", "ASSESSMENT")
    }
    made = one_of_each(programme, programme.office, owner, programme.tasks.first())
    paper = Paper.objects.filter(pk=made["papers"])
    printed = {"month": D(2015, 7, 1), "until": D(2015, 9, 1), "signed_at": clock.now(), "number": 1}
    kinds = {"BULLETIN": "BULLETIN", "APPRAISAL": "RANKING", "MEDIA": "MEDIA", "SUMMARY": "SUMMARY"}

    def met():
        return {key for key, rule in kept.items() if states(rule, 9) != {"县项目突破年办": State.MISSED}}

    assert met() == set()
    for key, kind in kinds.items():
        paper.update(kind=kind, status="PRINTED", **printed)
        assert met() == {key}
        paper.update(status="WITHDRAWN")
        assert met() == set()
    Scheme.objects.filter(pk=made["schemes"]).update(locked_at=clock.start_of(D(2015, 9, 28)))
    assert met() == {"SCHEME"}
    Round.objects.filter(pk=made["rounds"]).update(status="PUBLISHED", published_at=clock.now())
    assert met() == {"SCHEME", "RANKING"}
    Scheme.objects.filter(pk=made["schemes"]).update(purpose="ASSESSMENT")
    assert met() == {"SCHEME", "ASSESSMENT"}
    assert states(kept["ASSESSMENT"], 9) == {"县项目突破年办": State.LATE}


def test_what_is_noted_by_hand_leaves_a_trace_and_can_be_taken_back(dispatching, owner, lead, states, civil):
    span, unit = dispatching.spans[1], Unit.objects.get(name="县发改局")
    with pytest.raises(Refusal, match="办理日期须在2015-09-01以后，不晚于今天"):
        note_duty(dispatching, lead, span, unit, text="在现场开的", done_on=D(2015, 10, 21))
    with pytest.raises(Refusal, match="这一期没有这件事"):
        note_duty(dispatching, owner, span, civil, text="不办")
    note_duty(dispatching, lead, span, unit, text="并入县委督查，不另开")
    assert states(dispatching, 9)["县发改局"] is State.WAIVED
    with pytest.raises(Already, match="没有重复登记"):
        note_duty(dispatching, lead, span, unit, text="并入县委督查，不另开")
    note_duty(dispatching, lead, span, unit, text="在现场开的", done_on=D(2015, 9, 30))
    assert states(dispatching, 9)["县发改局"] is State.DONE
    withdraw_note(RhythmNote.objects.get(), lead)
    assert states(dispatching, 9)["县发改局"] is State.MISSED
    verbs = list(RhythmEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["新增规则", "登记不办", "登记已办", "撤回登记"]
    assert RhythmEvent.objects.get(verb="登记已办").changes["办理日期"] == ["不办", "2015-09-30"]


def test_who_may_note_and_who_may_change_rules(
    dispatching, programme, owner, lead, other_lead, inspector, leader, make_user
):
    span, unit = dispatching.spans[1], Unit.objects.get(name="县发改局")
    for somebody in (other_lead, inspector, leader):
        with pytest.raises(PermissionDenied):
            note_duty(dispatching, somebody, span, unit, text="x")
    for somebody in (lead, other_lead, inspector, leader):
        with pytest.raises(PermissionDenied):
            keep_rhythm(programme, somebody, rhythm=dispatching, **MONTHLY)
        with pytest.raises(PermissionDenied):
            drop_rhythm(dispatching, somebody)
        with pytest.raises(PermissionDenied):
            lay_down(programme, somebody)
    note_duty(dispatching, owner, span, unit, text="代为登记", done_on=D(2015, 9, 3))
    named = keep_rhythm(
        programme, owner, title="督查", record="INSPECTION", months=[9], who="NAMED", units=[inspector.unit]
    )
    note_duty(named, inspector, named.spans[0], inspector.unit, text="两办督查", done_on=D(2015, 9, 3))


def test_a_rule_is_changed_on_record_and_dropped_unless_something_was_noted(dispatching, programme, owner):
    changed = keep_rhythm(
        programme, owner, rhythm=dispatching, seen_version=1, **MONTHLY | {"months": [9, 10], "due_day": 5}
    )
    assert RhythmEvent.objects.get(verb="修改规则").changes == {
        "周期": ["8月至11月每月", "9月、10月"],
        "期限": ["当月底前", "当月5日前"],
    }
    with pytest.raises(Refusal, match="刚刚有人改过"):
        keep_rhythm(programme, owner, rhythm=dispatching, seen_version=1, **MONTHLY)
    with pytest.raises(Refusal, match="已在2015年项目突破年的日历里"):
        keep_rhythm(programme, owner, **MONTHLY)
    note_duty(changed, owner, changed.spans[0], Unit.objects.get(name="县发改局"), text="不办")
    with pytest.raises(Refusal, match="已有登记，不能删去"):
        drop_rhythm(changed, owner)
    withdraw_note(RhythmNote.objects.get(), owner)
    drop_rhythm(changed, owner)
    assert not Rhythm.objects.exists()
    assert RhythmEvent.objects.filter(verb="删去").exists()


def test_the_notices_rules_are_laid_down_by_kind_and_once(programme, plan, law_plan, owner, office, other_office):
    shipped = json.loads(SHIPPED.read_text("utf-8"))
    for each, by in ((programme, owner), (plan, office), (law_plan, other_office)):
        assert [made.title for made in lay_down(each, by)] == [rule["title"] for rule in shipped[each.kind]]
        with pytest.raises(Already, match="没有重复放入"):
            lay_down(each, by)
    assert {rule["record"] for rules in shipped.values() for rule in rules} <= carriers().keys()
    activity = programme.rhythms.get(title="“深入一线排忧解难”活动")
    assert [unit.name for unit in activity.units.all()] == ["县发改局"]
    assert activity.every == "4月、8月"


def test_another_documents_plan_is_not_told_the_notices_clauses(plan, office):
    plan.document_number = "清政办发〔2015〕7号"
    plan.save()
    assert {(made.clause, made.source) for made in lay_down(plan, office)} == {("", "")}


def test_a_plan_of_no_kind_of_its_own_has_nothing_shipped(plan, office):
    plan.kind = "OTHER"
    plan.save()
    with pytest.raises(Refusal, match="请逐条新增"):
        lay_down(plan, office)


def test_a_plan_that_follows_another_takes_its_rules(programme, owner, dispatching, make_plan):
    keep_rhythm(programme, owner, title="督查", record="INSPECTION", months=[9], who="NAMED", units=[programme.office])
    after = make_plan(programme.office, "项目突破年2016", "BREAKTHROUGH", 2016, follows=programme)
    first, second = lay_down(after, owner)
    assert (first.title, first.months, first.spans[0].month) == ("一月一调度", [8, 9, 10, 11], D(2016, 8, 1))
    assert list(second.units.all()) == [programme.office]


def test_a_successor_answers_for_what_the_abolished_unit_held(dispatching, programme, lead, first, states, water):
    hold_meeting(programme, lead, D(2015, 10, 1), action=first)
    Unit.objects.filter(pk=lead.unit_id).update(active_to=D(2015, 10, 15), successor=water)
    Responsibility.objects.filter(task=first, role="LEAD").update(unit=water)
    assert states(dispatching, 10)[water.name] is State.DONE
    assert "县发改局" not in states(dispatching, 10)


def test_the_package_of_a_plan_keeps_its_rules_and_what_was_noted(dispatching, programme, owner, lead):
    book = next(each for each in BOOKS if each.name == "办公室日历")
    note_duty(dispatching, lead, dispatching.spans[1], lead.unit, text="在现场开的", done_on=D(2015, 9, 30))
    assert book.counts(programme) == {"日历规则": 1, "日历登记": 1}
    rules, notes = (list(sheet.rows) for sheet in book.sheets(programme, []))
    assert rules == [["一月一调度", "", "", "调度会", "8月至11月每月", "当月底前", "各项任务（行动）的牵头单位"]]
    assert notes[0][:5] == ["一月一调度", "2015-09", lead.unit, D(2015, 9, 30), "在现场开的"]


def test_what_was_handed_down_and_closed_meets_its_issuers_month(
    programme, owner, lead, project, civil, reporter, states, at
):
    rule = {"months": [9, 10], "who": "ACTIONS"}
    down = keep_rhythm(programme, owner, title="一月一交办", record="DIRECTIVE", **rule)
    closing = keep_rhythm(programme, owner, title="一月一销号", record="CLOSING", **rule)
    one = hand_down(lead, civil, task=project.task)[0]
    hand_down(lead, civil, task=project.task, title="另一件")
    draft(lead, title="没有下达", units=[civil], task=project.task)
    assert (states(down, 10)["县发改局"], states(down, 10)["县重点办"]) == (State.DONE, State.WAITING)
    assert states(down, 9)["县发改局"] is State.MISSED
    assert states(closing, 10)["县发改局"] is State.WAITING
    calendar = Calendar(owner, rhythms_of(owner).filter(pk=down.pk))
    assert [duty.words for duty in calendar.duties if duty.state is State.DONE] == ["交办2件（2015-10-20）"]
    close(bring_to(one, "CHECKING", reporter), lead, how="现场看过")
    assert states(closing, 10)["县发改局"] is State.DONE


def test_what_the_office_hands_down_about_no_task_is_its_plans(programme, owner, civil, states):
    rule = keep_rhythm(programme, owner, title="交办", record="DIRECTIVE", months=[10])
    hand_down(owner, civil)
    assert states(rule, 10) == {programme.office.name: State.DONE}


def test_a_meeting_with_a_title_is_no_dispatch(programme, owner, states):
    dispatch = keep_rhythm(programme, owner, title="调度", record="DISPATCH", months=[10])
    other = keep_rhythm(programme, owner, title="专题会议", record="MEETING", months=[10])
    meeting = hold_meeting(programme, owner, D(2015, 10, 1))
    assert (states(dispatch, 10), states(other, 10)) == (
        {"县项目突破年办": State.DONE},
        {"县项目突破年办": State.WAITING},
    )
    type(meeting).objects.filter(pk=meeting.pk).update(title="领导小组专题会议")
    assert (states(dispatch, 10), states(other, 10)) == (
        {"县项目突破年办": State.WAITING},
        {"县项目突破年办": State.DONE},
    )
