"""Assigning a task, with what follows for the months that are open."""

from django.db import transaction

from kit import clock
from reports.actions.lock import lock, move
from reports.actions.periods import sync_obligations
from reports.models import Entry, Exemption, MonthlyReport, Period, ReportEvent
from tasks.actions.assignment import assign

Status = MonthlyReport.Status


@transaction.atomic
def assign_task(task, lead, supports, by, *, note=""):
    """Change who is responsible; units that joined owe an entry this month, untouched entries of units that left go."""
    task = assign(task, lead, supports, by, note=note)
    keep = {unit.pk: part for unit, part in [(lead, "LEAD"), *((u, "SUPPORT") for u in supports)] if unit}
    for period in Period.objects.filter(plan=task.plan_id, closed_at=None):
        _drop_left(period, task, keep, by)
        for unit_id, role in keep.items():
            Entry.objects.filter(
                report__period=period, task=task, report__unit=unit_id, report__status__in=MonthlyReport.OWING
            ).update(role=role)
        sync_obligations(period)
    return task


def _drop_left(period, task, keep, by):
    left = Entry.objects.filter(report__period=period, task=task, version=0, report__status__in=MonthlyReport.WITH_UNIT)
    for entry in left.exclude(report__unit__in=keep).filter(attachments=None).select_related("report"):
        report = lock(entry.report)
        entry.delete()
        if not report.entries.exists() and report.status != Status.RETURNED:
            move(report, Status.EXEMPT)
            Exemption.objects.create(report=report, reason="责任分工调整，本月已无任务", by=by, at=clock.now())
            ReportEvent.write(report, by, "自动免报", note="责任分工调整，本月已无任务")
