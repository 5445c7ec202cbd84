"""What follows for tasks and reports when units are merged into another: looked at before, and then done so."""

import enum
from dataclasses import dataclass

from kit import clock
from reports.models import MonthlyReport
from supervision.models import Directive, Item, Occasion
from tasks.models import GroupLead, Indicator, Plan, ProgrammeParts, Task
from tasks.succession import replaced
from units.models import Contact, User

Status = MonthlyReport.Status


class Fate(enum.Enum):
    """What becomes of a report not filed yet: the word, and what it means for its entries and files."""

    MOVE = "转为承接单位的月报，已填内容和附件都带过去"
    JOIN = "并入承接单位本月的月报，已填内容和附件都带过去"
    STAY = "仍用原单位名称，由承接单位报送（已过截止时间，或承接单位本月的月报已经报出）"


def open_reports(units):
    rows = MonthlyReport.objects.filter(unit__in=units, first_submitted_at=None, period__closed_at=None)
    rows = rows.filter(status__in=MonthlyReport.NEVER_FILED).select_related("period__plan", "unit")
    return rows.order_by("period__month", "period__plan_id", "unit__order", "pk")


def fates(units, successor):
    """Return [(report, Fate)] of what ``units`` owe and never filed, in the order in which it is carried out.

    A month whose deadline has passed stays as it was. Where the successor has filed its own report already, or owes
    none, the old one stays beside it.
    """
    held = _held(successor)
    found = []
    for report in open_reports(units):
        fate = _fate(report, held.get(report.period_id))
        if fate is Fate.MOVE:
            held[report.period_id] = Status.DRAFT
        found.append((report, fate))
    return found


def _held(successor):
    """{period: status} of the successor's reports of months not closed."""
    if successor.pk is None:
        return {}
    rows = MonthlyReport.objects.filter(unit=successor, period__closed_at=None)
    return dict(rows.values_list("period", "status"))


def _fate(report, status):
    if report.due_at <= clock.now():
        return Fate.STAY
    if status is None:
        return Fate.MOVE
    return Fate.JOIN if status in MonthlyReport.OWING else Fate.STAY


@dataclass(frozen=True)
class Consequences:
    """Everything that follows, before it is done: tasks with old and new parts, reports, people, and what else is named."""

    tasks: list
    reports: list
    accounts: list
    contacts: list
    others: list
    filed: int


def consequences(units, successor, effective_on):
    """``successor`` may not be on record yet."""
    tasks = Task.objects.to_hand_over(units, effective_on).with_people()
    return Consequences(
        tasks=[_task_line(task, units, successor) for task in tasks],
        reports=fates(units, successor),
        accounts=list(User.objects.filter(unit__in=units).select_related("unit").order_by("unit__order", "username")),
        contacts=list(Contact.objects.filter(unit__in=units).select_related("unit").order_by("unit__order", "pk")),
        others=_others(units, effective_on),
        filed=MonthlyReport.objects.filter(unit__in=units, first_submitted_at__isnull=False).count(),
    )


def _task_line(task, units, successor):
    lead, supports = replaced(task.responsibilities.all(), units, successor)
    before = [part.unit.name for part in task.responsibilities.all()]
    return task, "、".join(before), "、".join(unit.name for unit in [lead, *supports] if unit)


def _others(units, effective_on):
    """Plans, groups and indicators in which the units stand besides tasks."""
    running = {"plan__ends_on__gte": effective_on}
    found = [f"{plan.year}年{plan}的主管办公室" for plan in Plan.objects.filter(office__in=units)]
    leads = GroupLead.objects.filter(unit__in=units, group__plan__ends_on__gte=effective_on).select_related("group")
    found += [f"{lead.group}的牵头单位" for lead in leads]
    found += [f"指标“{each}”的责任单位" for each in Indicator.objects.filter(unit__in=units, **running)]
    for plan in Plan.objects.filter(ends_on__gte=effective_on):
        found += _in_programme(plan, units)
    later = (
        ("没有认定的议定和发现事项", Item.objects.to_hand_over(units, effective_on)),
        ("没有定结论的活动", Occasion.objects.to_hand_over(units, effective_on)),
        ("没有销号的交办事项", Directive.objects.filter(unit__in=units).open()),
    )
    found += [f"{word}（{count}件）" for word, rows in later if (count := rows.count())]
    return found


def _in_programme(plan, units):
    parts = ProgrammeParts.of(plan, units)
    found = [f"{plan.year}年{plan}行业“{sector}”的牵头单位" for sector in parts.sectors]
    words = (("责任人的单位", parts.people), ("节点的责任（审批）单位", parts.nodes), ("建设地点", parts.places))
    return found + [f"{plan.year}年{plan}重点项目{word}（{len(rows)}处）" for word, rows in words if len(rows)]
