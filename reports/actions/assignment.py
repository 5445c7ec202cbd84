"""Assigning a task, with what follows for the months that are open."""

from django.db import transaction

from kit import clock
from reports.actions.lock import lock, move
from reports.actions.periods import sync_obligations
from reports.models import Entry, Exemption, MonthlyReport, Period, ReportEvent
from tasks.actions.assignment import assign

Status = MonthlyReport.Status
NOTHING_LEFT = "责任分工调整，本月已无任务"


@transaction.atomic
def assign_task(task, lead, supports, by, *, note=""):
    """Change who is responsible; units that joined owe an entry this month, untouched entries of units that left go.

    A month whose deadline has passed stays as it was: nobody becomes late by a change made afterwards, nobody gets out of it.
    """
    task = assign(task, lead, supports, by, note=note)
    keep = {unit.pk: part for unit, part in [(lead, "LEAD"), *((u, "SUPPORT") for u in supports)] if unit}
    for period in Period.objects.running(task.plan_id):
        _drop_left(period, task, keep, by)
        _owe_again(period, keep, by)
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
            Exemption.objects.create(report=report, reason=NOTHING_LEFT, by=by, at=clock.now())
            ReportEvent.write(report, by, "自动免报", note=NOTHING_LEFT)


def _owe_again(period, keep, by):
    """Take back an exemption given only because nothing was left to report on."""
    freed = period.reports.filter(unit__in=keep, status=Status.EXEMPT, exemption__reason=NOTHING_LEFT)
    for report in map(lock, freed):
        Exemption.objects.filter(report=report).delete()
        move(report, Status.DUE)
        ReportEvent.write(report, by, "取消自动免报", note="重新分解了任务")
