"""What a plan promised in numbers: indicators entered, corrected, taken back by the plan's office."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kit.refusal import Refusal
from kit.trace import differences
from tasks.actions.setup import describe
from tasks.models import Indicator, PlanEvent
from tasks.permissions import can_manage_plan


def _require(plan, by):
    if not can_manage_plan(by, plan):
        raise PermissionDenied


@transaction.atomic
def keep_indicator(indicator, by, *, note=""):
    """Store a new indicator of a plan, or the changed definition of one."""
    _require(indicator.plan, by)
    stored = Indicator.objects.select_for_update(of=("self",)).filter(pk=indicator.pk).first()
    before = describe(stored) if stored else {}
    indicator.save()
    if changes := differences(before, describe(indicator)):
        verb = "修改指标" if stored else "新增指标"
        PlanEvent.write(indicator.plan, by, verb, note=f"{indicator.name}；{note}".strip("；"), changes=changes)
    return indicator


@transaction.atomic
def withdraw_indicator(indicator, by, *, note=""):
    """Take an indicator back that has no figures yet."""
    _require(indicator.plan, by)
    indicator = Indicator.objects.select_for_update(of=("self",)).select_related("plan").get(pk=indicator.pk)
    if indicator.readings.exists():
        raise Refusal("已有月度数据。")
    PlanEvent.write(indicator.plan, by, "撤销指标", note=note, changes={"指标": [indicator.name, ""]})
    indicator.delete()
