"""Months opened late, and months opened by mistake: the office's delay never counts against a unit."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from kit.refusal import Refusal
from reports import windows
from reports.actions.calendar import load_workdays
from reports.actions.files import attach
from reports.actions.periods import close_period, exempt, extend, obstacles, open_period
from reports.actions.takeback import take_back_period
from reports.actions.writing import save_entry, submit
from reports.models import MonthlyReport, Period, ReportEvent
from tests.conftest import OCTOBER, moment
from units.models import Notice

NOVEMBER = datetime.date(2015, 11, 1)

# opened at, opens, on time until, taken until
OPENED = [
    ("2015-09-28 09:00", "2015-10-01 00:00", "2015-11-01 00:00", "2015-11-06 00:00"),
    ("2015-10-01 00:00", "2015-10-01 00:00", "2015-11-01 00:00", "2015-11-06 00:00"),
    ("2015-10-23 23:59:59", "2015-10-01 00:00", "2015-11-01 00:00", "2015-11-06 00:00"),
    ("2015-10-26 09:00", "2015-10-01 00:00", "2015-11-03 00:00", "2015-11-08 00:00"),
    ("2015-10-31 23:59:59", "2015-10-01 00:00", "2015-11-07 00:00", "2015-11-12 00:00"),
    ("2015-11-01 00:00", "2015-11-01 00:00", "2015-11-07 00:00", "2015-11-12 00:00"),
    ("2015-12-24 15:00", "2015-12-24 00:00", "2016-01-01 00:00", "2016-01-06 00:00"),
]


@pytest.mark.parametrize(("now", "opens", "due", "until"), OPENED)
def test_due_days_move_with_a_late_opening(now, opens, due, until, plan, task, civil, at):
    at(now)
    period = open_period(plan, OCTOBER)
    moments = tuple(map(moment, (opens, due, until)))
    assert (period.opens_at, period.on_time_until, period.open_until) == moments
    report = period.reports.get(unit=civil)
    assert (report.due_at, report.closes_at, report.mark()) == (*moments[1:], "NOT_YET")


@pytest.mark.parametrize(
    ("now", "late"), [("2015-11-10 10:00", False), ("2015-11-16 23:59:59", False), ("2015-11-17 00:00", True)]
)
def test_who_files_in_a_month_opened_late_is_late_by_its_own_due_day_only(
    now, late, plan, task, civil, fill, reporter, at
):
    at("2015-11-09 09:00")
    report = open_period(plan, OCTOBER).reports.get(unit=civil)
    assert report.due_at == moment("2015-11-17 00:00")
    at(now)
    submit(fill(report), reporter)
    report.refresh_from_db()
    assert report.is_late is late


def test_holidays_are_no_days_to_report_in(plan, task, at):
    load_workdays([2015])
    at("2015-09-30 09:00")
    assert open_period(plan, datetime.date(2015, 9, 1)).on_time_until == moment("2015-10-14 00:00")


def test_the_office_may_choose_the_days_and_they_are_on_record(plan, task, office, reporter):
    times = windows.Window(moment("2015-10-20 00:00"), moment("2015-10-26 00:00"), moment("2015-10-29 00:00"))
    period = open_period(plan, OCTOBER, office, times=times)
    assert (period.on_time_words, period.open_words) == ("10月25日 24:00", "10月28日 24:00")
    assert plan.events.get(verb="开启报送期").changes == {
        "开始填报": ["", "2015-10-20"],
        "按时截止": ["", "10月25日 24:00"],
        "填报关闭": ["", "10月28日 24:00"],
    }
    body = "按时报送截止：10月25日 24:00（北京时间），过后10月28日 24:00前仍可报送，记为迟报。"
    assert Notice.objects.get(user=reporter).body == body


def test_a_month_nobody_wrote_in_is_taken_back(plan, period, report, office, reporter):
    extend(report, office, until=moment("2015-11-03 00:00"), reason="迎检")
    exempt(period.reports.get(unit__name="县人社局"), office, reason="机构调整")
    assert take_back_period(period, office, reason="开错了月份") == 2
    assert not Period.objects.exists()
    assert not MonthlyReport.objects.exists()
    event = plan.events.get(verb="撤回报送期")
    assert (event.actor, event.note) == (office, "2015年10月，原因：开错了月份")
    assert event.changes == {"应报月报": ["2份", "0份"]}
    assert ReportEvent.objects.filter(verb="批准宽限").exists()
    assert Notice.objects.get(user=reporter, title__contains="已撤回").body == "原因：开错了月份"
    again = open_period(plan, OCTOBER, office)
    assert again.reports.count() == 2


def test_a_month_taken_back_does_not_keep_later_ones_from_being_closed(plan, task, office, at):
    september = open_period(plan, datetime.date(2015, 9, 1))
    october = open_period(plan, OCTOBER)
    at("2015-11-06 00:00")
    assert obstacles(october) == ["前面的月份还没有结账，请按月份顺序结账。"]
    take_back_period(september, office, reason="九月不报")
    close_period(october, office)
    assert Period.objects.get().is_closed


@pytest.mark.parametrize("how", ["written", "file", "filed"])
def test_a_month_somebody_wrote_in_stays(how, period, report, entry, office, reporter, fill):
    if how == "written":
        save_entry(entry, reporter, {"done": "写了。"}, seen_version=0)
    elif how == "file":
        attach(entry, reporter, SimpleUploadedFile("验收单.pdf", b"%PDF-1.4"))
    else:
        submit(fill(report), reporter)
        report.entries.update(version=0)
    with pytest.raises(Refusal, match="已有1个单位动笔或报送，不能撤回：县民政局。"):
        take_back_period(period, office, reason="开错了")
    assert MonthlyReport.objects.count() == 2


def test_a_closed_month_stays(period, office, at):
    at("2015-11-06 00:00")
    close_period(period)
    with pytest.raises(Refusal, match="已结账"):
        take_back_period(period, office, reason="开错了")


def test_taking_back_needs_a_reason_and_its_office(period, cast):
    with pytest.raises(Refusal, match="原因"):
        take_back_period(period, cast["office"], reason=" ")
    for name in ("other_office", "leader", "inspector", "reporter", "admin", "auditor"):
        with pytest.raises(PermissionDenied):
            take_back_period(period, cast[name], reason="开错了")
    take_back_period(period, cast["office"], reason="开错了")
    with pytest.raises(Refusal, match="已撤回"):
        take_back_period(period, cast["office"], reason="开错了")
