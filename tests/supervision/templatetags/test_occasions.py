"""What other pages show of meetings, inspections and interviews: what comes, what may be answered, what is not ended."""

import datetime
import uuid

import pytest

from supervision.actions.findings import note_finding
from supervision.actions.meetings import revise_occasion, settle_occasion
from supervision.actions.occasions import (
    announce_occasion,
    answer_occasion,
    drop_occasion,
    hold_occasion,
    plan_occasion,
    set_stops,
)
from supervision.models import Occasion
from tests.supervision.conftest import stop_at

D = datetime.date
CARD = "<h2>会议、督查和约谈</h2>"


def read(client, address):
    return client.get(address).content.decode()


def card_of(client, address, head=CARD):
    """The words of the card, nothing where it is not shown."""
    page = read(client, address)
    return page.split(head)[1].split("</section>")[0] if head in page else ""


@pytest.fixture
def coming(make_inspection, inspector, project, water):
    made = make_inspection(held_on=D(2015, 10, 23), ends_on=D(2015, 10, 24), content="带上分月计划\n报电子版")
    row = stop_at(project=project, day=D(2015, 10, 24), hour=datetime.time(10, 30))
    return set_stops(made, inspector, [row, stop_at(unit=water)])


@pytest.fixture
def settled(inspection, inspector):
    announce_occasion(inspection, inspector)
    hold_occasion(inspection, inspector)
    revise_occasion(inspection, inspector, conclusion="总体正常")
    return settle_occasion(inspection, inspector)


def test_the_desk_says_who_comes_when_and_what_to_bring(coming, project, inspector, reporter, sign_in):
    client = sign_in(reporter)
    assert card_of(client, "/") == ""
    announce_occasion(coming, inspector)
    card = card_of(client, "/")
    for words in (
        "四季度督查",
        "10月24日",
        f"县委督查室来督查，10:30到{project}",
        "还有4天",
        "要求：带上分月计划；报电子版",
    ):
        assert words in card


def test_what_was_given_up_or_is_over_waits_for_nobody(coming, inspector, reporter, sign_in, at):
    announce_occasion(coming, inspector)
    at("2015-10-24 10:00")
    client = sign_in(reporter)
    assert "今天" in card_of(client, "/")
    at("2015-10-25 10:00")
    assert card_of(sign_in(reporter), "/") == ""
    at("2015-10-20 10:00")
    drop_occasion(coming, inspector, "合并")
    assert card_of(sign_in(reporter), "/") == ""


def test_a_conclusion_waits_thirty_days_for_its_one_answer(settled, reporter, sign_in, at):
    card = card_of(sign_in(reporter), "/")
    assert "有意见的可以反馈一次" in card
    assert "11月19日前" in card
    at("2015-11-19 10:00")
    assert "今天到期" in card_of(sign_in(reporter), "/")
    at("2015-11-20 10:00")
    assert card_of(sign_in(reporter), "/") == ""
    at("2015-10-21 10:00")
    answer_occasion(settled, reporter, "没有不同意见")
    assert card_of(sign_in(reporter), "/") == ""


def test_the_other_unit_may_still_answer(settled, reporter, water, make_user, sign_in):
    answer_occasion(settled, reporter, "没有不同意见")
    assert "看结论" in card_of(sign_in(make_user("shuili", "REPORTER", water)), "/")


def test_an_interview_is_told_without_its_words_and_asks_for_a_report(
    programme, owner, reporter, civil, sign_in, leader
):
    made = plan_occasion(
        programme,
        owner,
        "INTERVIEW",
        title="约谈县民政局",
        month=D(2015, 10, 1),
        held_on=D(2015, 10, 20),
        content="为何两个月没有动",
        talkers=[leader],
    )
    set_stops(made, owner, [stop_at(unit=civil, people="主要负责人")])
    announce_occasion(made, owner)
    card = card_of(sign_in(reporter), "/")
    assert "主要负责人参加" in card
    assert "为何两个月没有动" not in card
    assert "约谈县民政局" in card_of(sign_in(leader), "/dashboard/")
    hold_occasion(made, owner)
    card = card_of(sign_in(reporter), "/")
    assert ("10月27日前" in card, "去报告" in card, "还剩5个工作日" in card) == (True, True, True)
    revise_occasion(made, owner, conclusion="限期一个月")
    settle_occasion(made, owner)
    assert "书面报告没有交齐" in card_of(sign_in(owner), "/dashboard/")
    answer_occasion(made, reporter, "已经开工")
    assert card_of(sign_in(owner), "/dashboard/") == card_of(sign_in(reporter), "/") == ""


