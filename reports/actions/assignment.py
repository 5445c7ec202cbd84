"""Assigning a task, with what follows for the months that are open."""

from django.db import transaction

from kit import clock
from kit.moves import lock, lock_rows, move
from reports.actions.periods import asked_in, sync_obligations
from reports.models import Entry, Exemption, MonthlyReport, Period, ReportEvent
from tasks.actions.assignment import assign
from tasks.models import Plan

Status = MonthlyReport.Status
NOTHING_LEFT = "责任分工调整，本月已无任务"


def assign_task(task, lead, supports, by, *, note=""):
    """Units that joined owe an entry this month, untouched entries of units that left go.

    A month whose deadline has passed stays as it was: nobody becomes late by a later change, nobody gets out of it.
    """
    return assign_tasks([(task, lead, supports)], by, note=note)[0]


@transaction.atomic
def assign_tasks(parts, by, *, note=""):
    """``parts`` are (task, lead, supports) of one plan: its months are settled once."""
    plans = {task.plan_id for task, _, _ in parts}
    running = Period.objects.filter(plan__in=plans, closed_at=None, on_time_until__gt=clock.now())
    lock_rows(Plan.objects.filter(pk__in=plans), MonthlyReport.objects.filter(period__in=running))
    tasks = [assign(task, lead, supports, by, note=note) for task, lead, supports in parts]
    roles = {
        task.pk: {
            unit.pk: role
            for unit, role in [(lead, "LEAD"), *((each, "SUPPORT") for each in supports if not task.is_project)]
            if unit
        }
        for task, lead, supports in parts
    }
    for period in running:
        _settle(period, roles, by)
    return tasks


def settle_projects(plan, projects, by):
    """Bring the running months in step with the list: a project that a month asks for has its line there, no other has."""
    running = Period.objects.running(plan.pk)
    lock_rows(Plan.objects.filter(pk=plan.pk), MonthlyReport.objects.filter(period__in=running))
    leads = {each.pk: each.task.lead for each in projects}
    for period in running:
        asked = set(asked_in(period).filter(pk__in=leads).values_list("pk", flat=True))
        roles = {key: {lead.pk: "LEAD"} if lead and key in asked else {} for key, lead in leads.items()}
        _settle(period, roles, by)


def _settle(period, roles, by):
    """``roles``: {task: {unit: role}}."""
    staying = {unit for units in roles.values() for unit in units}
    _drop_left(period, roles, staying, by)
    _owe_again(period, staying, by)
    for role in ("LEAD", "SUPPORT"):
        entries = Entry.objects.filter(report__period=period, task__in=roles, report__status__in=MonthlyReport.OWING)
        others = entries.exclude(role=role).values_list("pk", "task_id", "report__unit_id")
        wrong = [pk for pk, task, unit in others if roles[task].get(unit) == role]
        Entry.objects.filter(pk__in=wrong).update(role=role)
    sync_obligations(period)


def _drop_left(period, roles, staying, by):
    untouched = Entry.objects.filter(report__period=period, task__in=roles, version=0, attachments=None)
    untouched = untouched.filter(report__status__in=MonthlyReport.WITH_UNIT).select_related("report")
    left = {}
    for entry in untouched:
        if entry.report.unit_id not in roles[entry.task_id]:
            left.setdefault(entry.report, []).append(entry.pk)
    for report, entries in left.items():
        report = lock(report)
        report.entries.filter(pk__in=entries).delete()
        if report.unit_id not in staying and not report.entries.exists() and report.status != Status.RETURNED:
            move(report, Status.EXEMPT)
            Exemption.objects.create(report=report, reason=NOTHING_LEFT, by=by, at=clock.now())
            ReportEvent.write(report, by, "自动免报", note=NOTHING_LEFT)


def _owe_again(period, keep, by):
    freed = period.reports.filter(unit__in=keep, status=Status.EXEMPT, exemption__reason=NOTHING_LEFT)
    for report in map(lock, freed):
        Exemption.objects.filter(report=report).delete()
        move(report, Status.DUE)
        ReportEvent.write(report, by, "取消自动免报", note="重新分解了任务")
