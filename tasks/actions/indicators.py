"""What a plan promised in numbers: indicators entered, corrected, taken back by the plan's office."""

from django.db import transaction

from kit.moves import change, lock, require
from kit.rates import written
from kit.refusal import Refusal
from kit.trace import differences
from tasks.actions.setup import describe
from tasks.models import IndicatorPart, PlanEvent
from tasks.permissions import can_divide, can_manage_plan


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


@transaction.atomic
def plan_curve(indicator, by, months, *, reason=""):
    """Say what is to be reached by month: {month: figure}. Another curve than before needs a reason."""
    require(can_manage_plan(by, indicator.plan))
    indicator = lock(indicator)
    before, after = indicator.planned, {f"{month:%Y-%m}": written(value) for month, value in sorted(months.items())}
    changes = _moved(_by_month(before), _by_month(after))
    if before and changes and not reason.strip():
        raise Refusal("调整计划曲线须写明原因。")
    if changes:
        change(indicator, planned=after)
        note = "；".join(filter(None, [f"{indicator.name} 计划曲线", reason.strip()]))
        PlanEvent.write(indicator.plan, by, "修改指标", note=note, changes=changes)
    return indicator


def _moved(before, after):
    """What is there no more is told too."""
    return differences(before, dict.fromkeys(before, "") | after)


def _by_month(planned):
    return {f"{month}计划": value for month, value in planned.items()}


@transaction.atomic
def divide(indicator, by, month, rows):
    """Say what each unit is to bring, and what it brought in ``month``: [(unit, target, figure or None)]. Return what is 未分解.

    A unit that is not among the rows has no part any more.
    """
    require(can_divide(by, indicator))
    indicator = lock(indicator)
    units = [unit.pk for unit, _, _ in rows]
    if len(units) != len(set(units)):
        raise Refusal("同一个单位只能有一行。")
    parts = {part.unit_id: part for part in indicator.parts.select_related("unit")}
    before = _divided(parts.values())
    IndicatorPart.objects.filter(pk__in=[part.pk for unit, part in parts.items() if unit not in units]).delete()
    for unit, target, value in rows:
        part = parts.get(unit.pk) or IndicatorPart(indicator=indicator, unit=unit)
        part.target = target
        part.figures = {at: each for at, each in part.figures.items() if at != f"{month:%Y-%m}"}
        if value is not None:
            part.figures[f"{month:%Y-%m}"] = written(value)
        part.save()
    after = list(indicator.parts.select_related("unit"))
    if changes := _moved(before, _divided(after)):
        PlanEvent.write(indicator.plan, by, "分解指标", note=f"{indicator.name} 分解", changes=changes)
    return indicator.target - sum(part.target for part in after)


def _divided(parts):
    """{what: figure} in words, as the trace compares it."""
    found = {}
    for part in parts:
        found[f"{part.unit} 分解数"] = written(part.target)
        found |= {f"{part.unit} {month}": value for month, value in part.figures.items()}
    return found