def test_who_holds_it_sees_the_next_step(coming, inspector, sign_in, at):
    client = sign_in(inspector)
    assert "还没有发通知" in card_of(client, "/dashboard/")
    announce_occasion(coming, inspector)
    assert "已安排" in card_of(client, "/dashboard/")
    at("2015-10-26 09:00")
    client = sign_in(inspector)
    card = card_of(client, "/dashboard/")
    assert "日期过了，记为开展或者写明未开展" in card
    assert "逾期1个工作日" in card
    hold_occasion(coming, inspector)
    assert "写好记录再定结论" in card_of(client, "/dashboard/")
    revise_occasion(coming, inspector, conclusion="总体正常")
    settle_occasion(coming, inspector)
    assert card_of(client, "/dashboard/") == ""


def test_the_office_of_the_plan_decides_what_was_proposed_for_others(
    programme, owner, other_lead, make_unit, make_project, sign_in, civil
):
    discipline = make_unit("县纪委")
    Occasion.objects.create(
        plan=programme,
        kind="INTERVIEW",
        title="约谈县国土局",
        unit=discipline,
        month=D(2015, 10, 1),
        held_on=D(2015, 10, 27),
        status="PROPOSED",
    )
    assert "安排或者写明为什么不谈" in card_of(sign_in(owner), "/dashboard/")
    assert card_of(sign_in(other_lead), "/") == ""


def test_the_overview_shows_the_next_two_weeks(coming, make_inspection, leader, sign_in):
    make_inspection(title="下月督查", held_on=D(2015, 11, 4))
    card = card_of(sign_in(leader), "/overview/", "<h2>近期会议、督查和约谈</h2>")
    assert "四季度督查" in card
    assert "下月督查" not in card


def test_a_unit_and_a_task_show_what_concerned_them(settled, inspector, project, civil, labour, task, sign_in):
    client = sign_in(inspector)
    assert "四季度督查" in card_of(client, f"/units/{civil.pk}/")
    assert card_of(client, f"/units/{labour.pk}/") == ""
    assert "四季度督查" in card_of(client, f"/projects/{project.pk}/", "<h2>会议和督查</h2>")
    assert card_of(client, f"/tasks/{task.pk}/", "<h2>会议和督查</h2>") == ""


def test_a_step_a_meeting_settled_leads_back_to_the_meeting(plan, task, office, civil, sign_in, reporter):
    step = task.milestones.create(title="初步方案", due_on=D(2015, 10, 30))
    made = plan_occasion(plan, office, "MEETING", title="专项小组会议", month=D(2015, 10, 1), held_on=D(2015, 10, 20))
    hold_occasion(made, office)
    note_finding(made, office, key=uuid.uuid4(), stop=None, kind="DECISION", text="初步方案定稿", milestone=step)
    assert "专项小组会议" in card_of(sign_in(office), f"/tasks/{task.pk}/", "<h2>会议和督查</h2>")
    assert card_of(sign_in(reporter), f"/tasks/{task.pk}/", "<h2>会议和督查</h2>") == ""


@pytest.mark.parametrize("rows", [1, 3])
def test_desk_and_pages_ask_a_fixed_number_of_questions(
    rows, make_inspection, inspector, reporter, project, civil, sign_in, django_assert_num_queries
):
    for number in range(rows):
        made = make_inspection(title=f"督查{number}", held_on=D(2015, 10, 23))
        stops = [stop_at(project=project), *(stop_at(unit=civil) for _ in range(number))]
        announce_occasion(set_stops(made, inspector, stops), inspector)
    for user, address, count in ((reporter, "/", DESK), (inspector, f"/units/{civil.pk}/", UNIT)):
        client = sign_in(user)
        client.get(address)
        with django_assert_num_queries(count):
            assert "督查0" in read(client, address)


DESK, UNIT = 15, 21
