"""Self-chosen tasks of townships, with what follows for the inbox and the months that are running."""

from django.db import transaction
from django.urls import reverse

from reports.actions.periods import sync_obligations
from reports.models import Period
from tasks.actions import proposals
from units.actions.notices import tell, tell_unit
from units.models import User


@transaction.atomic
def propose_task(plan, unit, by, **values):
    task = proposals.propose(plan, unit, by, **values)
    _tell_office(task, "申报")
    return task


@transaction.atomic
def revise_task(task, by, **values):
    seen = task.events.count()
    task = proposals.revise(task, by, **values)
    if task.events.count() > seen:
        _tell_office(task, "修改了申报的")
    return task


@transaction.atomic
def take_task_back(task, by):
    task = proposals.take_back(task, by)
    _tell_office(task, "撤回了申报的")
    return task


def _tell_office(task, did):
    tell(
        User.objects.filter(is_active=True, role=User.Role.OFFICE, unit=task.plan.office_id),
        key=f"proposal:{task.pk}:{task.events.count()}",
        title=f"{task.lead.name}{did}自选任务：{task.short_title}",
        body=task.text,
        url=reverse("task_decide", args=[task.pk]),
    )


@transaction.atomic
def decide_task(task, by, *, accepted, note="", seen=None):
    """An accepted task is owed from the running month on."""
    task = proposals.decide_proposal(task, by, accepted=accepted, note=note, seen=seen)
    if accepted:
        for period in Period.objects.running(task.plan_id):
            sync_obligations(period)
    tell_unit(
        task.lead,
        key=f"proposal-decided:{task.pk}",
        title=f"自选任务“{task.short_title}”{'已采纳' if accepted else '未采纳'}",
        body=note.strip(),
        url=reverse("task", args=[task.pk]),
    )
    return task
