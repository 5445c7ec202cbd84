"""Interviews: proposed by rule, arranged or dismissed by a person, and what was said kept to those who were there."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Already, Refusal
from reports.actions.calendar import load_workdays
from reports.models import Period, Standing
from supervision.actions.interviews import propose_interviews
from supervision.actions.meetings import add_item, revise_occasion, settle_occasion
from supervision.actions.occasions import (
    announce_occasion,
    answer_occasion,
    arrange_occasion,
    drop_occasion,
    hold_occasion,
)
from supervision.dashboard.occasions import Card, exposed
from supervision.interviewing import follows, report_due, run
from supervision.models import Answer, Item, Occasion, OccasionEvent
from supervision.tables.archived_occasions import ARCHIVED_OCCASIONS
from tasks.models import Milestone
from units.models import Notice, Post

D = datetime.date


@pytest.fixture
def close_months(plan):
    """Close months of the reform plan with the light each task had: close_months({8: {task: "RED"}})."""

    def close(lights):
        for number, of in lights.items():
            month = D(2015, number, 1)
            opens, due, closes = (datetime.datetime(2015, number, day, tzinfo=datetime.UTC) for day in (1, 25, 28))
            period = Period.objects.create(
                plan=plan, month=month, opens_at=opens, on_time_until=due, open_until=closes, closed_at=closes
            )
            for task, light in of.items():
                Standing.objects.create(
                    period=period,
                    task=task,
                    task_number=task.number,
                    task_title=task.short_title,
                    progress=1,
                    expected=50,
                    light=light,
                )

    return close


@pytest.fixture
def proposed(close_months, plan, task, office):
    """县民政局 had its task red in August and September."""
    close_months({7: {task: "GREEN"}, 8: {task: "RED"}, 9: {task: "RED"}})
    return propose_interviews(plan, office)[0]


@pytest.fixture
def arranged(proposed, office, leader):
    values = {"title": "约谈县民政局", "held_on": D(2015, 10, 20), "place": "四楼会议室", "chair": "张县长"}
    return arrange_occasion(proposed, office, talkers=[leader], content="核对平台为何停了两个月", **values)


@pytest.fixture
def held(arranged, office):
    announce_occasion(arranged, office, "约〔2015〕1号")
    hold_occasion(arranged, office)
    return revise_occasion(arranged, office, notes="局长说明经费没有到位。", conclusion="限期一个月。")


def test_red_two_months_running_is_proposed_once(proposed, plan, office, civil):
    assert (proposed.status, proposed.period_words, proposed.level) == ("PROPOSED", "8-9月", "FIRST")
    assert proposed.basis.startswith("牵头的任务或服务的项目连续2个月红灯；43 建立居民家庭")
    assert (proposed.unit, proposed.named_units()) == (plan.office, [civil])
    assert propose_interviews(plan, office) == []
    assert OccasionEvent.objects.get(subject=proposed).verb == "按规则拟议"


def test_one_red_month_or_one_between_is_not(close_months, plan, task):
    close_months({7: {task: "RED"}, 8: {task: "YELLOW"}, 9: {task: "RED"}})
    assert propose_interviews(plan) == []


def test_it_is_proposed_within_five_workdays(proposed):
    load_workdays([2015])
    assert proposed.held_on == D(2015, 10, 27)


def test_who_presses(plan, outsider, leader, inspector, office):
    for somebody in (outsider, leader):
        with pytest.raises(PermissionDenied):
            propose_interviews(plan, somebody)
    for somebody in (inspector, office, None):
        assert propose_interviews(plan, somebody) == []


def test_the_second_running_is_a_level_higher_and_marked(held, close_months, plan, task, office, leader):
    close_months({10: {task: "RED"}})
    assert propose_interviews(plan, office) == []
    close_months({11: {task: "RED"}})
    second = propose_interviews(plan, office)[0]
    assert (second.period_words, second.level, second.chair) == ("10-11月", "SECOND", "县委、县政府主要领导")
    assert exposed(office, [second, held]) == set()
    values = {"title": "再约谈", "held_on": D(2015, 10, 20)}
    hold_occasion(arrange_occasion(second, office, **values), office)
    assert exposed(office, [Occasion.objects.get(pk=second.pk), held]) == {second.pk}


def test_a_dismissed_proposal_says_why_and_does_not_come_again(proposed, plan, office, inspector):
    with pytest.raises(PermissionDenied):
        drop_occasion(proposed, inspector, "不归我")
    dropped = drop_occasion(proposed, office, "经费10月已到位")
    assert (dropped.status, dropped.drop_reason) == ("DROPPED", "经费10月已到位")
    assert propose_interviews(plan, office) == []


def test_approvals_past_their_limit_go_to_the_discipline_office(programme, project, make_unit, water, owner):
    load_workdays([2015])
    discipline = make_unit("县纪委", "PARTY")
    for title, day in (("环评批复", D(2015, 9, 1)), ("林地批复", D(2015, 10, 19))):
        Milestone.objects.create(
            task=project.task, title=title, due_on=D(2015, 12, 1), unit=water, handed_in_on=day, limit_workdays=20
        )
    made = propose_interviews(programme, owner)[0]
    assert (made.unit, made.rule, made.named_units()) == (discipline, "APPROVAL", [water])
    assert "环评批复超10个工作日" in made.basis
    assert "林地批复" not in made.basis


def test_whoever_arranges_for_others_joins_the_organisers(programme, project, make_unit, make_user, water, owner):
    discipline = make_user("jiwei", "REPORTER", make_unit("县纪委", "PARTY"))
    Milestone.objects.create(
        task=project.task, title="环评", due_on=D(2015, 12, 1), unit=water, handed_in_on=D(2015, 9, 1), limit_workdays=1
    )
    made = propose_interviews(programme, owner)[0]
    assert not Occasion.objects.held_by(owner).filter(pk=made.pk).exists()
    made = arrange_occasion(made, owner, title="约谈", held_on=D(2015, 10, 20))
    assert list(made.co_organisers.all()) == [owner.unit]
    for person in (owner, discipline):
        assert Occasion.objects.held_by(person).filter(pk=made.pk).exists()


def test_what_was_said_is_read_by_who_was_there(held, office, cast, head, leader, make_user, law_office):
    item = add_item(held, office, text="一个月内接通数据", unit=head.unit)
    cast = cast | {"other_leader": make_user("leader2", "LEADER", name="李县长")}
    seen, read, items = set(), set(), set()
    for name, person in cast.items():
        if Occasion.objects.visible_to(person).filter(pk=held.pk).exists():
            seen.add(name)
        if Occasion.objects.visible_to(person).held_by(person).filter(pk=held.pk).exists():
            read.add(name)
        if Item.objects.visible_to(person).filter(pk=item.pk).exists():
            items.add(name)
    overlook = {"office", "other_office", "leader", "other_leader", "inspector"}
    assert seen == overlook | {"head", "reporter"}
    assert read == items == {"office", "leader", "head"}


def test_the_trace_and_the_inbox_tell_nothing_of_it(held, office, head):
    add_item(held, office, text="一个月内接通数据", unit=head.unit)
    settle_occasion(held, office)
    secrets = ("经费没有到位", "接通数据", "限期一个月", "停了两个月")
    told = [f"{event.note}{event.changes}" for event in OccasionEvent.objects.all()]
    told += [f"{notice.title}{notice.body}" for notice in Notice.objects.all()]
    assert [text for text in told for secret in secrets if secret in text] == []


def test_a_groups_robot_is_not_told_of_interviews(settings, arranged, office, reporter, civil):
    settings.WEBHOOK_URL = "http://127.0.0.1:9/"
    announce_occasion(arranged, office, "约〔2015〕1号")
    hold_occasion(arranged, office)
    add_item(arranged, office, text="经费到位", unit=civil)
    answer_occasion(arranged, reporter, "经费已到位。")
    settle_occasion(revise_occasion(arranged, office, conclusion="限期一个月。"), office)
    assert {post.text for post in Post.objects.all()} == {"有新消息，请登录查看"}


def test_the_unit_reports_once_within_five_workdays(held, reporter, head, office, outsider, at):
    load_workdays([2015])
    assert Card(office, held).report_words == "10月27日前，还剩5个工作日"
    at("2015-10-29 09:00:00")
    assert Card(office, held).report_words == "10月27日前，超期2个工作日"
    with pytest.raises(PermissionDenied):
        answer_occasion(held, outsider, "x")
    answer = answer_occasion(held, reporter, "已落实经费8万元。")
    with pytest.raises(Already):
        answer_occasion(held, head, "又一份")
    assert Card(office, Occasion.objects.get()).report_words == "10月27日前，已报告（10-29）"
    assert [Answer.objects.visible_to(each).filter(pk=answer.pk).exists() for each in (reporter, head, office)] == [
        True
    ] * 3
    assert not Answer.objects.visible_to(outsider).exists()


def test_a_report_before_the_talk_is_not_taken(arranged, reporter, office):
    announce_occasion(arranged, office)
    with pytest.raises(Refusal, match="还不用报告"):
        answer_occasion(arranged, reporter, "x")


def test_days_and_runs():
    def is_workday(day):
        return day.weekday() < 5

    months = [D(2015, n, 1) for n in (7, 8, 9)]
    assert run(months, {months[1], months[2]}) == months[1:]
    assert run(months, {months[0]}) == []
    assert report_due(D(2015, 10, 23), is_workday) == D(2015, 10, 30)
    assert follows((D(2015, 8, 1), D(2015, 10, 1)), (D(2015, 10, 1), D(2015, 12, 1)))
    assert not follows((D(2015, 8, 1), D(2015, 10, 1)), (D(2015, 11, 1), D(2016, 1, 1)))
    assert not follows((D(2015, 8, 1), D(2015, 10, 1)), (D(2015, 8, 1), D(2015, 10, 1)))


def test_an_archive_says_that_it_took_place_and_not_what_was_said(held, plan, office, reporter):
    add_item(held, office, text="一个月内接通数据", unit=reporter.unit)
    answer_occasion(held, reporter, "已落实经费8万元。")
    book = ARCHIVED_OCCASIONS
    assert list(book.open(plan)) == ["约谈县民政局现在是“已约谈”，没有定结论。"]
    told = {sheet.name: [list(map(str, row)) for row in sheet.rows] for sheet in book.sheets(plan, [])}
    assert "约谈县民政局" in told["活动"][0]
    assert [name for name, rows in told.items() if rows] == ["活动"]
    secrets = ("经费没有到位", "接通数据", "限期一个月", "停了两个月", "8万元")
    assert [secret for secret in secrets if secret in str(told)] == []
