"""What else may be told, put into a draft: a figure into a paragraph, a table behind it or as an annex."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kit.forms import number_of
from kit.refusal import Refusal
from supervision.actions.papers import drafting
from supervision.dashboard.figures.offered import figures_offered, tables_offered
from supervision.dashboard.figures.parts import parts_of
from supervision.dashboard.figures.scope import scope_of
from supervision.forms.papers.drafts import InsertForm
from supervision.models import Block
from supervision.views.papers.editing import draft_of

GONE = "没有这个数字或表格，请重新选择。"


@require_http_methods(["GET", "HEAD", "POST"])
def paper_insert(request, pk, block):
    row = draft_of(request, pk)
    if not row.is_draft:
        messages.warning(request, f"{row.standing}，内容不再改动。")
        return redirect("paper", pk)
    place, scope = get_object_or_404(Block.objects.of([row]), pk=block), scope_of(row)
    asked = InsertForm(request.GET, parts=parts_of(row, scope))
    asked.is_valid()
    part, word = asked.part_asked, asked.word
    figures = figures_offered(row, scope, part) if place.kind == Block.Kind.TEXT else []
    tables = tables_offered(row, scope, part)
    if request.method == "POST":
        return _put(request, row, place, {each.key: each for each in (*figures, *tables)})
    context = {
        "paper": row,
        "place": place,
        "form": asked,
        "figures": [each for each in figures if each.says(word)],
        "tables": [each for each in tables if each.says(word)],
        "at": request.GET.get("at", ""),
        "version": request.GET.get("version", place.version),
    }
    return render(request, "supervision/papers/insert.html", context)


def _put(request, row, place, offers):
    told = request.POST
    offer = offers.get(told.get("figure") or told.get("table") or told.get("annex"))
    try:
        if offer is None:
            raise Refusal(GONE)
        if "figure" in told:
            at, seen = number_of(told.get("at", "")), number_of(told.get("version", ""))
            done = drafting.put_figure(row, request.user, place, offer, at=at if at >= 0 else None, seen_version=seen)
        else:
            done = drafting.put_table(row, request.user, place, offer, annex="annex" in told)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect(request.get_full_path())
    return redirect(f"{reverse('paper_edit', args=[row.pk])}#b{done.pk}")
