"""Monthly figures of indicators."""

from django.db import transaction

from kit import clock
from kit.moves import require
from kit.refusal import Refusal
from tasks.models import PlanEvent, Reading
from tasks.permissions import can_record_reading


@transaction.atomic
def record_reading(indicator, month, by, *, value, source, note=""):
    require(not by or can_record_reading(by, indicator))
    if month not in indicator.plan.months or month > clock.today():
        raise Refusal("只能填写方案期间内、已经开始的月份。")
    old = indicator.readings.filter(month=month).first()
    reading, _ = Reading.objects.update_or_create(
        indicator=indicator, month=month, defaults={"value": value, "source": source, "by": by, "at": clock.now()}
    )
    PlanEvent.write(
        indicator.plan,
        by,
        "填写指标数据",
        note="；".join(filter(None, [f"{indicator.name} {month.year}年{month.month}月（{source}）", note])),
        changes={indicator.name: [str(old.value) if old else "", str(value)]},
    )
    return reading


@transaction.atomic
def withdraw_reading(reading, by, *, note=""):
    require(can_record_reading(by, reading.indicator))
    indicator, month = reading.indicator, reading.month
    PlanEvent.write(
        indicator.plan,
        by,
        "撤销指标数据",
        note="；".join(filter(None, [f"{indicator.name} {month.year}年{month.month}月", note])),
        changes={indicator.name: [str(reading.value), ""]},
    )
    reading.delete()
