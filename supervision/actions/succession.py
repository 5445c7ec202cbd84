"""What follows for what was settled when units are merged into another: the successor does what is still to be done."""

from django.db import transaction
from django.db.models import F

from kit.moves import require
from supervision.models import Item, Occasion, OccasionEvent
from units.permissions import can_manage_units


@transaction.atomic
def hand_over_occasions(units, successor, by, *, effective_on, note):
    """Give ``successor`` the promises of ``units`` nobody has judged yet, and the occasions they organise and have not settled.

    What was judged or settled keeps the names it had. Directives need nothing: the successor answers for the unit by name.
    """
    require(can_manage_units(by))
    changes = {}
    for item in Item.objects.to_hand_over(units, effective_on).select_related("unit").order_by("occasion", "number"):
        changes.setdefault(item.occasion_id, {})[f"第{item.number}件办理单位"] = [item.unit.name, successor.name]
        Item.objects.filter(pk=item.pk).update(unit=successor)
    for occasion in Occasion.objects.to_hand_over(units, effective_on).select_related("unit").order_by("pk"):
        changes.setdefault(occasion.pk, {})["组织单位"] = [occasion.unit.name, successor.name]
        Occasion.objects.filter(pk=occasion.pk).update(unit=successor)
    Occasion.objects.filter(pk__in=changes).update(version=F("version") + 1)
    for occasion in Occasion.objects.filter(pk__in=changes).with_scope().order_by("pk"):
        OccasionEvent.write(occasion, by, "机构调整", note=note, changes=changes[occasion.pk])
