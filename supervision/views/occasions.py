"""One occasion: what it settled, their items, the press that settles them, the paper."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.forms import number_of
from kit.moves import require
from kit.refusal import Unknown
from supervision.actions.meetings import (
    HEAD,
    drop_item,
    judge_item,
    revise_item,
    revise_occasion,
    settle_occasion,
)
from supervision.dashboard.occasions import Card
from supervision.forms.agenda import JudgingForm, OccasionForm
from supervision.forms.items import ItemForm
from supervision.forms.occasions import HeadForm
from supervision.models import Ground, Item, Occasion
from supervision.permissions import can_arrange, can_keep
from units.models import Unit
from units.views.typed import taken_in

EVENTS = 20


def get_occasion(request, pk):
    return get_object_or_404(Occasion.objects.visible_to(request.user).with_people(), pk=pk)


def names_of(user):
    return Unit.objects.visible_to(user).active().values_list("name", "initials")


def act_on(request, occasion, form, act, heading, told, **more):
    """One form of one act on an occasion or of what belongs to it; what is refused stands on the form."""
    if request.method == "POST" and form.is_valid():
        with taken_in(request, form):
            act(**form.cleaned_data)
            messages.success(request, told)
            return redirect("occasion", occasion.pk)
    context = {"form": form, "occasion": occasion, "heading": heading} | more
    return render(request, "supervision/occasion_act.html", context, status=422 if form.errors else 200)


def items_of(user, occasion):
    return Item.objects.visible_to(user).filter(occasion=occasion).select_related("unit", "project__task", "kept_by")


def grounds_of(user, occasion):
    if not occasion.is_interview:
        return []
    rows = Ground.objects.of([occasion]).select_related("subject__round__scheme", "decided_by")
    rows = list(rows.order_by("subject__round__month", "pk"))
    for row in rows:
        row.may_decide = row.waits and occasion.is_open and can_arrange(user, occasion)
    return rows


def form_of(occasion, data=None):
    first = {name: getattr(occasion, name) for name in HEAD}
    if occasion.is_dispatch or occasion.kind == Occasion.Kind.VISIT:
        return OccasionForm(data, initial=first)
    first["ways"] = list(first["ways"])
    return HeadForm(data, kind=Occasion.Kind(occasion.kind), held=occasion.took_place, initial=first)


@require_http_methods(["GET", "HEAD", "POST"])
def occasion_page(request, pk):
    occasion = get_occasion(request, pk)
    card = Card(request.user, occasion)
    if request.method == "POST" and "item" in request.POST:
        return _judge(request, occasion)
    form = form_of(occasion, request.POST or None)
    if request.method == "POST":
        require(card.may)
        if form.is_valid():
            seen = number_of(request.POST.get("version", ""))
            with taken_in(request, form):
                revise_occasion(occasion, request.user, seen_version=seen, **form.cleaned_data)
                messages.success(request, "已保存。")
                return redirect("occasion", pk)
    context = {
        "occasion": occasion,
        "card": card,
        "may": card.may,
        "whole": card.whole,
        "form": form if card.may and occasion.is_open else None,
        "events": occasion.events.newest()[:EVENTS],
        "grounds": grounds_of(request.user, occasion),
    }
    return render(request, "supervision/occasion.html", context, status=422 if form.errors else 200)


def _judge(request, occasion):
    form = JudgingForm(request.POST)
    if not form.is_valid():
        raise Unknown("没有这样的认定。")
    item = get_object_or_404(items_of(request.user, occasion), pk=form.cleaned_data["item"])
    item = judge_item(item, request.user, form.cleaned_data["kept"])
    messages.success(request, f"第{item.number}件已认定“{item.kept_words}”。")
    return redirect("occasion", occasion.pk)


@require_POST
def occasion_settle(request, pk):
    occasion = get_occasion(request, pk)
    settle_occasion(occasion, request.user, seen_version=number_of(request.POST.get("version", "")))
    messages.success(request, f"{occasion}已定结论，有事要办的单位已收到消息。")
    return redirect("occasion", pk)


@require_safe
def occasion_print(request, pk):
    """Minutes are for who reads all of them."""
    rows = Occasion.objects.visible_to(request.user).held_by(request.user).with_scope()
    occasion = get_object_or_404(rows, pk=pk)
    context = {"occasion": occasion, "items": items_of(request.user, occasion)}
    return render(request, "supervision/minutes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request, pk):
    items = Item.objects.visible_to(request.user).select_related("occasion", "unit", "project__task")
    item = get_object_or_404(items, pk=pk)
    occasion = get_occasion(request, item.occasion_id)
    require(can_keep(request.user, occasion))
    if request.method == "POST" and "drop" in request.POST:
        drop_item(item, request.user)
        messages.success(request, f"第{item.number}件已删去。")
        return redirect("occasion", occasion.pk)
    first = {"text": item.text, "unit": item.unit and item.unit.name, "due_on": item.due_on}
    form = ItemForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        with taken_in(request, form):
            revise_item(item, request.user, **form.cleaned_data)
            messages.success(request, f"第{item.number}件已改好。")
            return redirect("occasion", occasion.pk)
    context = {"item": item, "occasion": occasion, "form": form, "unit_names": names_of(request.user)}
    return render(request, "supervision/item.html", context, status=422 if form.errors else 200)
