"""Progress of tasks: moved by accepted reports only."""

from django.db import transaction

from kit import clock
from kit.trace import differences
from tasks.models import Task, TaskEvent


@transaction.atomic
def accept_progress(task, progress, month, by, *, note=""):
    """Move ``task`` to the accepted ``progress`` (0-100) of ``month``; an older month than the one on record moves nothing."""
    if task.progress_month and task.progress_month > month:
        return
    set_progress(task, progress, month, by, verb="进度更新", note=note)


@transaction.atomic
def set_progress(task, progress, month, by, *, verb, note=""):
    """Write progress and what follows from it: status, day of completion, turning days of the light."""
    before = _shown(task)
    task.progress, task.progress_month = progress, month
    task.status = _status_for(progress)
    task.done_on = (task.done_on or clock.today()) if progress == 100 else None
    task.save()
    if changes := differences(before, _shown(task)):
        TaskEvent.write(task, by, verb, note=note, changes=changes)


def _status_for(progress):
    if progress == 100:
        return Task.Status.DONE
    return Task.Status.ONGOING if progress else Task.Status.NOT_STARTED


def _shown(task):
    return {"进度": f"{task.progress}%", "状态": task.get_status_display()}
