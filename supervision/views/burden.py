"""How much each unit was asked in a month."""

from dataclasses import dataclass

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kit import clock
from kit.moves import require
from kit.sheets import exported
from kit.tables import Table
from supervision.dashboard.burden import Burden, burdens
from supervision.filters import BurdenFilter
from supervision.permissions import can_see_burdens
from supervision.tables.burden import COLUMNS
from units.models import Unit


@dataclass(frozen=True)
class Row:
    """One unit with what it was asked."""

    unit: Unit
    burden: Burden


@require_safe
def burden_list(request):
    require(can_see_burdens(request.user))
    asked = BurdenFilter(request.GET, Unit.objects.visible_to(request.user))
    month = asked.values.get("month") or clock.today().replace(day=1)
    found = burdens([month])
    units = asked.qs.filter(pk__in={unit for unit, _ in found}).order_by("order", "pk")
    rows = [Row(unit, found[unit.pk, month]) for unit in units]
    table = Table(COLUMNS, rows, params=request.GET, empty="这个月没有向单位要过什么。", name="要求了多少")
    if request.GET.get("format") == "xlsx":
        return exported(table, f"{month.year}年{month.month}月要求了多少")
    return render(request, "supervision/burdens.html", {"filter": asked, "table": table, "month": month})
