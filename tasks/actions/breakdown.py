"""Tasks that the plan's office adds, describes further, or takes back: 任务分解."""

from django.db import transaction

from kit.moves import change, lock, require
from kit.refusal import Refusal
from tasks.models import TaskEvent
from tasks.permissions import can_manage_task


@transaction.atomic
def add_task(task, by, *, note=""):
    require(can_manage_task(by, task))
    if not task.order:
        last = task.plan.tasks.order_by("order").last()
        task.order = last.order + 1 if last else 1
    task.planned_due_on = task.due_on
    task.save()
    TaskEvent.write(task, by, "新增任务", note=note)
    return task


@transaction.atomic
def state_standard(task, by, standard, *, note=""):
    task = lock(task)
    require(can_manage_task(by, task))
    if task.standard != standard:
        changes = {"工作要求和标准": [task.standard, standard]}
        change(task, standard=standard)
        TaskEvent.write(task, by, "修改工作要求", note=note, changes=changes)
    return task


@transaction.atomic
def remove_task(task, by, *, note=""):
    """Only as long as nothing was reported on it; its events stay."""
    task = lock(task)
    require(can_manage_task(by, task))
    if task.progress or task.done_on or task.milestones.exists():
        raise Refusal("任务已有进度或节点。")
    TaskEvent.write(task, by, "撤销任务", note=note, changes={"任务": [str(task), ""]})
    task.delete()
