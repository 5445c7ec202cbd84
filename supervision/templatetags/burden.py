"""How much a unit is asked: on its page, and beside whatever asks it for more."""

from django import template

from supervision.dashboard.burden import Burden, burdens, last_months
from supervision.models import Directive
from supervision.permissions import can_see_burden

register = template.Library()
SHOWN, NAMED = 6, 12


@register.inclusion_tag("supervision/part/unit_burden.html", takes_context=True)
def unit_burden(context, unit):
    if not can_see_burden(context["request"].user, unit):
        return {}
    months = last_months(SHOWN)
    found = burdens(months, [unit.pk])
    rows = [(month, found.get((unit.pk, month), Burden())) for month in months]
    return {"unit": unit, "rows": rows}


@register.inclusion_tag("supervision/part/asked_already.html", takes_context=True)
def asked_already(context, units):
    return _asked(context["request"].user, units)


@register.inclusion_tag("supervision/part/asked_already.html", takes_context=True)
def asked_of_paper(context, directive):
    user, units = context["request"].user, [directive.unit]
    if directive.batch_id:
        rows = Directive.objects.visible_to(user).filter(batch=directive.batch_id)
        units = [each.unit for each in rows.select_related("unit")]
    return _asked(user, units)


@register.inclusion_tag("supervision/part/asked_already.html", takes_context=True)
def asked_at(context, occasion):
    return _asked(context["request"].user, occasion.named_units(), occasion.held_on.replace(day=1))


def _asked(user, units, month=None):
    month = month or last_months(1)[0]
    units = [unit for unit in units if unit and can_see_burden(user, unit)]
    if not units:
        return {}
    found = burdens([month], [unit.pk for unit in units])
    rows = [(unit, found.get((unit.pk, month), Burden())) for unit in units]
    return {
        "rows": sorted(rows, key=lambda row: -row[1].boxes - row[1].points)[:NAMED],
        "more": len(rows) - NAMED,
        "month": month,
    }
