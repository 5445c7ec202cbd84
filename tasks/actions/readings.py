"""Monthly figures of indicators."""

from django.db import transaction

from kit import clock
from kit.moves import require
from kit.refusal import Refusal
from tasks.models import PlanEvent, Reading, SourceKind
from tasks.permissions import can_record_reading


@transaction.atomic
def record_reading(indicator, month, by, *, value, source, kind=SourceKind.UNIT, note=""):
    require(not by or can_record_reading(by, indicator, kind))
    if indicator.is_computed(kind):
        raise Refusal("“项目汇总”的数由重点项目台账计算，不用填写。")
    if month not in indicator.plan.months or month > clock.today():
        raise Refusal("只能填写方案期间内、已经开始的月份。")
    old = indicator.readings.filter(month=month, kind=kind).first()
    values = {"value": value, "source": source, "by": by, "at": clock.now()}
    reading, _ = Reading.objects.update_or_create(indicator=indicator, month=month, kind=kind, defaults=values)
    told = f"{_called(indicator, month, kind)}（{source}）"
    _write(indicator, by, "填写指标数据", told, note, [str(old.value) if old else "", str(value)])
    return reading


@transaction.atomic
def withdraw_reading(reading, by, *, note=""):
    require(can_record_reading(by, reading.indicator, reading.kind))
    indicator = reading.indicator
    told = _called(indicator, reading.month, reading.kind)
    _write(indicator, by, "撤销指标数据", told, note, [str(reading.value), ""])
    reading.delete()


def _called(indicator, month, kind):
    return f"{indicator.name} {month.year}年{month.month}月 {SourceKind(kind).label}"


def _write(indicator, by, verb, told, note, change):
    PlanEvent.write(
        indicator.plan, by, verb, note="；".join(filter(None, [told, note])), changes={indicator.name: change}
    )
