"""Progress of tasks: moved by accepted reports only."""

from django.db import transaction

from kit import clock
from kit.refusal import Refusal
from kit.trace import differences
from tasks.models import Task, TaskEvent


@transaction.atomic
def accept_progress(task, progress, month, by, *, note=""):
    """Move ``task`` to the accepted ``progress`` (0-100) of ``month``; an older month than the one on record moves nothing."""
    task = _locked(task)
    if task.progress_month and task.progress_month > month:
        return
    _write(task, progress, month, by, "进度更新", note)


@transaction.atomic
def step_back(task, progress, month, by, *, note=""):
    """Put ``task`` back to what is still accepted after a report was reopened; ``month`` is None when nothing is."""
    _write(_locked(task), progress, month, by, "进度回退", note)


def _locked(task):
    return Task.objects.select_for_update(of=("self",)).select_related("plan__rules").get(pk=task.pk)


def _write(task, progress, month, by, verb, note):
    """Write progress and what follows from it: status, day of completion, turning days of the light."""
    before = _shown(task)
    status = Task.status_at(progress)
    if status != task.status and status not in Task.MOVES[Task.Status(task.status)]:
        raise Refusal(f"第{task.number}项现在是“{task.get_status_display()}”，不能变为“{status.label}”。")
    task.progress, task.progress_month, task.status = progress, month, status
    task.done_on = (task.done_on or clock.today()) if progress == 100 else None
    task.save()
    if changes := differences(before, _shown(task)):
        TaskEvent.write(task, by, verb, note=note, changes=changes)


def _shown(task):
    return {"进度": f"{task.progress}%", "状态": task.get_status_display()}
