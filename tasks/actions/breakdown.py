"""Tasks that the plan's office adds, describes further, or takes back: 任务分解."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kit.refusal import Refusal
from tasks.models import Task, TaskEvent
from tasks.permissions import can_manage_task


def _locked(task, by):
    task = Task.objects.select_for_update(of=("self",)).select_related("plan__rules").get(pk=task.pk)
    if not can_manage_task(by, task):
        raise PermissionDenied
    return task


@transaction.atomic
def add_task(task, by, *, note=""):
    """Put a new task on a plan's list; who is responsible for it is said by assigning."""
    if not can_manage_task(by, task):
        raise PermissionDenied
    if not task.order:
        last = task.plan.tasks.order_by("order").last()
        task.order = last.order + 1 if last else 1
    task.planned_due_on = task.due_on
    task.save()
    TaskEvent.write(task, by, "新增任务", note=note)
    return task


@transaction.atomic
def state_standard(task, by, standard, *, note=""):
    """Say what a task has to reach (工作要求和标准)."""
    task = _locked(task, by)
    if task.standard != standard:
        changes = {"工作要求和标准": [task.standard, standard]}
        task.standard = standard
        task.save(update_fields=["standard"])
        TaskEvent.write(task, by, "修改工作要求", note=note, changes=changes)
    return task


@transaction.atomic
def remove_task(task, by, *, note=""):
    """Take a task off the list again as long as nothing was reported on it; its events stay."""
    task = _locked(task, by)
    if task.progress or task.done_on or task.milestones.exists():
        raise Refusal("任务已有进度或节点。")
    TaskEvent.write(task, by, "撤销任务", note=note, changes={"任务": [str(task), ""]})
    task.delete()
