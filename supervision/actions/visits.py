"""Visits of county leaders to projects: what was settled on the spot, one line each."""

from django.db import transaction

from kit import clock
from kit.moves import lock, require
from kit.refusal import Already, Refusal
from supervision.actions.meetings import add_item
from supervision.models import Occasion, OccasionEvent
from supervision.permissions import can_record_visit


@transaction.atomic
def record_visit(project, by, *, leader, held_on, settled, people="", notes=""):
    """Write a visit with what was settled; return the Occasion. The same leader, project and day is one visit."""
    plan = lock(project.task.plan)
    require(can_record_visit(by, plan, leader))
    month = held_on.replace(day=1)
    if held_on > clock.today() or month not in plan.months:
        raise Refusal("走访日期须在方案年度内，不晚于今天。")
    visits = Occasion.objects.visits().filter(project=project, leader=leader)
    if visits.filter(held_on=held_on).exists():
        raise Already(f"{leader}{held_on:%Y-%m-%d}走访{project}已有记录，没有重复记录。")
    visit = Occasion.objects.create(
        kind=Occasion.Kind.VISIT,
        plan=plan,
        month=month,
        project=project,
        leader=leader,
        held_on=held_on,
        unit=by.unit,
        people=people,
        notes=notes,
        status=Occasion.Status.HELD,
        by=by,
    )
    OccasionEvent.write(visit, by, "记录走访")
    for text in settled:
        add_item(visit, by, text=text, project=project)
    return visit
