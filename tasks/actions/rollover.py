"""Year roll-over: a plan begun anew for another year, with what is still to be done of the old one."""

import datetime
from dataclasses import dataclass, field

from django.db import transaction

from kit.moves import lock, require
from kit.refusal import Refusal
from tasks.actions.carrying import CarriedProject, ProjectCopy, check, copied, moved
from tasks.actions.loading import DEFAULT_RULES
from tasks.actions.plans import REPORTING
from tasks.actions.schedule import PROGRAMME, change_rules
from tasks.models import (
    GroupLead,
    GroupMember,
    Indicator,
    Milestone,
    Plan,
    PlanEvent,
    Responsibility,
    Task,
    TaskEvent,
)
from tasks.permissions import can_manage_plan

Role = Responsibility.Role


BEGUN, CARRIED, GONE_ON, TAKEN_BACK = "结转建立方案", "结转", "结转到下一年度", "撤回结转"


@dataclass(frozen=True)
class Heading:
    """What is new about the new plan."""

    year: int
    title: str
    short_title: str
    document_number: str
    issued_on: datetime.date | None
    starts_on: datetime.date
    ends_on: datetime.date


@dataclass(frozen=True)
class Carried:
    """One task that goes along: the old one, and its number and due date in the new plan."""

    task: Task
    number: str
    due_on: datetime.date


@dataclass(frozen=True)
class Choice:
    """What goes along: tasks in their new order, sections (with or without tasks), which parts of the plan, key projects."""

    tasks: tuple[Carried, ...]
    sections: frozenset[int] = field(default_factory=frozenset)
    responsibilities: bool = True
    groups: bool = True
    phases: bool = True
    indicators: bool = True
    reporting: bool = True
    rules: bool = True
    projects: tuple[CarriedProject, ...] = ()

    @property
    def counted(self):
        """How many go along, in words."""
        return f"{len(self.tasks)}项任务" + (f"、{len(self.projects)}个重点项目" if self.projects else "")


def numbered(tasks, *, anew):
    """Return {task key: number} of ``tasks``: their own, or 1 to n in this order."""
    return {task.pk: str(place) if anew else task.number for place, task in enumerate(tasks, 1)}


@transaction.atomic
def roll_over(plan, by, heading, choice):
    """Begin ``plan`` anew as ``heading`` says, with what ``choice`` names; return the new Plan.

    The old plan stays as it is. Every task carried names its origin and starts from nothing done.
    """
    plan = lock(plan)
    require(can_manage_plan(by, plan))
    _check(plan, heading, choice)
    new = _begin(plan, heading, choice)
    copy = _Copy(plan, new, choice, by)
    copy.write()
    changes = {"结转任务": ["", f"{len(choice.tasks)}项"], "编号对应（旧→新）": ["", _numbers(choice)]}
    if choice.projects:
        changes["结转重点项目"] = ["", f"{len(choice.projects)}个"]
    PlanEvent.write(new, by, BEGUN, note=f"结转自{plan.year}年《{plan.title}》。{copy.told}", changes=changes)
    PlanEvent.write(plan, by, GONE_ON, note=f"{new.year}年《{new.title}》，{choice.counted}。")
    return new


def _check(plan, heading, choice):
    if heading.year <= plan.year:
        raise Refusal(f"新方案的年度须晚于{plan.year}年。")
    if heading.ends_on < heading.starts_on:
        raise Refusal("结束日期不能早于开始日期。")
    if Plan.objects.titled(heading.year, heading.title):
        raise Refusal(f"{heading.year}年已有名称相同的方案，没有再次结转。")
    numbers = [each.number for each in choice.tasks] + [each.project.code for each in choice.projects]
    if doubled := sorted({number for number in numbers if numbers.count(number) > 1}):
        raise Refusal(f"编号{'、'.join(doubled)}出现多次。")
    for each in choice.tasks:
        if each.task.plan_id != plan.pk:
            raise Refusal(f"任务{each.task.number}不属于这个方案。")
        if each.due_on < heading.starts_on:
            raise Refusal(f"第{each.task.number}项的完成时限不能早于新方案开始日期{heading.starts_on:%Y-%m-%d}。")
    if stray := [each.project for each in choice.projects if each.project.task.plan_id != plan.pk]:
        raise Refusal(f"项目{stray[0]}不属于这个方案。")
    check(plan, choice)


def _numbers(choice):
    return "；".join(f"{each.task.number}→{each.number}" for each in choice.tasks)


def _begin(plan, heading, choice):
    reporting = {name: getattr(plan, name) for name in (*REPORTING, "reporting_source")} if choice.reporting else {}
    new = Plan.objects.create(office=plan.office, kind=plan.kind, follows=plan, **vars(heading), **reporting)
    old = plan.rules if choice.rules else None
    rules = {name: getattr(old, name) for name in (*DEFAULT_RULES, *PROGRAMME)} if old else DEFAULT_RULES
    return change_rules(new, None, **rules)


