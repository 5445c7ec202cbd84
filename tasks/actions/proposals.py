"""Self-chosen tasks of townships: proposed, corrected and taken back by the unit, decided by the plan's office."""

from django.db import transaction

from kit import clock, trace
from kit.moves import lock, move, require, require_status
from kit.refusal import Conflict, Refusal
from tasks.models import Responsibility, Task, TaskEvent
from tasks.permissions import can_manage_task, can_propose_task, can_revise_proposal

# 自行确定1—2项改革任务 (notice, reform plan, 四、(二))
MOST_A_YEAR = 2
# A task's number has room for twenty characters.
NAME_IN_NUMBER = 12


@transaction.atomic
def propose(plan, unit, by, *, short_title, text, due_on):
    require(can_propose_task(by, plan) and by.unit_id == unit.pk)
    _require_in_plan(plan, due_on)
    plan = lock(plan)
    same = Task.objects.chosen_by(unit.pk, plan.year).filter(
        status=Task.Status.PROPOSED, short_title=short_title, text=text
    )
    if known := same.first():
        trace.spare(known, True, "提出自选任务")
    if Task.objects.chosen_by(unit.pk, plan.year).count() >= MOST_A_YEAR:
        raise Refusal(f"每个乡镇每年自选{MOST_A_YEAR}项任务，本单位{plan.year}年已申报{MOST_A_YEAR}项（含待受理）。")
    task = Task.objects.create(
        plan=plan,
        number=_next_number(plan, unit),
        order=90000 + unit.order,
        short_title=short_title,
        text=text,
        starts_on=max(plan.starts_on, plan.issued_on or plan.starts_on),
        due_on=due_on,
        origin=Task.Origin.SELF_CHOSEN,
        status=Task.Status.PROPOSED,
    )
    Responsibility.objects.create(task=task, unit=unit, role=Responsibility.Role.LEAD, order=1)
    TaskEvent.write(task, by, "提出自选任务")
    return task


def _require_in_plan(plan, due_on):
    if not plan.starts_on <= due_on <= plan.ends_on:
        raise Refusal(f"完成时限须在方案期间（{plan.starts_on:%Y-%m-%d}至{plan.ends_on:%Y-%m-%d}）内。")


def _waiting(task, *verbs):
    """Return a proposal under its lock; one that was decided or taken back meanwhile is a Refusal, unless by ``verbs``."""
    task = lock(task)
    trace.spare(task, task.status != Task.Status.PROPOSED, *verbs)
    require_status(task, Task.Status.PROPOSED, otherwise="不用再受理")
    return task


@transaction.atomic
def revise(task, by, **values):
    require(can_revise_proposal(by, task))
    task = _waiting(task)
    _require_in_plan(task.plan, values["due_on"])
    found = trace.differences({name: getattr(task, name) for name in values}, values)
    if not found:
        return task
    for name, value in values.items():
        setattr(task, name, value)
    task.starts_on, task.planned_due_on = min(task.starts_on, task.due_on), task.due_on
    task.save()
    changes = {Task._meta.get_field(name).verbose_name: change for name, change in found.items()}
    TaskEvent.write(task, by, "修改自选任务", changes=changes)
    return task


@transaction.atomic
def take_back(task, by):
    require(can_revise_proposal(by, task))
    task = _waiting(task, "撤回自选任务")
    move(task, Task.Status.WITHDRAWN)
    TaskEvent.write(task, by, "撤回自选任务")
    return task


def _next_number(plan, unit):
    stem = f"自选-{unit.name[:NAME_IN_NUMBER]}-"
    taken = plan.tasks.filter(number__startswith=stem).values_list("number", flat=True)
    # Not the count: a plan carried over may hold -2 without -1.
    return f"{stem}{1 + max((int(each[len(stem) :]) for each in taken if each[len(stem) :].isdecimal()), default=0)}"


@transaction.atomic
def decide_proposal(task, by, *, accepted, note="", seen=None):
    """Accept a proposal into the plan, or decline it with a reason; ``seen`` is its last event on the page."""
    require(can_manage_task(by, task))
    verb = "采纳自选任务" if accepted else "未采纳自选任务"
    task = _waiting(task, verb)
    if seen is not None and seen != task.events.newest().first().pk:
        raise Conflict("申报单位刚刚改过这项任务，请看过修改后的内容再受理。", task)
    if not accepted and not note.strip():
        raise Refusal("不采纳须写明原因。")
    # The time of one accepted runs from now on: a task taken in autumn is not behind since spring.
    starts_on = min(max(task.starts_on, clock.today()), task.due_on) if accepted else task.starts_on
    status = Task.Status.NOT_STARTED if accepted else Task.Status.DECLINED
    move(task, status, decision_note=note.strip(), starts_on=starts_on)
    TaskEvent.write(task, by, verb, note=note)
    return task
