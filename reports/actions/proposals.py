"""Self-chosen tasks of townships, with what follows for the inbox and the months that are running."""

from django.db import transaction
from django.urls import reverse

from reports.actions.notices import tell, tell_unit
from reports.actions.periods import sync_obligations
from reports.models import Period
from tasks.actions import proposals
from units.models import User


@transaction.atomic
def propose_task(plan, unit, by, **values):
    """File a proposal and tell the plan's office that one waits."""
    task = proposals.propose(plan, unit, by, **values)
    tell(
        User.objects.filter(is_active=True, role=User.Role.OFFICE, unit=plan.office_id),
        key=f"proposal:{task.pk}",
        title=f"{unit.name}申报自选任务：{task.short_title}",
        body=task.text,
        url=reverse("task_decide", args=[task.pk]),
    )
    return task


@transaction.atomic
def decide_task(task, by, *, accepted, note=""):
    """Accept or decline a proposal; an accepted task is owed from the running month on."""
    task = proposals.decide_proposal(task, by, accepted=accepted, note=note)
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
