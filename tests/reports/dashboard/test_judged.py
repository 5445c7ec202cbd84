"""By which progress and as of which day a part is judged: on the unit's page, under review and in the queue alike."""

import datetime

import pytest

from reports.actions.periods import close_period, extend, open_period
from reports.actions.review import accept, reopen
from reports.actions.writing import submit
from reports.dashboard.month import line_of, sheets_of
from reports.dashboard.review import hints, review_lines
from reports.models import MonthlyReport, Submission
from tasks.actions.schedule import change_rules
from tests.conftest import OCTOBER, moment


@pytest.fixture
def passed_by(plan, report, civil, fill, reporter, office, at):
    """October is still owed when November is accepted with 90 %."""
    extend(report, office, until=moment("2015-11-20 00:00"), reason="机构调整")
    at("2015-11-10 09:00")
    november = open_period(plan, datetime.date(2015, 11, 1)).reports.get(unit=civil)
    accept(submit(fill(november, progress=90), reporter), office)
    return report


def test_an_earlier_month_is_judged_by_the_progress_of_then(passed_by, reporter):
    [line] = [line for sheet in sheets_of(reporter, OCTOBER) for line in sheet.lines]
    assert (line.judged.light.value, line.judged.reason.split("，")[0]) == ("RED", "进度0%")
    assert line_of(passed_by.entries.get()).judged == line.judged


def test_a_supporting_part_is_reviewed_by_the_progress_of_then(passed_by, period, labour, co_reporter, office, fill):
    part = period.reports.get(unit=labour)
    extend(part, office, until=moment("2015-11-20 00:00"), reason="机构调整")
    submit(fill(part), co_reporter)
    [line] = review_lines(part, office, list(Submission.objects.filter(report=part)))
    assert line.judged.reason.split("，")[0] == "进度0%"


@pytest.mark.parametrize(("day", "differs"), [("2015-10-20 10:00", False), ("2015-11-01 10:00", True)])
def test_the_queue_hints_at_a_light_as_the_page_of_the_report_does(report, fill, reporter, office, at, day, differs):
    """70 % is ten points behind on 20 October and thirteen at the month's end."""
    submit(fill(report, progress=70, light="GREEN"), reporter)
    at(day)
    rows = MonthlyReport.objects.select_related("period__plan__rules")
    [line] = review_lines(report, office, list(Submission.objects.filter(report=report)))
    assert (hints(rows, office)[report.pk]["light"], line.disagrees) == (differs, differs)


def test_of_a_closed_month_the_review_shows_what_was_frozen(plan, report, task, fill, reporter, office, at):
    accept(submit(fill(report, progress=70), reporter), office)
    at("2015-11-06 09:00")
    standing = close_period(report.period, office).standings.get(task=task)
    change_rules(plan, office, slow_after=1, late_after=2, basis="POINTS")

    def judged():
        fresh = MonthlyReport.objects.select_related("period__plan").get(pk=report.pk)
        [line] = review_lines(fresh, office, list(Submission.objects.filter(report=report).order_by("-serial")))
        return line.judged.light.value, line.judged.reason

    assert judged() == (standing.light, standing.reason) == ("YELLOW", standing.reason)
    reopen(MonthlyReport.objects.get(pk=report.pk), office, reason="数据有误")
    assert judged()[0] == "RED"
