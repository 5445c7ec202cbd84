"""A roll-over taken back: the plan begun by mistake goes, as long as nobody has built on it."""

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from kit import clock
from kit.moves import lock, require, require_said
from kit.refusal import Refusal
from tasks.actions.carrying import FOLLOWED
from tasks.actions.rollover import BEGUN, CARRIED, TAKEN_BACK
from tasks.models import Plan, PlanEvent, Schedule, Task, TaskEvent
from tasks.permissions import can_manage_plan

SHOWN = 10
# A month opened and taken back again leaves nothing but its two events; one that is open protects its plan.
OF_MONTHS = ("开启报送期", "撤回报送期")


def built_on(plan):
    """Return the sentences that say what was done to a plan since it was begun from another; none means it can go."""
    begun = plan.events.filter(verb=BEGUN).order_by("-pk").values_list("pk", flat=True).first() or 0
    events = [
        *plan.events.filter(pk__gt=begun).exclude(verb__in=OF_MONTHS)[:SHOWN],
        *TaskEvent.objects.filter(subject__plan=plan).exclude(verb__in=(CARRIED, FOLLOWED))[:SHOWN],
    ]
    told = [
        f"{each.subject_name}：{each.actor_name}于{clock.local(each.at):%m月%d日 %H:%M}“{each.verb}”" for each in events
    ]
    told += [
        f"{each}" for each in Schedule.objects.filter(project__task__plan=plan).select_related("project__task")[:SHOWN]
    ]
    told += [f"后来增加的任务：{task}" for task in plan.tasks.filter(continues=None)[:SHOWN]]
    return told[:SHOWN]


@transaction.atomic
def take_back_roll_over(plan, by, *, reason):
    """Take away a plan that was begun from another; the old one is as before, and the trace of both tells of it."""
    plan = lock(plan)
    require(can_manage_plan(by, plan))
    if plan.follows is None:
        raise Refusal("这个方案不是结转来的，不能撤回结转。")
    reason = require_said(reason, "请写明撤回的原因。")
    if told := built_on(plan):
        raise Refusal("结转以后又有改动，撤回会使这些改动丢失，不能撤回：" + "；".join(told) + "。")
    _tell(plan, by, reason)
    _remove(plan)
    return plan.follows


def _tell(plan, by, reason):
    note = f"{plan.year}年《{plan.title}》，{counted(plan)}。{reason}"
    PlanEvent.write(plan, by, TAKEN_BACK, note=note)
    PlanEvent.write(plan.follows, by, TAKEN_BACK, note=note)
    tasks = list(plan.tasks.select_related("continues"))
    TaskEvent.objects.bulk_create(
        TaskEvent.made(each, by, TAKEN_BACK, note=reason) for task in tasks for each in (task, task.continues)
    )


def counted(plan):
    projects = plan.tasks.projects().count()
    return f"{plan.tasks.actions().count()}项任务" + (f"、{projects}个重点项目" if projects else "")


def _remove(plan):
    try:
        plan.indicators.all().delete()
        Task.objects.filter(plan=plan).delete()
        Plan.objects.filter(pk=plan.pk).update(rules=None)
        Plan.objects.filter(pk=plan.pk).delete()
    except (ProtectedError, RestrictedError) as error:
        rows = getattr(error, "protected_objects", None) or error.restricted_objects
        names = {each._meta.verbose_name for each in rows}
        told = f"这个方案已有别的记录（{'、'.join(sorted(names))}），不能撤回结转。没有人动笔的报送期可以先撤回。"
        raise Refusal(told) from error
