"""Progress of tasks: moved by accepted reports only."""

from django.db import transaction

from kit import clock
from kit.moves import lock, move
from kit.trace import differences
from tasks.models import Task, TaskEvent


@transaction.atomic
def accept_progress(task, progress, month, by, *, note=""):
    """Move ``task`` to the accepted ``progress`` (0-100) of ``month``; an older month than the one on record moves nothing."""
    task = lock(task)
    if task.progress_month and task.progress_month > month:
        return
    _write(task, progress, month, by, "进度更新", note)


@transaction.atomic
def step_back(task, progress, month, by, *, note=""):
    """Put ``task`` back to what is still accepted after a report was reopened; ``month`` is None when nothing is."""
    _write(lock(task), progress, month, by, "进度回退", note)


def _write(task, progress, month, by, verb, note):
    before = _shown(task)
    status = Task.status_at(progress)
    done_on = (task.done_on or clock.today()) if progress == 100 else None
    task.progress, task.progress_month, task.done_on = progress, month, done_on
    # Written once: PostgreSQL asks for the plan's lock at the end for a row that one transaction wrote twice.
    if status == task.status:
        task.save()
    else:
        move(task, status, progress=progress, progress_month=month, done_on=done_on)
    if changes := differences(before, _shown(task)):
        TaskEvent.write(task, by, verb, note=note, changes=changes)


def _shown(task):
    return {"进度": f"{task.progress}%", "状态": task.get_status_display()}
