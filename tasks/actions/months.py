"""What an accepted month writes into the register of key projects, and what reopening it takes back."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from kit import clock
from kit.moves import lock_rows, move
from kit.trace import differences
from tasks.actions.carrying import follow
from tasks.actions.turning import TURNS
from tasks.models import Amount, Measure, Milestone, Project, Task, TaskEvent

REACHED = ("progress", "progress_month", "done_on")
FIGURES = {"invested": Measure.INVESTED, "arrived": Measure.ARRIVED, "land": Measure.LAND}


def enter_month(task, month, figures, by, *, note=""):
    """Write one accepted month of one project, as ``enter_months`` does."""
    enter_months([(task, figures)], month, by, note=note)


@transaction.atomic
def enter_months(lines, month, by, *, note=""):
    """Write one accepted month of several projects: ``lines`` are (task, figures), the plain values of its line (reports.line).

    ``figures["nodes"]`` maps keys of milestones to the day they were done; ``figures["cause"]`` is what holds it up (Cause).
    """
    said = {task.pk: figures for task, figures in lines}
    projects = _take(said)
    was = _come_to(said)
    _enter_causes(projects, said, month)
    Amount.objects.bulk_create(
        [
            Amount(project_id=key, month=month, measure=measure, actual=Decimal(str(figures[name])))
            for key, figures in said.items()
            for name, measure in FIGURES.items()
            if figures.get(name) is not None
        ],
        update_conflicts=True,
        unique_fields=["project", "month", "measure"],
        update_fields=["actual"],
    )
    _enter_nodes(said, month)
    _settle(projects, by, "数据入册", note, was)


def _enter_causes(projects, said, month):
    """What a later month said of the cause stays."""
    moved = [p for p in projects if "cause" in said[p.pk] and not (p.cause_month and p.cause_month > month)]
    for each in moved:
        each.cause, each.cause_month = said[each.pk]["cause"], month
    Project.objects.bulk_update(moved, ["cause", "cause_month"])


def _enter_nodes(said, month):
    days = {int(key): day for figures in said.values() for key, day in (figures.get("nodes") or {}).items()}
    told = list(Milestone.objects.filter(pk__in=days, task__in=said, done_on=None)) if days else []
    for node in told:
        node.done_on, node.told_in = datetime.date.fromisoformat(days[node.pk]), month
    Milestone.objects.bulk_update(told, ["done_on", "told_in"])


@transaction.atomic
def leave_months(tasks, month, by, *, note=""):
    """Take the figures and nodes of one month of these projects out of the register again."""
    keys = [task.pk for task in tasks]
    projects = _take(keys)
    was = _come_to(keys)
    Amount.objects.filter(project__in=keys, month=month).update(actual=None)
    Milestone.objects.filter(task__in=keys, told_in=month).update(done_on=None, told_in=None)
    Project.objects.filter(pk__in=keys, cause_month=month).update(cause="", cause_month=None)
    _settle(projects, by, "数据退回", note, was)


def _take(keys):
    """The projects, their tasks locked, and with them the tasks of the packages they are parts of."""
    projects = list(Project.objects.filter(pk__in=keys).order_by("pk"))
    packages = {each.package_id for each in projects if each.package_id}
    lock_rows(Task.objects.filter(pk__in=[*keys, *packages]))
    return projects


def _come_to(keys):
    """{key: what it had come to over all years} of projects that were carried into another year already, and of their packages."""
    own = Q(pk__in=keys) | Q(parts__in=keys)
    rows = Project.objects.filter(own, task__continued_by__isnull=False).distinct()
    return {each.pk: each.invested for each in rows.prefetch_related("amounts", "parts__amounts")}


def _settle(projects, by, verb, note, was):
    """Progress, status and the days of the light by what is on record now; of the packages they are parts of, too."""
    keys = {each.pk for each in projects}
    packages = {each.package_id for each in projects if each.package_id} - keys
    rows = Project.objects.with_course().filter(pk__in=keys | packages).order_by("pk")
    fresh = {each.pk: each for each in rows}
    notes = dict.fromkeys(keys, note)
    for key in packages:
        notes[key] = f"{note}（{'、'.join(fresh[p.pk].code for p in projects if p.package_id == key)}）"
    _rewrite([(each, notes[key]) for key, each in fresh.items()], by, verb)
    if was:
        for each in Project.objects.filter(pk__in=was).prefetch_related("amounts", "parts__amounts"):
            follow(each, was[each.pk], by, note)


def recount(projects, by, verb, *, note=""):
    """Bring progress, status and light of packages in step with the parts they have now."""
    fresh = Project.objects.with_course().filter(pk__in=[each.pk for each in projects]).order_by("pk")
    _rewrite([(each, note) for each in fresh], by, verb)


def _rewrite(noted, by, verb):
    events, still = [], []
    today = clock.today()
    for project, note in noted:
        task = project.task
        task.project = project
        before = _shown(task)
        status, values = _reached(project.course, today)
        if status == task.status or task.status == Task.Status.STOPPED:
            for name, value in values.items():
                setattr(task, name, value)
            task.derive()
            still.append(task)
        else:
            move(task, status, **values)
        if changes := differences(before, _shown(task)):
            events.append(TaskEvent.made(task, by, verb, note=note, changes=changes))
    Task.objects.bulk_update(still, [*REACHED, *TURNS])
    TaskEvent.objects.bulk_create(events)


def _reached(course, today):
    """The status a project has come to, and the columns that go with it."""
    progress = course.progress(today)
    spent = [month for month, money in course.spent if money]
    status = Task.Status.ONGOING if spent or progress else Task.Status.NOT_STARTED
    values = {
        "progress": progress,
        "progress_month": max((month for month, _ in course.spent), default=None),
        "done_on": course.goal.done_on if progress == 100 else None,
    }
    return Task.Status.DONE if progress == 100 else status, values


def _shown(task):
    return {"进度": f"{task.progress}%", "状态": task.get_status_display()}
