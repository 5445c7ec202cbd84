"""The official ledgers read accepted submissions only, and say what is lacking."""

import datetime

from reports.actions.periods import open_period
from reports.actions.review import accept, reopen
from reports.actions.writing import submit
from reports.dashboard import ledgers
from tasks.lights import Light


def test_breakdown_has_the_official_text(plan, task):
    (line,) = ledgers.breakdown(plan.tasks)
    assert (line.number, line.lead, line.supports, line.text) == (
        "43",
        "县民政局",
        "县人社局",
        "第43项改革任务的原文。",
    )


def test_progress_reads_accepted_words_only(period, report, fill, reporter, co_reporter, office, labour, task):
    other = period.reports.get(unit=labour)
    submit(fill(report), reporter)
    submit(fill(other, done="开放社保数据接口。", problems="", light="GREEN"), co_reporter)
    (line,) = ledgers.progress(period, period.reports.all(), period.plan.tasks)
    assert (line.done, line.filed, line.progress) == ("", "县民政局待审核；县人社局待审核", 0)
    accept(report, office)
    accept(other, office)
    (line,) = ledgers.progress(period, period.reports.all(), period.plan.tasks)
    assert line.done == "完成核对平台招标，接入公安、车管两家数据。\n【县人社局】开放社保数据接口。"
    assert (line.further["problems"], line.progress, line.light.label, line.filed) == (
        "住房公积金数据接口尚未开通。",
        60,
        "黄灯",
        "",
    )


def test_no_change_is_said_with_its_reason(period, report, fill, reporter, office):
    submit(fill(report, no_change=True, no_change_reason="等待省厅批复。", done=""), reporter)
    accept(report, office)
    assert ledgers.progress(period, period.reports.all(), period.plan.tasks)[0].done == "本月无变化：等待省厅批复。"


def test_reopened_words_leave_the_ledger(period, report, fill, reporter, office):
    submit(fill(report), reporter)
    accept(report, office)
    reopen(report, office, reason="数据有误")
    (line,) = ledgers.progress(period, period.reports.all(), period.plan.tasks)
    assert (line.done, line.filed) == ("", "县民政局已退回，待重报；县人社局未报送")


def test_renaming_changes_no_filed_words(period, report, fill, reporter, office, task, civil):
    submit(fill(report), reporter)
    accept(report, office)
    before = report.submissions.get().content
    civil.name, task.short_title = "县民政和社会事务局", "新名称"
    civil.save()
    task.save()
    assert report.submissions.get().content == before
    report.refresh_from_db()
    assert report.unit_name == "县民政局"


def test_progress_and_light_are_of_one_month(period, report, fill, reporter, office, at, plan):
    accept(submit(fill(report, progress=40), reporter), office)
    at("2015-11-02 09:00")
    november = open_period(plan, datetime.date(2015, 11, 1)).reports.get(unit=report.unit)
    accept(submit(fill(november, progress=95, light="GREEN"), reporter), office)
    (line,) = ledgers.progress(period, period.reports.all(), period.plan.tasks)
    assert (line.progress, line.light) == (40, Light.RED)
