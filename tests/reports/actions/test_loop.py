"""The monthly loop through its actions: file, return, file again, accept, close."""

import pytest

from kit.refusal import Conflict, Refusal
from reports.actions.periods import close_period, open_period
from reports.actions.review import accept, return_report
from reports.actions.writing import save_entry, submit
from reports.models import Entry, MonthlyReport
from tests.conftest import OCTOBER, moment

Status = MonthlyReport.Status


def test_opening_twice_changes_nothing(period, plan):
    before = list(MonthlyReport.objects.values_list("pk", flat=True)), Entry.objects.count()
    assert open_period(plan, OCTOBER) == period
    assert (list(MonthlyReport.objects.values_list("pk", flat=True)), Entry.objects.count()) == before
    assert before[1] == 2


def test_an_accepted_report_moves_its_task(report, fill, reporter, office, task):
    submit(fill(report), reporter)
    accept(report, office)
    task.refresh_from_db()
    assert (task.progress, task.status) == (60, "ONGOING")
    assert task.events.get(verb="进度更新").changes["进度"] == ["0%", "60%"]


def test_a_supporting_unit_moves_nothing(period, labour, fill, co_reporter, office, task):
    report = period.reports.get(unit=labour)
    submit(fill(report), co_reporter)
    accept(report, office)
    task.refresh_from_db()
    assert task.progress == 0


def test_first_submission_time_survives_returns(report, fill, reporter, office, at):
    at("2015-10-31 23:59:59")
    submit(fill(report), reporter)
    return_report(report, office, reason="数据不清")
    at("2015-11-02 09:00")
    submit(report, reporter, note="已补数据")
    report.refresh_from_db()
    assert report.first_submitted_at == moment("2015-10-31 23:59:59")
    assert report.is_late is False
    assert report.submissions.count() == 2


def test_the_second_of_two_decisions_is_told(report, fill, reporter, office):
    submit(fill(report), reporter)
    report.refresh_from_db()
    seen = report.version
    accept(report, office, seen_version=seen)
    with pytest.raises(Conflict, match="审核通过"):
        return_report(report, office, reason="太晚", seen_version=seen)


def test_a_stale_tab_overwrites_nothing(entry, reporter):
    save_entry(entry, reporter, {"done": "新的"}, seen_version=0)
    with pytest.raises(Conflict) as told:
        save_entry(entry, reporter, {"done": "旧的"}, seen_version=0)
    assert told.value.current.done == "新的"


def test_closing_waits_for_the_office_then_freezes(report, period, fill, reporter, office, task, at):
    submit(fill(report), reporter)
    at("2015-11-06 00:00")
    with pytest.raises(Refusal, match="1份月报待审核"):
        close_period(period, office)
    accept(report, office)
    close_period(period, office)
    standing = period.standings.get()
    assert (standing.progress, standing.expected, standing.light) == (60, 83, "YELLOW")
    assert "落后23个百分点" in standing.reason
    period.refresh_from_db()
    assert period.summary["marks"] == {"ON_TIME": 1, "MISSING": 1}
