"""What a change of units means for the months that are open."""

import datetime

import pytest

from reports.actions.assignment import assign_task
from reports.actions.periods import exempt, open_period
from reports.models import MonthlyReport
from tests.conftest import OCTOBER

Status = MonthlyReport.Status


def test_a_month_whose_deadline_has_passed_stays_as_it_was(plan, task, civil, labour, water, office, at):
    october = open_period(plan, OCTOBER)
    at("2015-11-03 09:00")
    november = open_period(plan, datetime.date(2015, 11, 1))
    assign_task(task, water, [civil], office)
    assert {report.unit for report in october.reports.all()} == {civil, labour}
    assert october.reports.get(unit=labour).status == Status.DUE
    assert {report.unit for report in november.reports.exclude(status=Status.EXEMPT)} == {civil, water}


@pytest.mark.parametrize(("moment", "owes"), [("2015-10-31 23:59:59", True), ("2015-11-01 00:00", False)])
def test_the_deadline_itself_decides(moment, owes, period, task, water, office, at):
    at(moment)
    assign_task(task, water, [], office)
    assert period.reports.filter(unit=water).exists() is owes


def test_who_comes_back_owes_again(period, task, civil, labour, office):
    assign_task(task, civil, [], office)
    report = period.reports.get(unit=labour)
    assert report.status == Status.EXEMPT
    assign_task(task, civil, [labour], office)
    report = period.reports.get(unit=labour)
    assert (report.status, report.entries.count()) == (Status.DUE, 1)
    assert not hasattr(report, "exemption")
    assert [event.verb for event in report.events.newest()] == ["取消自动免报", "自动免报"]


def test_an_exemption_given_by_hand_stays(period, task, civil, labour, office):
    from_hand = period.reports.get(unit=labour)
    exempt(from_hand, office, reason="机构改革中")
    assign_task(task, civil, [labour], office)
    assert period.reports.get(unit=labour).status == Status.EXEMPT
