"""我的工作台: what the unit owes and by when, what changed, and where the other roles are led."""

import datetime

import pytest
from django.urls import reverse

from reports.actions.periods import close_period, extend, open_period
from reports.actions.reminders import urge
from reports.actions.review import accept, reopen, return_report, start_review
from reports.actions.writing import hand_back, save_entry, submit
from tasks.actions.assignment import assign
from tests.conftest import OCTOBER, moment
from tests.pages import folded as text
from units.actions.notices import tell
from units.models import Contact, User


@pytest.fixture
def desk(sign_in, reporter, period):
    """Return what the desk shows: desk().context, desk(head)."""

    def look(user=None):
        return sign_in(user or reporter).get("/")

    return look


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("office", "dashboard"),
        ("leader", "overview"),
        ("inspector", "dashboard"),
        ("auditor", "trace"),
    ],
)
def test_other_roles_are_led_to_their_page(cast, sign_in, who, name):
    assert sign_in(cast[who]).get("/").url == reverse(name)


def test_a_stranger_is_led_to_the_sign_in(client, db):
    assert client.get("/").url == f"{reverse('login')}?next=/"


def test_what_is_owed_stands_with_deadline_and_time_left(desk, at):
    at("2015-10-31 23:50:00")
    page = text(desk())
    assert "10月月报 · 改革创新年" in page
    assert "截止 10月31日 24:00（北京时间）" in page
    assert "还剩10分钟" in page
    assert "北京时间 <time" in page
    assert "10月31日 23:50" in page


def test_of_two_years_the_newest_stands_first_and_each_task_names_its_own(
    desk, plan, task, make_plan, make_task, civil, at
):
    assert "2015年改革创新年 · " not in text(desk())
    plan.ends_on = datetime.date(2016, 1, 31)
    plan.save()
    newer = make_plan(plan.office, year=2016)
    make_task(newer, 1, civil)
    at("2016-01-08 09:00")
    answer = desk()
    assert [each.plan for each, _ in answer.context["tasks"]] == [newer, plan]
    assert "2016年改革创新年 · 进度0%" in text(answer)
    assert "2015年改革创新年 · 进度0%" in text(answer)


def test_one_way_in_says_start_then_go_on(desk, entry, reporter):
    assert "开始填报</a>" in text(desk())
    save_entry(entry, reporter, {"done": "写了。"}, seen_version=0)
    assert "继续填报</a>" in text(desk())
    assert "1项任务，已动笔1项" in text(desk())


def test_returned_ones_come_first_with_the_reason(desk, report, fill, reporter, office, law_plan, make_task, civil):
    make_task(law_plan, 1, civil)
    open_period(law_plan, OCTOBER)
    return_report(submit(fill(report), reporter), office, reason="户数不清")
    page = desk()
    assert [each.report.pk for each in page.context["desk"].owed][0] == report.pk
    assert "退回原因：户数不清" in text(page)
    assert "去改报</a>" in text(page)


def test_a_refusal_by_the_head_stands_on_the_desk_until_it_is_answered(desk, report, fill, reporter, head, civil):
    civil.head_signs = True
    civil.save()
    hand_back(submit(fill(report), reporter), head, reason="第43项写具体些")
    assert "审签未通过：第43项写具体些" in text(desk())
    assert [each.tone for each in desk().context["desk"].owed] == ["danger"]
    submit(report, reporter)
    assert "审签未通过：" not in text(desk())


def test_what_waits_for_the_head_is_the_head_s(desk, report, fill, reporter, head, civil):
    civil.head_signs = True
    civil.save()
    submit(fill(report), reporter)
    assert "待您审签" in text(desk(head))
    assert "待您审签" not in text(desk())
    assert "等本单位负责人审签" in text(desk())


def test_a_missed_report_says_what_can_still_be_done(desk, at):
    at("2015-11-06 00:00")
    page = text(desk())
    assert "缺报" in page
    assert "请联系县委改革办批准宽限" in page
    assert "开始填报</a>" not in page


def test_a_closed_month_leaves_the_desk(desk, period, office, at):
    at("2015-11-06 00:00")
    close_period(period, office)
    assert "现在没有要报的月报" in text(desk())


def test_tasks_show_light_and_reason_the_worst_first(desk, plan, make_task, civil):
    make_task(plan, 44, civil, due_on=datetime.date(2015, 9, 30), short_title="已过时限的任务")
    page = desk()
    assert [task.number for task, _ in page.context["tasks"]] == ["44", "43"]
    assert "已超过完成时限2015年9月30日" in text(page)


def test_what_others_did_since_the_last_look_is_news(desk, report, fill, reporter, office, sign_in, at, task, civil):
    sign_in(reporter).post(reverse("seen"))
    at("2015-10-20 11:00")
    urge([report], office, note="请抓紧")
    submit(fill(report), reporter)
    start_review(report, office)
    at("2015-10-20 12:00")
    return_report(report, office, reason="户数不清")
    at("2015-10-20 12:30")
    assign(task, civil, [], office, note="人社局退出")
    verbs = [event.verb for event in desk().context["news"]]
    assert verbs == ["调整责任单位", "退回", "催报"]
    at("2015-10-20 13:00")
    assert sign_in(reporter).post(reverse("seen")).url == "/"
    reporter.refresh_from_db()
    assert reporter.seen_until == moment("2015-10-20 13:00")
    assert desk().context["news"] == []
    at("2015-10-20 14:00")
    extend(report, office, until=moment("2015-11-03 00:00"), reason="迎检")
    assert [event.verb for event in desk().context["news"]] == ["批准宽限"]


