"""Taking back a load until the first report: what was opened for it goes, the trace stays."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kit.refusal import Refusal
from portal.actions.loading import losses, undo_load
from reports.actions.files import attach
from reports.actions.periods import close_period, exempt, extend, open_period
from reports.actions.review import return_report
from reports.actions.writing import save_entry, submit
from reports.models import Attachment, Entry, MonthlyReport, Period, ReportEvent
from tasks.actions.loads import load_reading
from tasks.models import Plan, PlanReading, Task
from tests.conftest import moment
from tests.loading import PLAN
from units.models import Notice

MARCH = datetime.date(2016, 3, 1)


@pytest.fixture
def loaded(settled, office, at):
    at("2016-03-10 09:00")
    load_reading(settled, office)
    return PlanReading.objects.get()


@pytest.fixture
def march(loaded):
    return open_period(Plan.objects.get(), MARCH)


@pytest.fixture
def own(march, civil):
    return march.reports.get(unit=civil)


def test_months_and_untouched_reports_go(loaded, march, office):
    found = losses(loaded)
    assert (found.periods, found.reports, found.drafts, found.refusal) == (1, 4, 0, "")
    undo_load(loaded, office, reason="导错了文件")
    assert [model.objects.count() for model in (Plan, Task, Period, MonthlyReport, Entry, ReportEvent)] == [0] * 6


def test_a_draft_is_counted_and_its_unit_told(loaded, own, office, reporter):
    entry = own.entries.first()
    save_entry(entry, reporter, {"done": "写了一些。"}, seen_version=0)
    attach(entry, reporter, SimpleUploadedFile("验收单.pdf", b"%PDF-1.4"))
    extend(own, office, until=moment("2016-04-20 00:00"), reason="汛期")
    assert losses(loaded).drafts == 1
    undo_load(loaded, office, reason="导错了文件")
    assert [model.objects.count() for model in (MonthlyReport, Attachment)] == [0, 0]
    event = ReportEvent.objects.newest().first()
    assert (event.verb, event.note, event.subject_id) == ("撤销导入，删去已填内容", "导错了文件", own.pk)
    notice = Notice.objects.get(user=reporter, key=f"undo:{own.pk}")
    assert "导错了文件" in notice.body


def test_an_exempted_report_goes_too(loaded, own, office):
    exempt(own, office, reason="无任务")
    undo_load(loaded, office, reason="x")
    assert not MonthlyReport.objects.exists()


def test_the_first_report_ends_it(loaded, own, office, reporter, fill):
    submit(fill(own), reporter)
    assert "县民政局2016年3月服务提升年月报" in losses(loaded).refusal
    with pytest.raises(Refusal, match="已有月报报送"):
        undo_load(loaded, office, reason="x")
    return_report(MonthlyReport.objects.get(pk=own.pk), office, reason="再改")
    with pytest.raises(Refusal, match="已有月报报送"):
        undo_load(loaded, office, reason="x")
    assert (Task.objects.count(), Period.objects.count()) == (3, 1)


def test_a_closed_month_ends_it(loaded, march, office, at):
    at("2016-04-06 09:00")
    close_period(march, office)
    with pytest.raises(Refusal, match="已结账"):
        undo_load(loaded, office, reason="x")


def test_a_refusal_below_leaves_the_reports(loaded, march, office, make_task):
    make_task(Plan.objects.get(), 99)
    with pytest.raises(Refusal, match="后来增加"):
        undo_load(loaded, office, reason="x")
    assert MonthlyReport.objects.count() == 4


def test_of_a_known_plan_only_what_was_added_goes(settled, office, make_plan, make_task, civil, reform_office, at):
    at("2016-03-10 09:00")
    plan = make_plan(reform_office, year=2016)
    Plan.objects.update(title=PLAN)
    make_task(plan, 1, civil)
    load_reading(settled, office)
    period = open_period(Plan.objects.get(), MARCH)
    assert period.reports.count() == 3
    undo_load(PlanReading.objects.get(), office, reason="x")
    assert [str(report.unit) for report in period.reports.all()] == ["县民政局"]
    assert [entry.task.number for entry in Entry.objects.all()] == ["1"]
    assert Period.objects.exists()


def test_a_report_on_other_tasks_of_a_known_plan_is_no_hindrance(
    settled, office, make_plan, make_task, civil, reform_office, reporter, fill, at
):
    at("2016-03-10 09:00")
    plan = make_plan(reform_office, year=2016)
    Plan.objects.update(title=PLAN)
    make_task(plan, 1, civil)
    report = open_period(Plan.objects.get(), MARCH).reports.get()
    submit(fill(report), reporter)
    load_reading(settled, office)
    undo_load(PlanReading.objects.get(), office, reason="x")
    assert MonthlyReport.objects.get().status == "SUBMITTED"
