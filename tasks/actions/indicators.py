"""What a plan promised in numbers: indicators entered, corrected, taken back by the plan's office."""

from django.db import transaction

from kit.moves import lock, require
from kit.refusal import Refusal
from kit.trace import differences
from tasks.actions.setup import describe
from tasks.models import PlanEvent
from tasks.permissions import can_manage_plan


@transaction.atomic
def keep_indicator(indicator, by, *, note=""):
    require(can_manage_plan(by, indicator.plan))
    if indicator.why_not_derived:
        raise Refusal(indicator.why_not_derived)
    stored = lock(indicator) if indicator.pk else None
    before = describe(stored) if stored else {}
    indicator.save()
    if changes := differences(before, describe(indicator)):
        verb = "修改指标" if stored else "新增指标"
        PlanEvent.write(indicator.plan, by, verb, note=f"{indicator.name}；{note}".strip("；"), changes=changes)
    return indicator


@transaction.atomic
def withdraw_indicator(indicator, by, *, note=""):
    """Only one that has no figures yet."""
    require(can_manage_plan(by, indicator.plan))
    indicator = lock(indicator)
    if indicator.readings.exists():
        raise Refusal("已有月度数据。")
    PlanEvent.write(indicator.plan, by, "撤销指标", note=note, changes={"指标": [indicator.name, ""]})
    indicator.delete()
