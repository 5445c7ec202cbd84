"""Who is responsible, and what follows for the open month."""

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Refusal
from reports.actions.assignment import assign_task
from reports.actions.writing import save_entry
from reports.models import Entry, MonthlyReport
from tasks.actions.assignment import assign
from tasks.models import Task


def test_the_first_leads_the_others_support(plan, make_task, civil, labour, water, office):
    task = make_task(plan, 7)
    assert list(Task.objects.unassigned()) == [task]
    assign(task, civil, [labour, water], office, note="按三定方案")
    task = Task.objects.get(pk=task.pk)
    assert (task.lead, task.supports) == (civil, [labour, water])
    event = task.events.get()
    assert event.changes["责任单位"] == ["", "县民政局（牵头）、县人社局（配合）、县水利局（配合）"]
    assert event.note == "按三定方案"


@pytest.mark.parametrize("who", ["other_office", "reporter", "leader", "inspector", "admin"])
def test_only_the_plans_office_assigns(cast, who, task, water):
    with pytest.raises(PermissionDenied):
        assign(task, water, [], cast[who])
    assert Task.objects.get().lead.name == "县民政局"


def test_nonsense_is_refused(task, civil, labour, office):
    with pytest.raises(Refusal, match="先选定一个牵头单位"):
        assign(task, None, [civil], office)
    with pytest.raises(Refusal, match="只能出现一次"):
        assign(task, civil, [civil], office)
    with pytest.raises(Refusal, match="只能出现一次"):
        assign(task, civil, [labour, labour], office)


def test_a_unit_that_joins_owes_this_month(period, task, civil, labour, water, office):
    assign_task(task, water, [civil, labour], office)
    assert period.reports.get(unit=water).entries.get().role == "LEAD"
    assert period.reports.get(unit=civil).entries.get().role == "SUPPORT"


def test_a_unit_that_leaves_owes_nothing_and_it_is_on_record(period, task, civil, labour, office):
    assign_task(task, civil, [], office)
    left = period.reports.get(unit=labour)
    assert left.status == MonthlyReport.Status.EXEMPT
    assert left.exemption.reason == "责任分工调整，本月已无任务"
    assert left.events.newest()[0].verb == "自动免报"


def test_written_text_is_not_thrown_away(period, task, civil, labour, co_reporter, office):
    entry = Entry.objects.get(report__unit=labour)
    save_entry(entry, co_reporter, {"done": "已写好"}, seen_version=0)
    assign_task(task, civil, [], office)
    assert Entry.objects.get(pk=entry.pk).done == "已写好"
