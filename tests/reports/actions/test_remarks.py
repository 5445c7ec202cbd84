"""Correcting remarks: the plan's office, until the month is closed, all or none, with the trace."""

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Conflict, Refusal
from reports.actions.periods import close_period
from reports.actions.remarks import correct_remarks
from reports.actions.review import accept
from reports.actions.writing import submit
from reports.models import Entry, ReportEvent


@pytest.fixture
def waiting(period, civil, labour, fill, reporter, co_reporter):
    """Both units' entries of task 43, waiting for the office."""
    for unit, person in ((civil, reporter), (labour, co_reporter)):
        submit(fill(period.reports.get(unit=unit)), person)
    return list(Entry.objects.select_related("report", "task").order_by("role"))


def picked(entries, seen=""):
    return [(entry, f"写给{entry.report.unit_name}。", seen) for entry in entries]


def remarks():
    return list(Entry.objects.order_by("role").values_list("office_remark", flat=True))


def test_each_unit_gets_its_own(waiting, office):
    assert correct_remarks(picked(waiting), office, name="表.xlsx") == 2
    assert remarks() == ["写给县民政局。", "写给县人社局。"]
    assert [event.note for event in ReportEvent.objects.filter(verb="导入审核意见")] == ["表.xlsx：第43项"] * 2
    assert ReportEvent.objects.filter(verb="开始审核").count() == 2


def test_of_an_accepted_report_the_trace_tells_old_and_new(waiting, office):
    accept(waiting[0].report, office)
    correct_remarks(picked(waiting[:1]), office, name="表.xlsx")
    assert list(ReportEvent.objects.get(verb="导入审核意见").changes.values()) == [["", "写给县民政局。"]]


def test_a_remark_changed_meanwhile_keeps_all_from_being_written(waiting, office):
    first, second = picked(waiting)
    with pytest.raises(Conflict):
        correct_remarks([first, (*second[:2], "旧的")], office, name="表.xlsx")
    assert remarks() == ["", ""]
    assert not ReportEvent.objects.filter(verb="导入审核意见").exists()


@pytest.mark.parametrize("who", ["other_office", "reporter", "head", "leader", "inspector", "admin"])
def test_nobody_but_the_plan_s_office(waiting, cast, who):
    with pytest.raises(PermissionDenied):
        correct_remarks(picked(waiting), cast[who], name="表.xlsx")
    assert remarks() == ["", ""]


def test_not_of_a_closed_month(waiting, office, period, at):
    for entry in waiting:
        accept(entry.report, office)
    at("2015-11-10 10:00")
    close_period(period, office)
    with pytest.raises(Refusal, match="已结账"):
        correct_remarks(picked(waiting), office, name="表.xlsx")


def test_not_of_a_report_with_its_unit(entry, office):
    with pytest.raises(Refusal, match="没有可以修改的审核意见"):
        correct_remarks(picked([entry]), office, name="表.xlsx")
