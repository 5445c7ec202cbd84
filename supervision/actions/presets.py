"""A scheme from what is shipped: items, steps and classes of the notice's three plans, groups by what kind of unit has a part."""

import json
from decimal import Decimal

from django.conf import settings
from django.db import transaction

from kit.moves import lock
from kit.refusal import Refusal
from supervision.actions.schemes import begin_scheme, put_group, put_item, taken, written
from supervision.models.scheme import Scheme, SchemeItem
from supervision.notice import is_of_notice
from supervision.scoring import shares_of
from tasks.models import Plan, Responsibility, Task
from units.models import Unit

SHIPPED = settings.BASE_DIR / "fixtures" / "schemes.json"
HEAD = ("purpose", "subjects", "months", "minimum", "low_count", "streak", "steps", "classes", "consequence", "basis")
REST, STANDARD = "其他单位", "组织考核"


def presets(plan):
    """{key: preset} for this kind of plan; one of no kind of its own is ranked and assessed as a reform plan is."""
    shipped = json.loads(SHIPPED.read_text("utf-8"))
    basis = {} if is_of_notice(plan) else {"basis": ""}
    return {each["key"]: each | basis for each in shipped.get(plan.kind, shipped[Plan.Kind.REFORM])}


@transaction.atomic
def start_from(plan, by, key):
    plan = lock(plan)
    preset = presets(plan).get(key)
    if preset is None:
        raise Refusal("没有这份样本，请重选。")
    scheme = begin_scheme(
        plan, by, verb="按样本建立", name=preset["name"], **{name: preset[name] for name in HEAD if name in preset}
    )
    for name, units in groups_of(plan, scheme, projects=preset.get("projects", False)):
        put_group(scheme, name=name, units=units)
    for values in preset["items"]:
        put_item(scheme, **{"params": {}, **values, "full": Decimal(values["full"])})
    if preset.get("standards") and _with_standards(plan):
        take_standards(scheme, by, preset["standards"])
    return Scheme.objects.get(pk=scheme.pk)


def groups_of(plan, scheme, *, projects=False):
    """[(name, units)]: by kind, what is too few for a group of its own together at the end; of projects and envoys one of all."""
    if scheme.subjects != Scheme.Subjects.UNIT:
        return [("全部", [])]
    parts = Responsibility.objects.in_force().owing().filter(task__plan=plan)
    parts = parts.filter(task__kind=Task.Kind.PROJECT) if projects else parts.actions()
    units = list(Unit.objects.active().of(parts).order_by("order", "pk"))
    found, rest = [], []
    for name, kinds in json.loads(SHIPPED.read_text("utf-8"))["groups"]:
        own = [unit for unit in units if unit.peer_group in kinds]
        if len(own) >= scheme.minimum:
            found.append((name, own))
        else:
            rest += own
    return [*found, (REST, rest)] if rest else found


def _with_standards(plan):
    return plan.tasks.actions().in_force().exclude(standard="").order_by("order", "pk")


@transaction.atomic
def take_standards(scheme, by, marks):
    """Make an item of each task's 工作要求和标准 (附件1), for the units to judge themselves by and the office to mark.

    ``marks`` are divided among them; what became an item before is not taken again.
    """
    scheme = taken(scheme, by)
    tasks = list(_with_standards(scheme.plan).exclude(scheme_items__scheme=scheme))
    if not tasks:
        raise Refusal("没有可以取入的“工作要求和标准”：请先在任务里填写，或者导入附件1。")
    fulls = shares_of(marks, len(tasks))
    made = [
        put_item(
            scheme,
            dimension=STANDARD,
            title=task.short_title,
            standard=task.standard,
            full=full,
            way=SchemeItem.Way.HAND,
            self_scored=True,
            task=task,
        )
        for task, full in zip(tasks, fulls, strict=True)
    ]
    written(scheme, by, "取入工作标准", f"{len(made)}项，共{marks}分")
    return made