class _Copy:
    """One pass over the parts of a plan: old rows by key to new rows, and what had to be left out."""

    def __init__(self, plan, new, choice, by):
        self.plan, self.new, self.choice, self.by = plan, new, choice, by
        self.years = new.year - plan.year
        self.groups, self.sections, self.tasks, self.left_out = {}, {}, {}, {}

    def write(self):
        if self.choice.phases:
            self._phases()
        if self.choice.groups:
            self._groups()
        self._sections()
        for order, carried in enumerate(self.choice.tasks, 1):
            self._task(carried, order)
        self._overlaps()
        self._programme()
        if self.choice.indicators:
            self._indicators()

    @property
    def told(self):
        if not self.left_out:
            return ""
        return f"下列单位已停用且没有承接单位，没有带入：{'、'.join(self.left_out.values())}。"

    def _unit(self, unit):
        """Return the unit that takes the part of ``unit`` in the new year; None when it is gone without a successor."""
        today = unit and unit.answering(self.new.starts_on)
        if unit and not today:
            self.left_out[unit.pk] = unit.name
        return today

    def _phases(self):
        for each in self.plan.phases.all():
            days = {name: moved(getattr(each, name), self.years) for name in ("starts_on", "ends_on")}
            copied(each, plan=self.new, **days).save()

    def _groups(self):
        for old in self.plan.groups.select_related("office__successor"):
            group = self.groups[old.pk] = copied(old, plan=self.new, office=self._unit(old.office))
            group.save()
            leads = [self._unit(each.unit) for each in old.grouplead_set.select_related("unit__successor")]
            leads = list(dict.fromkeys(filter(None, leads)))
            GroupLead.objects.bulk_create(GroupLead(group=group, unit=unit, order=n) for n, unit in enumerate(leads, 1))
            members = old.members.select_related("unit__successor")
            GroupMember.objects.bulk_create(copied(each, group=group, unit=self._unit(each.unit)) for each in members)

    def _sections(self):
        wanted = self.choice.sections | {each.task.section_id for each in self.choice.tasks}
        for order, old in enumerate(self.plan.sections.filter(pk__in=wanted - {None}), 1):
            group = self.groups.get(old.group_id)
            self.sections[old.pk] = copied(old, plan=self.new, order=order, group=group)
            self.sections[old.pk].save()

    def _task(self, carried, order):
        old = carried.task
        task = Task(
            plan=self.new,
            section=self.sections.get(old.section_id),
            number=carried.number,
            order=order,
            short_title=old.short_title,
            text=old.text,
            points=old.points,
            standard=old.standard,
            also_named=old.also_named,
            starts_on=self.new.starts_on,
            due_on=carried.due_on,
            pace=old.pace,
            origin=old.origin,
            continues=old,
        )
        task.save()
        self.tasks[old.pk] = task
        if self._milestones(old, task):
            task = Task.objects.select_related("plan__rules").get(pk=task.pk)
            task.save()
        parts = self._parts(old, task) if self.choice.responsibilities else ""
        self._trace(old, task, parts)

    def _programme(self):
        """Sectors, what class belongs to which action, and the projects; a package is written before its parts."""
        copy = ProjectCopy(self.plan, self.new, self.tasks, self._unit)
        copy.frame()
        places = {each.project.pk: place for place, each in enumerate(self.choice.projects, len(self.choice.tasks) + 1)}
        for carried in sorted(self.choice.projects, key=lambda each: each.project.package_id is not None):
            old = carried.project.task
            task, changes = copy.project(carried, places[old.pk], self.by)
            parts = self._parts(old, task) if self.choice.responsibilities else ""
            self._trace(old, task, parts, changes)

    def _milestones(self, old, task):
        steps = [each for each in old.milestones.all() if each.done_on is None]
        return Milestone.objects.bulk_create(
            Milestone(
                task=task,
                title=each.title,
                due_on=min(max(moved(each.due_on, self.years), task.starts_on), task.due_on),
                weight=each.weight,
            )
            for each in steps
        )

    def _parts(self, old, task):
        """Take along who is responsible, each by the unit that answers for it now; the first of them leads."""
        parts = {}
        for part in sorted(old.responsibilities.all(), key=lambda each: (each.role != Role.LEAD, each.order)):
            if unit := self._unit(part.unit):
                parts.setdefault(unit, part.role)
        rows = [
            Responsibility(task=task, unit=unit, role=role, order=n) for n, (unit, role) in enumerate(parts.items(), 1)
        ]
        if rows:
            rows[0].role = Role.LEAD
        Responsibility.objects.bulk_create(rows)
        return "、".join(f"{row.unit.name}（{row.get_role_display()}）" for row in rows)

    def _trace(self, old, task, parts, more=None):
        where = f"{self.plan.year}年{self.plan}{old.called}"
        changes = {
            "编号": [old.number, task.number],
            "完成时限": [f"{old.due_on:%Y-%m-%d}", f"{task.due_on:%Y-%m-%d}"],
            "进度": [f"{old.progress}%", "0%"],
            **(more or {}),
        }
        changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        if parts:
            changes["责任单位"] = ["", parts]
        TaskEvent.write(task, self.by, CARRIED, note=f"结转自{where}（{old.get_status_display()}）", changes=changes)
        TaskEvent.write(old, self.by, GONE_ON, note=f"{self.new.year}年{self.new}{task.called}")

    def _overlaps(self):
        pairs = Task.overlaps.through.objects.filter(from_task__in=self.tasks, to_task__in=self.tasks)
        for first, second in pairs.values_list("from_task", "to_task"):
            self.tasks[first].overlaps.add(self.tasks[second])

    def _indicators(self):
        names = ("name", "target", "unit_of_measure", "direction", "cumulation", "source", "order")
        names = (*names, "official", "derived", "reach")
        Indicator.objects.bulk_create(
            Indicator(
                plan=self.new,
                task=self.tasks.get(old.task_id),
                unit=self._unit(old.unit),
                statistics_unit=self._unit(old.statistics_unit),
                **{name: getattr(old, name) for name in names},
            )
            for old in self.plan.indicators.select_related("unit__successor", "statistics_unit__successor")
        )
