"""Taking a form: through the verb of the page, all or none, with its trace."""

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Conflict, Refusal
from reports.actions.offline import take_form
from reports.actions.periods import open_period
from reports.actions.writing import submit
from reports.models import Entry, ReportEvent
from tests.conftest import OCTOBER


@pytest.fixture
def two(plan, make_task, civil, entry):
    """Two entries of one report."""
    make_task(plan, 45, civil)
    open_period(plan, OCTOBER)
    return list(entry.report.entries.select_related("report", "task").order_by("task__order"))


def picked(entries, seen=0):
    return [(entry, {"done": f"第{entry.task.number}项。"}, seen) for entry in entries]


def written():
    return list(Entry.objects.exclude(done="").values_list("done", flat=True).order_by("task__order"))


def test_every_entry_is_saved_as_a_draft_with_one_trace(two, reporter):
    assert len(take_form(picked(two), reporter, name="表.xlsx")) == 2
    assert written() == ["第43项。", "第45项。"]
    report = two[0].report
    report.refresh_from_db()
    assert report.status == "DRAFT"
    event = ReportEvent.objects.get(verb="离线表导入")
    assert (event.actor, event.note) == (reporter, "表.xlsx：2项任务、2处内容（第43、45项），存为草稿")


def test_one_stale_entry_keeps_all_from_being_written(two, reporter):
    first, second = picked(two)
    with pytest.raises(Conflict):
        take_form([first, (*second[:2], 7)], reporter, name="表.xlsx")
    assert written() == []
    assert not ReportEvent.objects.filter(verb__in=["离线表导入", "开始填报"]).exists()


@pytest.mark.parametrize("who", ["outsider", "office", "leader", "admin"])
def test_another_s_hands_write_nothing(two, cast, who):
    with pytest.raises(PermissionDenied):
        take_form(picked(two), cast[who], name="表.xlsx")
    assert written() == []


@pytest.mark.parametrize("moment", ["2015-09-30 23:59:59", "2015-11-06 00:00:00"])
def test_outside_the_window_nothing_is_written(two, reporter, at, moment):
    at(moment)
    with pytest.raises(Refusal):
        take_form(picked(two), reporter, name="表.xlsx")
    assert written() == []


def test_the_last_moment_of_the_window_still_counts(two, reporter, at):
    at("2015-11-05 23:59:59")
    take_form(picked(two), reporter, name="表.xlsx")
    assert len(written()) == 2


def test_a_filed_report_is_written_no_more(entry, report, fill, reporter):
    submit(fill(report), reporter)
    with pytest.raises(Refusal, match="不能修改"):
        take_form(picked([entry], 1), reporter, name="表.xlsx")