def test_looking_writes_nothing(desk, reporter):
    desk()
    assert User.objects.get(pk=reporter.pk).seen_until is None


def test_the_navigation_marks_the_place_and_only_that(desk, sign_in, reporter):
    def marked(address):
        return [item["label"] for item in sign_in(reporter).get(address).context["nav"] if item["current"]]

    assert marked("/") == ["我的工作台"]
    assert marked("/month/2015-10/") == ["月报填报"]
    assert marked("/inbox/") == []


def test_a_role_finds_its_daily_places_first_and_what_brings_files_in_last(sign_in, office, admin):
    def labels(user, address):
        return [item["label"] for item in sign_in(user).get(address).context["nav"]]

    assert labels(office, "/plans/")[:4] == ["工作总览", "月报审核", "任务台账", "重点项目"]
    assert labels(office, "/plans/")[-5:] == ["方案文件", "报送期", "责任单位", "导入方案文件", "表格导入"]
    assert labels(admin, "/accounts/") == ["首页", "账号管理", "责任单位", "导入方案文件", "表格导入", "技术后台"]


def test_seen_is_a_press(sign_in, reporter):
    assert sign_in(reporter).get(reverse("seen")).status_code == 405


def test_missing_contacts_are_asked_for_until_all_are_named(desk, civil):
    assert "还没有登记主要领导、分管领导、联络员" in text(desk())
    assert reverse("unit_contacts", args=[civil.pk]) in text(desk())
    for post in Contact.Post.values:
        Contact.objects.create(unit=civil, post=post, name="某", phone="0731-1234567")
    assert "还没有登记" not in text(desk())


def test_unread_messages_are_on_the_desk(desk, reporter):
    tell([reporter], key="x", title="十月月报开始填报", url="/month/")
    assert "十月月报开始填报" in text(desk())


def test_nothing_of_other_units_is_on_the_desk(desk, period, labour, fill, co_reporter, office, sign_in, reporter, at):
    sign_in(reporter).post(reverse("seen"))
    at("2015-10-20 11:00")
    report = period.reports.get(unit=labour)
    return_report(submit(fill(report), co_reporter), office, reason="别家的退回原因")
    assert "别家的退回原因" not in text(desk())
    accept(submit(report, co_reporter), office)
    assert desk().context["news"] == []


@pytest.mark.parametrize("tasks", [1, 3])
def test_the_desk_costs_the_same_for_one_task_and_three(
    desk, sign_in, reporter, plan, civil, labour, make_task, tasks, django_assert_num_queries
):
    for number in range(2, tasks + 1):
        make_task(plan, number, civil, [labour])
    client = sign_in(reporter)
    client.get("/inbox/")
    with django_assert_num_queries(17):
        assert len(client.get("/").context["tasks"]) == tasks


def test_who_has_a_report_to_sign_is_not_told_that_nothing_is_owed(desk, report, fill, reporter, head, civil):
    civil.head_signs = True
    civil.save()
    submit(fill(report), reporter)
    page = text(desk(head))
    assert "待您审签" in page
    assert "现在没有要报的月报" not in page


def test_after_the_close_nobody_is_sent_to_sign(desk, report, fill, reporter, head, civil, at):
    civil.head_signs = True
    civil.save()
    submit(fill(report), reporter)
    at("2015-11-05 23:59:59")
    assert "去审签</a>" in text(desk(head))
    at("2015-11-06 00:00:00")
    for person in (head, reporter):
        page = text(desk(person))
        assert "去审签</a>" not in page
        assert "等本单位负责人审签" not in page
        assert "单位负责人没有审签，月报没有报送。确需补报的，请联系县委改革办批准宽限。" in page


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2015-10-31 23:59:59", "过后11月5日 24:00前仍可报送，记为迟报"),
        ("2015-11-01 00:00:00", "现在报送记为迟报，11月5日 24:00关闭"),
    ],
)
def test_the_last_moment_for_a_late_report_stands_on_the_desk(desk, now, words, at):
    at(now)
    assert words in text(desk())


def test_in_january_what_is_owed_for_december_stands_with_its_tasks(desk, plan, task, at):
    at("2015-12-01 09:00")
    open_period(plan, datetime.date(2015, 12, 1))
    at("2016-01-03 09:00")
    page = desk()
    assert [each.report.period.month.month for each in page.context["desk"].owed] == [12]
    assert [each.pk for each, _ in page.context["tasks"]] == [task.pk]
    at("2016-01-06 00:00")
    assert not desk().context["tasks"]


def test_what_was_opened_again_after_the_close_is_on_the_desk(desk, report, period, fill, reporter, office, at):
    accept(submit(fill(report), reporter), office)
    at("2015-11-06 00:00")
    close_period(period, office)
    reopen(report, office, reason="数据有误")
    page = text(desk())
    assert "重报截止 11月11日 24:00（北京时间），过后11月16日 24:00前仍可报送，记为逾期" in page
    at("2015-11-16 23:59:59")
    assert "去改报</a>" in text(desk())
    at("2015-11-17 00:00")
    assert "现在没有要报的月报" in text(desk())
