"""More time, nothing owed: never without a reason, never shorter than before, never in a frozen month."""

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Refusal
from reports.actions.periods import close_period, exempt, extend, open_period, revoke_exemption
from reports.actions.reminders import urge
from reports.actions.review import accept, reopen, return_many, return_report
from reports.actions.writing import submit
from reports.models import MonthlyReport, Period, ReportEvent
from tests.conftest import OCTOBER, moment
from units.models import Notice

LATER = moment("2015-11-03 00:00")


@pytest.fixture
def closed(period, at):
    at("2015-11-06 09:00")
    return close_period(period)


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_no_concession_without_a_reason(report, office, fill, reporter, reason):
    with pytest.raises(Refusal, match="宽限原因"):
        extend(report, office, until=LATER, reason=reason)
    with pytest.raises(Refusal, match="免报原因"):
        exempt(report, office, reason=reason)
    exempt(report, office, reason="机构调整")
    with pytest.raises(Refusal, match="取消免报的原因"):
        revoke_exemption(report, office, reason=reason)
    report.refresh_from_db()
    assert (report.status, report.due_at) == ("EXEMPT", moment("2015-11-01 00:00"))


def test_no_return_of_many_without_a_reason(report, office, fill, reporter):
    submit(fill(report), reporter)
    with pytest.raises(Refusal, match="原因"):
        return_many([(report, None)], office, reason=" ")
    report.refresh_from_db()
    assert report.status == "SUBMITTED"


@pytest.mark.parametrize("until", ["2015-10-25 00:00", "2015-11-01 00:00"])
def test_an_extension_shortens_nothing(report, office, until):
    with pytest.raises(Refusal, match="晚于现在的截止时间10月31日 24:00"):
        extend(report, office, until=moment(until), reason="迎检")
    assert not report.extensions.exists()


def test_an_extension_of_a_return_moves_the_returns_deadline_only(report, office, reporter, fill):
    return_report(submit(fill(report), reporter), office, reason="数据不清")
    with pytest.raises(Refusal, match="晚于现在的截止时间10月23日 24:00"):
        extend(report, office, until=moment("2015-10-22 00:00"), reason="迎检")
    extend(report, office, until=moment("2015-10-27 00:00"), reason="迎检")
    report.refresh_from_db()
    assert (report.return_due_at, report.due_at) == (moment("2015-10-27 00:00"), moment("2015-11-01 00:00"))


def test_an_extension_leaves_its_trace_and_tells_the_unit(report, office, reporter, co_reporter):
    extend(report, office, until=LATER, reason="系统升级")
    event = ReportEvent.objects.get(verb="批准宽限")
    assert (event.subject, event.actor, event.note) == (report, office, "系统升级")
    assert event.changes == {"截止时间": ["2015-11-01 00:00", "2015-11-03 00:00"]}
    assert [notice.user for notice in Notice.objects.filter(title__contains="宽限至11月2日 24:00")] == [reporter]


def test_only_a_logged_extension_moves_the_due_moment(plan, period, report, labour, office):
    plan.due_day, plan.grace_days = 20, 0
    plan.save()
    open_period(plan, OCTOBER)
    other = period.reports.get(unit=labour)
    extend(report, office, until=LATER, reason="系统升级")
    for each in (report, other):
        each.refresh_from_db()
    assert (report.due_at, other.due_at) == (LATER, moment("2015-11-01 00:00"))
    assert Period.objects.get(pk=period.pk).open_until == moment("2015-11-06 00:00")
    moved = MonthlyReport.objects.exclude(due_at=period.on_time_until)
    assert set(moved) == {event.subject for event in ReportEvent.objects.filter(verb="批准宽限")}


def test_a_frozen_month_grants_nothing(closed, report, office):
    with pytest.raises(Refusal, match="已结账"):
        extend(report, office, until=moment("2015-11-10 00:00"), reason="补报")
    with pytest.raises(Refusal, match="已结账"):
        exempt(report, office, reason="机构调整")
    with pytest.raises(Refusal, match="已结账，不再催报"):
        urge([report], office)
    report.refresh_from_db()
    assert (report.status, report.mark()) == ("DUE", "MISSING")
    assert not report.events.exists()


def test_what_is_exempt_in_a_frozen_month_stays_so(report, period, office, at):
    exempt(report, office, reason="机构调整")
    at("2015-11-06 09:00")
    close_period(period)
    with pytest.raises(Refusal, match="已结账"):
        revoke_exemption(report, office, reason="调整完成")


def test_what_was_opened_again_in_a_frozen_month_may_have_more_time(report, period, office, reporter, fill, at):
    accept(submit(fill(report), reporter), office)
    at("2015-11-06 09:00")
    close_period(period)
    reopen(report, office, reason="数据有误")
    extend(report, office, until=moment("2015-11-21 00:00"), reason="核实需要时间")
    report.refresh_from_db()
    assert (report.return_due_at, report.is_late) == (moment("2015-11-21 00:00"), False)


@pytest.mark.parametrize("who", ["other_office", "leader", "inspector", "reporter", "head", "admin"])
def test_nobody_but_the_plans_office_grants(report, cast, who):
    for grant in (
        lambda: extend(report, cast[who], until=LATER, reason="因"),
        lambda: exempt(report, cast[who], reason="因"),
        lambda: revoke_exemption(report, cast[who], reason="因"),
    ):
        with pytest.raises(PermissionDenied):
            grant()
    assert not report.events.exists()
