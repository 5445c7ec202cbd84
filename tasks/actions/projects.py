"""The register of key projects: put on the list, corrected, taken back."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from kit import names
from kit.moves import lock, require
from kit.refusal import Refusal
from kit.trace import differences
from tasks.actions.assignment import assign
from tasks.actions.classes import rule_of
from tasks.actions.schedules import put_amounts, put_nodes
from tasks.models import (
    ClassChange,
    Label,
    Plan,
    Project,
    ProjectClass,
    ProjectPerson,
    Task,
    TaskEvent,
)
from tasks.permissions import can_manage_plan
from units.models import User

LETTERS = {
    ProjectClass.NEW: "K",
    ProjectClass.CONTINUED: "X",
    ProjectClass.PREPARED: "T",
    ProjectClass.STUDIED: "Y",
    ProjectClass.CONTRACTED: "Z",
}
# What a person may correct of a project by hand; class, list and plan by month go by doors of their own.
OWN = (
    "name",
    "printed_number",
    "sector",
    "owner",
    "nature",
    "years",
    "total",
    "before",
    "year_plan",
    "funding",
    "goal_words",
    "signed_on",
    "contract_sum",
    "contract_land",
    "investor",
)


@dataclass(frozen=True)
class Person:
    """Who answers for a project, as typed: the role, the name, the unit (or None), the phone."""

    role: str
    name: str
    unit: object = None
    phone: str = ""


@dataclass
class Told:
    """What is said of a project when it is put on the list or corrected: ``values`` by the names of OWN.

    ``units`` are the service unit and those that help; ``amounts`` {measure: {month: planned}}; ``nodes`` as
    ``tasks.actions.schedules.Step``. None leaves a part as it is.
    """

    values: dict = field(default_factory=dict)
    content: str | None = None
    units: list | None = None
    places: list | None = None
    labels: list | None = None
    people: list | None = None
    amounts: dict | None = None
    nodes: list | None = None


def next_code(plan, klass):
    """The next free code of a class: its letter and two digits or more; a code is never given twice, not in the years before either."""
    letter = LETTERS[ProjectClass(klass)]
    taken = Task.objects.filter(plan__in=_line_of(plan), number__startswith=letter).values_list("number", flat=True)
    used = [int(found[1]) for found in (re.fullmatch(rf"{letter}(\d+)", number) for number in taken) if found]
    return f"{letter}{max(used, default=0) + 1:02d}"


def _line_of(plan):
    """The keys of a plan and of those it was begun from."""
    keys = [plan.pk]
    while before := Plan.objects.filter(pk=keys[-1]).values_list("follows", flat=True).get():
        keys.append(before)
    return keys


@transaction.atomic
def list_project(plan, by, klass, told, *, code="", month=None, package=None, as_decided=True, reason="", paper=""):
    """Put a project on the list from ``month`` on (the plan's first without one) and return it.

    ``as_decided`` says that it stands on the year's list as first decided; what comes later needs a reason.
    """
    plan = lock(plan)
    require(not by or can_manage_plan(by, plan))
    month = month or plan.months[0]
    if not as_decided and not reason.strip():
        raise Refusal("年中增补项目须写明原因。")
    rule, name = rule_of(plan, klass), told.values["name"]
    _refuse_taken(plan, name, code)
    task = Task.objects.create(
        plan=plan,
        kind=Task.Kind.PROJECT,
        parent=rule.action,
        number=code or next_code(plan, klass),
        order=(plan.tasks.order_by("order").values_list("order", flat=True).last() or 0) + 1,
        short_title=name[:40],
        text=told.content or name,
        starts_on=month,
        due_on=plan.ends_on,
        pace=Task.Pace.MILESTONES,
        origin=Task.Origin.DOCUMENT if as_decided else Task.Origin.ADDED,
    )
    project = Project(task=task, klass=klass, listed_from=month, package=package, name=name)
    _put_values(project, told.values)
    if as_decided:
        project.first_total, project.first_year_plan = project.total, project.year_plan
    project.save(force_insert=True)
    ClassChange.objects.create(project=project, klass=klass, from_month=month, reason=reason, paper=paper, by=by)
    _put_parts(project, told, by)
    settle(project)
    note = "；".join(part for part in (reason.strip(), paper.strip()) if part)
    TaskEvent.write(task, by, "列入重点项目", note=note, changes={"类别": ["", project.get_klass_display()]})
    return project


def _refuse_taken(plan, name, code, but=None):
    rows = Project.objects.filter(task__plan=plan).exclude(pk=but)
    if code and rows.filter(task__number=code).exists():
        raise Refusal(f"编号{code}已用于另一个项目。")
    if any(names.key(each) == names.key(name) for each in rows.values_list("name", flat=True)):
        raise Refusal(f"本方案已有同名项目“{name}”，请在名称中区分。")


def _put_values(project, values):
    if unknown := set(values) - set(OWN):
        raise TypeError(f"a project has no {unknown}")
    for name, value in values.items():
        setattr(project, name, value)


def _put_parts(project, told, by):
    if told.units is not None:
        assign(project.task, told.units[0] if told.units else None, told.units[1:], by)
    if told.places is not None:
        project.places.set(told.places)
    if told.labels is not None:
        project.labels.set([Label.objects.get_or_create(name=name)[0] for name in told.labels])
    if told.people is not None:
        put_people(project, told.people)
    if told.amounts is not None:
        put_amounts(project, told.amounts, first=True)
    if told.nodes is not None:
        put_nodes(project, told.nodes)


def put_people(project, people):
    """Replace who answers for a project; a county leader is tied to the one account of that name."""
    leaders = {}
    for user in User.objects.filter(role=User.Role.LEADER, is_active=True):
        leaders.setdefault(user.name, []).append(user)
    project.people.all().delete()
    rows = []
    for order, person in enumerate(people, 1):
        found = leaders.get(person.name, []) if person.role == ProjectPerson.Role.LEADER else []
        rows.append(
            ProjectPerson(
                project=project,
                role=person.role,
                name=person.name,
                unit=person.unit,
                phone=person.phone,
                user=found[0] if len(found) == 1 else None,
                order=order,
            )
        )
    ProjectPerson.objects.bulk_create(rows)


def settle(project):
    """Settle the days of its light by what stands now, and those of the package it is a part of."""
    for each in filter(None, (project, project.package)):
        fresh = Project.objects.with_course().get(pk=each.pk)
        fresh.task.project = fresh
        fresh.task.save(update_fields=["late_from"])


@transaction.atomic
def revise_project(project, by, told, *, note=""):
    """Correct what is said of a project; another total or year's plan than before needs a reason."""
    task = lock(project.task)
    require(not by or can_manage_plan(by, task.plan))
    project = Project.objects.select_related("sector", "package").get(pk=task.pk)
    project.task = task
    before = described(project)
    _put_values(project, told.values)
    _refuse_taken(task.plan, project.name, "", but=project.pk)
    if told.content is not None:
        task.text = told.content or project.name
    task.short_title = project.name[:40]
    is_first = bool(task.continues_id) and project.first_year_plan is None
    if is_first:
        project.first_year_plan = project.year_plan
    decided = ("总投资（万元）",) if is_first else ("总投资（万元）", "年度计划投资（万元）")
    moved = [name for name in decided if described(project)[name] != before[name]]
    if moved and not note.strip():
        raise Refusal(f"修改{'、'.join(moved)}须写明原因。")
    project.save()
    task.save()
    _put_parts(project, told, by)
    settle(project)
    project = Project.objects.select_related("task", "sector").get(pk=task.pk)
    if changes := differences(before, described(project)):
        TaskEvent.write(task, by, "修改项目资料", note=note.strip(), changes=changes)
    return project


def described(project):
    """What the register says of a project in words, {Chinese name: text}, as the trace compares it."""
    fields = {Project._meta.get_field(name).verbose_name: getattr(project, name) for name in OWN}
    people = project.people.all() if project.pk else []
    parts = {
        "建设规模和内容": project.content,
        "标签": "、".join(each.name for each in project.labels.all()),
        "建设地点": "、".join(each.name for each in project.places.all()),
        "责任人": "、".join(f"{each.get_role_display()}{each.name}" for each in people),
    }
    return {name: _words(value) for name, value in (fields | parts).items()}


def _words(value):
    if value is None:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


@transaction.atomic
def remove_project(project, by, *, note=""):
    """Take back a project that was put on the list by mistake, as long as nothing was reported or proposed on it; its events stay."""
    task = lock(project.task)
    require(not by or can_manage_plan(by, task.plan))
    project = Project.objects.get(pk=task.pk)
    if task.progress or project.amounts.exclude(actual=None).exists() or project.schedules.exists():
        raise Refusal("项目已有进度或计划表。")
    if project.parts.exists():
        raise Refusal("项目下面还有子项目。")
    assign(task, None, [], by)
    TaskEvent.write(task, by, "撤销列入", note=note, changes={"项目": [str(task), ""]})
    task.delete()
