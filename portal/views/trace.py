from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kit.moves import require
from kit.sheets import exported
from kit.tables import Table
from portal.dashboard.trace import Trace
from portal.filters import EventFilter
from portal.tables.trace import COLUMNS
from units.permissions import can_read_trace

PER_PAGE = 50
SHEET_ROWS = 10_000


@require_safe
def trace(request):
    require(can_read_trace(request.user))
    asked = EventFilter(request.GET)
    found = Trace(asked.tables, asked.narrow)
    if request.GET.get("format") == "xlsx":
        return exported(Table(COLUMNS, found[:SHEET_ROWS]), "操作记录")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    empty = "没有符合条件的记录。"
    table = Table(COLUMNS, page.object_list, per_page=None, name="操作记录", empty=empty)
    return render(request, "portal/trace.html", {"filter": asked, "table": table, "page_obj": page})
