"""When a task is due and how its progress is expected: due date, pace, milestones, explanations, rules for lights."""

from django.db import transaction

from kit import clock
from kit.moves import change, lock, require, require_said
from kit.refusal import Refusal
from kit.trace import differences
from tasks.models import LightRules, Milestone, PlanEvent, Project, Task, TaskEvent
from tasks.permissions import can_manage_plan, can_manage_task

# What a version of the rules says of key projects alone.
PROGRAMME = ("start_months", "fulfilled_by")


@transaction.atomic
def reschedule(task, by, *, due_on, pace, short_title=None, note=""):
    """The date first planned stays on record."""
    task = lock(task)
    require(not by or can_manage_task(by, task))
    if due_on < task.starts_on:
        raise Refusal(f"完成时限不能早于开始日期{task.starts_on:%Y-%m-%d}。")
    if due_on != task.due_on and not note.strip():
        raise Refusal("调整完成时限须写明原因。")
    if task.milestones.filter(due_on__gt=due_on).exists():
        raise Refusal("有节点晚于新的完成时限，请先调整节点。")
    before = _shown(task)
    task.due_on, task.pace, task.short_title = due_on, pace, short_title or task.short_title
    task.save()
    if changes := differences(before, _shown(task)):
        TaskEvent.write(task, by, "调整任务安排", note=note, changes=changes)
    return task


def _shown(task):
    return {"完成时限": f"{task.due_on:%Y-%m-%d}", "进度方式": task.get_pace_display(), "简称": task.short_title}


@transaction.atomic
def set_milestones(task, rows, by, *, note=""):
    """``rows`` of (title, due_on, done_on, weight) replace all there are; a step that keeps its title stays the same step."""
    task = lock(task)
    require(not by or can_manage_task(by, task))
    if any(not task.starts_on <= due_on <= task.due_on for _, due_on, _, _ in rows):
        raise Refusal(f"节点时限须在{task.starts_on:%Y-%m-%d}至{task.due_on:%Y-%m-%d}之间。")
    before = _steps(task)
    known = {each.title: each for each in task.milestones.order_by("-pk")}
    kept = [
        known.pop(title, None) or Milestone(task=task, title=title, kind=kind) for (title, *_), kind in _kinds(rows)
    ]
    task.milestones.exclude(pk__in=[step.pk for step in kept if step.pk]).delete()
    for step, (_, due_on, done_on, weight) in zip(kept, rows, strict=True):
        step.due_on, step.done_on, step.weight = due_on, done_on, weight
        step.save()
    task = Task.objects.select_related("plan__rules").get(pk=task.pk)
    task.save()
    if (after := _steps(task)) != before:
        TaskEvent.write(task, by, "调整节点", note=note, changes={"节点": [before, after]})
    return task


def _kinds(rows):
    """Each row with its kind; a second of the same name is an ordinary step."""
    seen = set()
    for row in rows:
        kind = Milestone.kind_of(row[0])
        yield row, Milestone.Kind.STEP if kind in seen else kind
        seen.add(kind)


@transaction.atomic
def tick_milestone(milestone, by, *, done_on, note):
    """Say that a step is done, and what says so; one that is done already keeps its day."""
    task = lock(milestone.task)
    require(not by or can_manage_task(by, task))
    step = task.milestones.filter(pk=milestone.pk, done_on=None).first()
    if step is None:
        return task
    change(step, done_on=done_on)
    task = Task.objects.select_related("plan__rules").get(pk=task.pk)
    task.save()
    TaskEvent.write(task, by, "节点完成", note=note, changes={step.title: ["", f"{done_on:%Y-%m-%d}"]})
    return task


def _steps(task):
    return "；".join(
        f"{each.title}（{each.due_on:%Y-%m-%d}，权重{each.weight}{f'，{each.done_on:%Y-%m-%d}完成' if each.done_on else ''}）"
        for each in task.milestones.all()
    )


@transaction.atomic
def excuse(task, by, *, until, reason):
    """Suspend the light of ``task`` until a day, for an approved reason (说明)."""
    task = lock(task)
    require(not by or can_manage_task(by, task))
    reason = require_said(reason, "请写明暂不评灯的原因。")
    if until < clock.today():
        raise Refusal("截止日期不能早于今天。")
    before = f"{task.excused_until:%Y-%m-%d}" if task.excused_until else ""
    task.excused_until, task.excuse = until, reason
    task.save()
    changes = {"暂不评灯至": [before, f"{until:%Y-%m-%d}"]}
    TaskEvent.write(task, by, "批准说明，暂不评灯", note=reason, changes=changes)
    return task


@transaction.atomic
def change_rules(plan, by, *, slow_after, late_after, basis, **programme):
    """Give ``plan`` a new version of its rules for lights and settle every task by it.

    ``programme`` are the rules for key projects (PROGRAMME); what is not said stays as it was.
    """
    plan = lock(plan)
    require(not by or can_manage_plan(by, plan))
    old, version = plan.rules, (plan.rules.version + 1 if plan.rules else 1)
    kept = {name: getattr(old, name) for name in PROGRAMME} if old else {}
    said = {"slow_after": slow_after, "late_after": late_after, "basis": basis}
    change(plan, rules=LightRules.objects.create(plan=plan, version=version, **said, **kept | programme))
    tasks = list(plan.tasks.actions().select_related("plan__rules").prefetch_related("milestones"))
    projects = Project.objects.filter(task__plan=plan).with_course()
    for each in projects:
        each.task.project = each
        tasks.append(each.task)
    for task in tasks:
        task.settle_light()
    Task.objects.bulk_update(tasks, ["judged_from", "slow_from", "late_from"], batch_size=500)
    PlanEvent.write(plan, by, "调整亮灯规则", changes={"亮灯规则": [str(old or ""), str(plan.rules)]})
    return plan
