"""Clocks, tabs and folded papers: the same on page, list and count, whoever looks."""

import datetime

import pytest

from kit import clock
from kit.refusal import Refusal
from portal.actions.succession import merge
from reports.models import Workday
from supervision.actions.directives import checking, pleas
from supervision.actions.directives.answering import answer, hand_in, reach_goal
from supervision.actions.reminders import remind_directives
from supervision.dashboard.directives import Page, conditions, latest
from supervision.models import Directive
from supervision.tables.directives import late_words, slip_of
from tests.supervision.directives import bring_to, hand_down

D = datetime.date


def late(user):
    return list(Directive.objects.filter(conditions(user, latest(Workday.test()))["late"]))


def shown(row):
    """(how late, which slip) as the list says it."""
    row = Directive.objects.with_day().get(pk=row.pk)
    today, is_workday = clock.today(), Workday.test()
    return late_words(row, is_workday, today)[0], slip_of(row, is_workday, today)


def test_while_an_objection_waits_signing_is_not_late(given, inspector, reporter, at):
    at("2015-10-23 09:00:00")
    plea = pleas.object_to(given, reporter, reason="不归本单位")
    at("2015-10-27 09:00:00")
    given = Directive.objects.get(pk=given.pk)
    assert (late(inspector), shown(given)) == ([], ("还剩3个工作日", "蓝"))
    assert Page(inspector, given, Workday.test()).due_words == "按时"
    assert reporter not in remind_directives()
    pleas.decide(plea, inspector, granted=False, note="归你们办")
    at("2015-10-29 09:00:00")
    assert (late(inspector), shown(given)) == ([given], ("签收逾期1个工作日", "黄"))


@pytest.fixture
def continuing(given, inspector, reporter):
    """Beyond its limit of 30 October by leave, to be reviewed on 1 December."""
    bring_to(given, "ONGOING", reporter)
    plea = pleas.ask_continuing(given, reporter, reason="跨年", goal="签约", until=D(2015, 12, 1))
    return pleas.decide(plea, inspector, granted=True)


def test_a_goal_reached_by_the_day_of_review_is_in_time(continuing, inspector, reporter, at):
    at("2015-11-30 09:00:00")
    row = reach_goal(continuing, reporter, note="已签约")
    assert (row.day, Page(inspector, row, Workday.test()).due_words) == (D(2015, 12, 1), "按时")
    at("2015-12-10 09:00:00")
    row = checking.close(row, inspector, how="看过合同")
    assert shown(row) == ("按时", "")


def test_a_goal_reached_after_it_is_late_from_that_day(continuing, inspector, reporter, at):
    at("2015-12-03 09:00:00")
    checking.close(reach_goal(continuing, reporter, note="已签约"), inspector, how="看过合同")
    assert shown(continuing) == ("超期2个工作日", "")


def test_what_a_refusal_wants_is_due_by_its_own_day(continuing, inspector, reporter, at):
    at("2015-11-30 09:00:00")
    row = reach_goal(continuing, reporter, note="已签约")
    row = checking.refuse(row, inspector, wanting={1: "缺合同"}, due_on=D(2015, 12, 11))
    assert (row.day, row.review_on, row.goal) == (D(2015, 12, 11), None, "")
    at("2015-12-14 09:00:00")
    answer(row, reporter, {1: "合同已附"})
    hand_in(row, reporter)
    assert Page(inspector, Directive.objects.get(pk=row.pk), Workday.test()).due_words == "超期1个工作日"


def test_what_was_still_asked_is_settled_by_the_decision_and_on_record(given, inspector, reporter):
    row = bring_to(given, "CHECKING", reporter)
    pleas.ask_continuing(row, reporter, reason="跨年", goal="签约", until=D(2015, 12, 1))
    checking.close(row, inspector, how="看过")
    assert given.events.get(verb="销号").changes == {"持续推进申请": ["待决定", "不同意"]}


def test_whoever_the_issuer_was_merged_into_finds_what_waits_and_may_urge(
    given, inspector, reporter, civil, make_unit, admin, sign_in, at
):
    other = hand_down(inspector, civil, title="另一件")[0]
    bring_to(given, "CHECKING", reporter)
    merge(
        [inspector.unit],
        make_unit("县督查局", "PARTY"),
        admin,
        effective_on=D(2015, 10, 20),
        reason="株县编〔2015〕9号",
    )
    at("2015-10-22 09:00:00")
    inspector.refresh_from_db()
    window = sign_in(inspector)
    page = window.get("/directives/?tab=check").content.decode()
    assert f"/directives/{given.pk}/" in page
    assert f'value="{other.pk}"' in window.get("/directives/").content.decode()


def test_who_answers_for_one_unit_of_a_paper_has_that_one_in_the_list(
    inspector, civil, labour, law_office, other_office, office, reform_office, sign_in
):
    rows = hand_down(inspector, civil, law_office, labour, title="报送实施方案", helpers=[reform_office])
    mine = next(row for row in rows if row.unit == law_office)
    page = sign_in(other_office).get("/directives/?tab=all").content.decode()
    assert f"/directives/{mine.pk}/" in page
    assert ("3个单位（一批）" in page, "0 / 3 已销号" in page) == (False, False)
    for user in (inspector, office):
        page = sign_in(user).get("/directives/?tab=all").content.decode()
        assert ("3个单位（一批）" in page, f"?batch={mine.batch_id}" in page) == (True, True)
        assert f"/directives/{mine.pk}/" not in page


def test_one_paper_is_not_given_to_a_unit_twice(inspector, civil, labour, water, reporter):
    mine = next(row for row in hand_down(inspector, civil, labour) if row.unit == civil)
    plea = pleas.object_to(mine, reporter, reason="不归")
    with pytest.raises(Refusal, match="这份交办单已有一件由县人社局承办"):
        pleas.decide(plea, inspector, granted=True, unit=labour)
    assert pleas.decide(plea, inspector, granted=True, unit=water).unit == water
