"""What the administrator does to plans and tasks: sets plans up, puts a task into its place."""

from django.db import transaction

from kit.moves import lock, require
from kit.refusal import Refusal
from kit.trace import differences
from tasks.actions.loading import DEFAULT_RULES
from tasks.actions.schedule import change_rules
from tasks.models import PlanEvent, TaskEvent
from tasks.permissions import can_set_up_plans

PLAN_WORDS = ("year", "title", "short_title", "document_number", "issued_on", "office", "starts_on", "ends_on")


@transaction.atomic
def keep_plan(plan, by, *, note=""):
    require(can_set_up_plans(by))
    stored = lock(plan) if plan.pk else None
    if plan.ends_on < plan.starts_on:
        raise Refusal("结束日期不能早于开始日期。")
    plan.save()
    if stored is None:
        PlanEvent.write(plan, by, "建立方案", note=note)
        plan.rules = change_rules(plan, None, **DEFAULT_RULES).rules
    elif changes := differences(_heading(stored), _heading(plan)):
        PlanEvent.write(plan, by, "修改方案", note=note, changes=changes)
    return plan


def _heading(plan):
    values = {plan._meta.get_field(name).verbose_name: str(getattr(plan, name) or "") for name in PLAN_WORDS}
    return values | {"类别": plan.get_kind_display(), "报送要求原文": plan.reporting_source}


@transaction.atomic
def keep_parts(plan, by, rows, *, note=""):
    require(can_set_up_plans(by))
    changes = {}
    for row in rows:
        before = type(row).objects.filter(pk=row.pk).first()
        old = describe(before) if before else {}
        row.save()
        found = differences(old, describe(row))
        changes |= {f"{row._meta.verbose_name}“{row}”{name}": pair for name, pair in found.items()}
    if changes:
        PlanEvent.write(plan, by, "修改方案内容", note=note, changes=changes)


def describe(row):
    fields = [field for field in row._meta.concrete_fields if not field.primary_key and field.name != "plan"]
    return {field.verbose_name: _word(row, field) for field in fields}


def _word(row, field):
    value = getattr(row, f"get_{field.name}_display")() if field.choices else getattr(row, field.name)
    return "" if value is None else str(value)


@transaction.atomic
def place_task(task, by, *, section, order, note=""):
    require(can_set_up_plans(by))
    if section and section.plan_id != task.plan_id:
        raise Refusal("章节不属于这个方案。")
    task = lock(task)
    before = _place(task)
    task.section, task.order = section, order
    if changes := differences(before, _place(task)):
        task.save(update_fields=["section", "order"])
        TaskEvent.write(task, by, "调整章节和排序", note=note, changes=changes)
    return task


def _place(task):
    return {"章节": str(task.section or ""), "排序": str(task.order)}
