"""Who is responsible for a task."""

from django.db import transaction

from kit.moves import lock, require
from kit.refusal import Refusal
from tasks.models import Responsibility, TaskEvent
from tasks.permissions import can_manage_task


@transaction.atomic
def assign(task, lead, supports, by, *, note=""):
    """Make ``lead`` (a Unit or None) the leading unit of ``task`` and ``supports`` the supporting ones, in this order.

    ``by`` is None when a plan is loaded. The door that also creates this month's obligations is reports.actions.assignment.
    """
    task = lock(task)
    require(not by or can_manage_task(by, task))
    if supports and not lead:
        raise Refusal("有配合单位时，请先选定一个牵头单位。")
    if lead in supports or len({unit.pk for unit in supports}) < len(supports):
        raise Refusal("同一个单位只能出现一次：要么牵头，要么配合。")
    put_parts(task, lead, supports, by, note=note)
    return task


def put_parts(task, lead, supports, by, *, note):
    """Write who is responsible for ``task`` (locked), with the trace; who may and whether it can be was asked before."""
    before = _named(task)
    task.responsibilities.all().delete()
    parts = ([(lead, Responsibility.Role.LEAD)] if lead else []) + [(u, Responsibility.Role.SUPPORT) for u in supports]
    Responsibility.objects.bulk_create(
        Responsibility(task=task, unit=unit, role=role, order=n) for n, (unit, role) in enumerate(parts, 1)
    )
    after = _named(task)
    if before != after:
        TaskEvent.write(task, by, "调整责任单位", note=note, changes={"责任单位": [before, after]})


def _named(task):
    parts = task.responsibilities.select_related("unit").order_by("order")
    return "、".join(f"{part.unit.name}（{part.get_role_display()}）" for part in parts)
