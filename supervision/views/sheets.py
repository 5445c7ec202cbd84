"""Dispatches as lists and sheets: what they go through, minutes, all that was settled."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kit import clock
from kit.moves import require
from kit.sheets import exported, file_response, workbook
from kit.tables import Table
from supervision.filters import ItemFilter
from supervision.models import Item, Occasion
from supervision.tables.dispatch import ITEMS, agenda_sheets, minutes_sheet
from supervision.views.dispatch import asked_agenda
from supervision.views.occasions import items_of
from tasks.models import Indicator

NAME = "议定事项"


def _named(*words):
    return "-".join([*words, f"{clock.now():%Y%m%d%H%M}"]) + ".xlsx"


@require_safe
def dispatch_sheet(request, pk):
    agenda, _ = asked_agenda(request, pk)
    indicators = Indicator.objects.visible_to(request.user).promised(agenda.plan, agenda.action).with_figures()
    promised = [(each, each.stand(agenda.over), each.beside(agenda.over)) for each in indicators]
    name = _named("调度清单", f"{agenda.month.year}年{agenda.month.month}月", agenda.scope_words)
    return file_response(workbook(agenda_sheets(agenda, promised)), name)


@require_safe
def occasion_sheet(request, pk):
    """Minutes are for who reads all of them."""
    rows = Occasion.objects.visible_to(request.user).held_by(request.user).with_scope()
    occasion = get_object_or_404(rows, pk=pk)
    sheet = minutes_sheet(occasion, items_of(request.user, occasion))
    return file_response(workbook(sheet), _named(NAME, str(occasion)))


@require_safe
def item_list(request):
    require(request.user.does_business)
    rows = Item.objects.visible_to(request.user).select_related("unit", "project__task", "kept_by")
    rows = rows.select_related("occasion__action", "occasion__sector", "occasion__leader", "occasion__project__task")
    asked = ItemFilter(request.GET, rows)
    empty = "没有符合条件的事项。" if asked.is_asked else "还没有议定事项。调度会和走访定下的事都列在这里。"
    table = Table(ITEMS, asked.qs, params=request.GET, default_sort="-held", empty=empty, name=NAME)
    if request.GET.get("format") == "xlsx":
        return exported(table, NAME)
    return render(request, "supervision/items.html", {"filter": asked, "table": table})
