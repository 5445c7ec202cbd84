"""Monthly figures of indicators."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kit import clock
from kit.refusal import Refusal
from tasks.models import PlanEvent, Reading
from tasks.permissions import can_record_reading


@transaction.atomic
def record_reading(indicator, month, by, *, value, source):
    """Write (or correct) an indicator's figure of ``month`` with its source."""
    if by and not can_record_reading(by, indicator):
        raise PermissionDenied
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
        note=f"{indicator.name} {month.year}年{month.month}月（{source}）",
        changes={indicator.name: [str(old.value) if old else "", str(value)]},
    )
    return reading
