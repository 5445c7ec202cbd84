"""Progress follows accepted reports, month by month, and steps back when one is reopened."""

import datetime

from reports.actions.periods import open_period
from reports.actions.review import accept, reopen
from reports.actions.writing import submit
from tasks.actions.progress import accept_progress
from tasks.models import Task
from tests.conftest import OCTOBER

SEPTEMBER = datetime.date(2015, 9, 1)


def test_an_older_month_moves_nothing(task, office):
    accept_progress(task, 60, OCTOBER, office)
    accept_progress(task, 40, SEPTEMBER, office)
    assert Task.objects.get().progress == 60


def test_a_hundred_is_done_and_dated(task, office):
    accept_progress(task, 100, OCTOBER, office)
    task = Task.objects.get()
    assert (task.status, task.done_on, task.slow_from) == ("DONE", datetime.date(2015, 10, 20), None)


def test_reopening_goes_back_to_what_was_accepted_before(plan, task, civil, fill, reporter, office):
    for month, progress in ((SEPTEMBER, 50), (OCTOBER, 70)):
        report = open_period(plan, month).reports.get(unit=civil)
        report.closes_at = report.due_at = report.period.on_time_until.replace(year=2016)
        report.save()
        submit(fill(report, progress=progress), reporter)
        accept(report, office)
    assert Task.objects.get().progress == 70
    reopen(report, office, reason="数据有误")
    task = Task.objects.get()
    assert (task.progress, task.progress_month) == (50, SEPTEMBER)
    assert task.events.newest()[0].verb == "进度回退"


def test_reopening_the_only_report_goes_back_to_nothing(task, report, fill, reporter, office):
    submit(fill(report), reporter)
    accept(report, office)
    reopen(report, office, reason="误点通过")
    task = Task.objects.get()
    assert (task.progress, task.progress_month, task.status) == (0, None, "NOT_STARTED")


def test_changes_made_meanwhile_survive(task, office):
    stale = Task.objects.get()
    task.short_title = "新简称"
    task.save()
    accept_progress(stale, 30, OCTOBER, office)
    task = Task.objects.get()
    assert (task.short_title, task.progress) == ("新简称", 30)
