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
    refuse_parts(lead, supports)
    put_parts([(task, lead, supports)], by, note=note)
    return task


def refuse_parts(lead, supports):
    """Nobody supports what nobody leads, and a unit stands in one place only."""
    if supports and not lead:
        raise Refusal("有配合单位时，请先选定一个牵头单位。")
    if lead in supports or len({unit.pk for unit in supports}) < len(supports):
        raise Refusal("同一个单位只能出现一次：要么牵头，要么配合。")


def put_parts(parts, by, *, note):
    """Write who is responsible for tasks (locked), with the trace; who may and whether it can be was asked before.

    ``parts`` are (task, lead, supports).
    """
    known = Responsibility.objects.filter(task__in=[task.pk for task, *_ in parts])
    before = {}
    for each in known.select_related("unit").order_by("task", "order"):
        before.setdefault(each.task_id, []).append(each)
    known.delete()
    after = {task.pk: _parts_of(task, lead, supports) for task, lead, supports in parts}
    Responsibility.objects.bulk_create(each for rows in after.values() for each in rows)
    events = []
    for task, *_ in parts:
        old, new = _named(before.get(task.pk, ())), _named(after[task.pk])
        if old != new:
            changes = {"责任单位": [old, new]}
            events.append(TaskEvent.made(task, by, "调整责任单位", note=note, changes=changes))
    TaskEvent.objects.bulk_create(events)


def _parts_of(task, lead, supports):
    roles = ([(lead, Responsibility.Role.LEAD)] if lead else []) + [(u, Responsibility.Role.SUPPORT) for u in supports]
    return [Responsibility(task=task, unit=unit, role=role, order=n) for n, (unit, role) in enumerate(roles, 1)]


def _named(parts):
    return "、".join(f"{part.unit.name}（{part.get_role_display()}）" for part in parts)
