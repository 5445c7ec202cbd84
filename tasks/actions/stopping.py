"""Key projects taken off the list (调出) and put back."""

from django.db import transaction

from kit.moves import change, lock, move, require, require_said, require_status
from kit.refusal import Refusal
from tasks.actions.turning import settle
from tasks.models import Project, Task, TaskEvent
from tasks.permissions import can_manage_plan


@transaction.atomic
def stop_project(project, by, on, *, reason, paper=""):
    """Take a project off the list (调出) from the month of ``on``; what was accepted stays, later months do not ask for it."""
    task = lock(project.task)
    require(not by or can_manage_plan(by, task.plan))
    project = Project.objects.get(pk=task.pk)
    reason = require_said(reason, "调出项目须写明原因。")
    if not project.listed_from <= on <= task.plan.ends_on:
        raise Refusal("调出日期须在列入以后、方案结束以前。")
    move(task, Task.Status.STOPPED)
    change(project, stopped_on=on, stopped_from=on.replace(day=1), stop_reason=reason)
    note = "；".join(part for part in (reason, paper.strip()) if part)
    TaskEvent.write(task, by, "调出重点项目", note=note, changes={"调出日期": ["", f"{on:%Y-%m-%d}"]})
    return project


@transaction.atomic
def resume_project(project, by, *, reason):
    """Put a stopped project back on the list as it stood."""
    task = lock(project.task)
    require(not by or can_manage_plan(by, task.plan))
    project = Project.objects.select_related("package").get(pk=task.pk)
    require_status(task, Task.Status.STOPPED, otherwise="没有调出")
    reason = require_said(reason, "恢复项目须写明原因。")
    was = f"{project.stopped_on:%Y-%m-%d}"
    change(project, stopped_on=None, stopped_from=None, stop_reason="")
    move(task, Task.Status.ONGOING if task.progress else Task.Status.NOT_STARTED)
    settle([project])
    TaskEvent.write(task, by, "恢复重点项目", note=reason, changes={"调出日期": [was, ""]})
    return project
