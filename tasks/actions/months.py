"""What an accepted month writes into the register of key projects, and what reopening it takes back."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from kit import clock
from kit.moves import lock, move
from kit.trace import differences
from tasks.actions.carrying import follow
from tasks.models import Amount, Measure, Milestone, Project, Task, TaskEvent

FIGURES = {"invested": Measure.INVESTED, "arrived": Measure.ARRIVED, "land": Measure.LAND}


@transaction.atomic
def enter_month(task, month, figures, by, *, note=""):
    """Write one accepted month: ``figures`` are the plain values of a project's line (reports.line).

    ``figures["nodes"]`` maps keys of milestones to the day they were done; ``figures["cause"]`` is what holds it up (Cause).
    """
    task = lock(task)
    was = _come_to(task)
    if "cause" in figures:
        later = Q(cause_month__gt=month)
        Project.objects.filter(pk=task.pk).exclude(later).update(cause=figures["cause"], cause_month=month)
    for name, measure in FIGURES.items():
        if figures.get(name) is not None:
            values = {"actual": Decimal(str(figures[name]))}
            Amount.objects.update_or_create(project_id=task.pk, month=month, measure=measure, defaults=values)
    for key, day in (figures.get("nodes") or {}).items():
        open_nodes = Milestone.objects.filter(pk=key, task=task, done_on=None)
        open_nodes.update(done_on=datetime.date.fromisoformat(day), told_in=month)
    _settle(task, by, "数据入册", note, was)


@transaction.atomic
def leave_month(task, month, by, *, note=""):
    """Take the figures and nodes of one month out of the register again."""
    task = lock(task)
    was = _come_to(task)
    Amount.objects.filter(project=task.pk, month=month).update(actual=None)
    Milestone.objects.filter(task=task, told_in=month).update(done_on=None, told_in=None)
    Project.objects.filter(pk=task.pk, cause_month=month).update(cause="", cause_month=None)
    _settle(task, by, "数据退回", note, was)


def _come_to(task):
    """{key: what it had come to over all years} of a project that was carried into another year already, and of its package."""
    own = Q(pk=task.pk) | Q(parts=task.pk)
    rows = Project.objects.filter(own, task__continued_by__isnull=False).distinct()
    return {each.pk: each.invested for each in rows.prefetch_related("amounts", "parts__amounts")}


def _settle(task, by, verb, note, was):
    """Progress, status and the days of the light by what is on record now; of the package it is a part of, too."""
    project = Project.objects.with_course().select_related("package__task").get(pk=task.pk)
    _rewrite(project, by, verb, note)
    for each in Project.objects.filter(pk__in=was).prefetch_related("amounts", "parts__amounts"):
        follow(each, was[each.pk], by, note)
    if project.package_id:
        lock(project.package.task)
        _rewrite(Project.objects.with_course().get(pk=project.package_id), by, verb, f"{note}（{project.code}）")


def _rewrite(project, by, verb, note):
    task = project.task
    task.project = project
    before = _shown(task)
    today = clock.today()
    progress = project.course.progress(today)
    spent = [month for month, money in project.course.spent if money]
    status = Task.Status.ONGOING if spent or progress else Task.Status.NOT_STARTED
    values = {
        "progress": progress,
        "progress_month": max((month for month, _ in project.course.spent), default=None),
        "done_on": project.course.goal.done_on if progress == 100 else None,
    }
    status = Task.Status.DONE if progress == 100 else status
    for name, value in values.items():
        setattr(task, name, value)
    if status == task.status or task.status == Task.Status.STOPPED:
        task.save()
    else:
        move(task, status, **values)
    if changes := differences(before, _shown(task)):
        TaskEvent.write(task, by, verb, note=note, changes=changes)


def _shown(task):
    return {"进度": f"{task.progress}%", "状态": task.get_status_display()}
