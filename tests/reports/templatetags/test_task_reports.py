"""What a task's page shows of the reports: to whom, in which order, a few months at a time, as filed."""

import datetime

import pytest
from django.urls import reverse

from reports.actions.periods import close_period, open_period
from reports.actions.review import accept, remark, return_report
from reports.actions.writing import submit
from reports.models import Entry, MonthlyReport, Period
from tasks.actions.schedule import reschedule
from units.models import Unit


def page(client, task, **query):
    return client.get(reverse("task", args=[task.pk]), query).content.decode()


@pytest.fixture
def filed(period, report, labour, fill, reporter, co_reporter):
    """Both units have filed for October; nothing is decided."""
    submit(fill(report, done="牵头单位的进展。"), reporter)
    other = period.reports.get(unit=labour)
    submit(fill(other, done="配合单位的进展。"), co_reporter)
    return report


def test_the_leading_unit_speaks_first(task, filed, leader, sign_in):
    text = page(sign_in(leader), task)
    assert text.index("牵头单位的进展。") < text.index("配合单位的进展。")
    assert "待审核" in text


def test_the_office_s_own_light_stands_beside_the_computed_one(task, filed, entry, office, leader, sign_in):
    remark(entry, office, light="RED", text="现场核查，平台没有启用。")
    assert "审核灯色" not in page(sign_in(leader), task)
    accept(filed, office)
    client = sign_in(leader)
    text = page(client, task)
    assert text.count("李审核：现场核查，平台没有启用。（不改变测算的灯色和统计）") == 2
    ledger = client.get(reverse("task_list"))
    assert "审核红灯" in ledger.content.decode()
    assert ledger.context["table"].rows[0].judgement().light.value == "YELLOW"
    assert client.get(reverse("dashboard")).context["totals"].lights == {"YELLOW": 1}


def test_who_reads_what_was_filed(task, filed, cast, sign_in):
    seen = {who for who in cast if "牵头单位的进展。" in page_or_nothing(sign_in(cast[who]), task)}
    assert seen == {"office", "reporter", "head", "co_reporter", "leader", "inspector"}


def page_or_nothing(client, task):
    return client.get(reverse("task", args=[task.pk])).content.decode()


def test_a_draft_and_a_returned_report_are_not_shown(task, report, fill, reporter, office, leader, sign_in):
    fill(report, done="草稿里的话。")
    assert "草稿里的话。" not in page(sign_in(reporter), task)
    submit(report, reporter)
    assert "草稿里的话。" in page(sign_in(leader), task)
    return_report(report, office, reason="数据不清")
    assert "草稿里的话。" not in page(sign_in(leader), task)


def test_renaming_task_and_unit_leaves_what_was_accepted(task, filed, civil, office, leader, sign_in):
    accept(filed, office)
    before = filed.submissions.get().content
    Unit.objects.filter(pk=civil.pk).update(name="县民政和救助局")
    task.refresh_from_db()
    reschedule(task, office, due_on=task.due_on, pace=task.pace, short_title="新简称")
    assert filed.submissions.get().content == before
    assert MonthlyReport.objects.get(pk=filed.pk).unit_name == "县民政局"
    text = page(sign_in(leader), task)
    history = text[text.index('id="history"') :]
    assert "<h4>县民政局 " in history
    assert "牵头单位的进展。" in history


def test_a_few_months_a_page_newest_first(plan, task, civil, leader, sign_in):
    for month in range(1, 7):
        period = Period.objects.create(
            plan=plan,
            month=datetime.date(2015, month, 1),
            opens_at=f"2015-{month:02}-01T00:00+08:00",
            on_time_until=f"2015-{month:02}-28T00:00+08:00",
            open_until=f"2015-{month:02}-28T00:00+08:00",
        )
        moments = {"due_at": period.on_time_until, "closes_at": period.open_until, "serial": 1}
        report = MonthlyReport.objects.create(
            period=period, unit=civil, unit_name="县民政局", status="ACCEPTED", **moments
        )
        Entry.objects.create(report=report, task=task, role="LEAD", done=f"第{month}个月。", progress=month)
    client = sign_in(leader)
    first, second = page(client, task), page(client, task, page=2)
    assert [n for n in range(1, 7) if f"第{n}个月。" in first] == [3, 4, 5, 6]
    assert first.index("第6个月。") < first.index("第3个月。")
    assert [n for n in range(1, 7) if f"第{n}个月。" in second] == [1, 2]


def test_the_strip_is_frozen_and_live(plan, task, report, period, fill, reporter, office, at, leader, sign_in):
    submit(fill(report), reporter)
    accept(report, office)
    at("2015-11-06 09:00")
    close_period(period, office)
    open_period(plan, datetime.date(2015, 11, 1))
    text = page(sign_in(leader), task)
    assert '<ul class="strip" aria-label="逐月亮灯">' in text
    assert "10月：黄灯。" in text
    assert "11月（实时）：黄灯。" in text
    assert "9月：没有开启报送期" in text


def test_a_month_not_closed_says_so(plan, task, period, at, leader, sign_in):
    at("2015-11-03 09:00")
    assert "10月：还没有结账" in page(sign_in(leader), task)


def test_this_months_marks_are_for_those_who_may_know(task, filed, cast, sign_in):
    def marks(who):
        text = page(sign_in(cast[who]), task)
        return text[text.index("<h2>本月报送</h2>") :].count('tone-info">待审</span>')

    assert {who: marks(who) for who in ("office", "leader", "reporter", "co_reporter", "outsider")} == {
        "office": 2,
        "leader": 2,
        "reporter": 1,
        "co_reporter": 1,
        "outsider": 0,
    }


@pytest.mark.parametrize("units", [1, 3])
def test_a_long_history_asks_no_more(
    units, plan, make_task, civil, labour, water, fill, make_user, leader, sign_in, django_assert_num_queries
):
    task = make_task(plan, 7, civil, [labour, water][: units - 1])
    period = open_period(plan, datetime.date(2015, 10, 1))
    for place, report in enumerate(period.reports.all()):
        submit(fill(report), make_user(f"filer{place}", "REPORTER", report.unit))
    client = sign_in(leader)
    page(client, task)
    with django_assert_num_queries(QUERIES):
        page(client, task)


QUERIES = 25
