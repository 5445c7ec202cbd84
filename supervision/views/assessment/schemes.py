"""Schemes: the list, one scheme in words, what it would have given."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.forms import told_on
from kit.moves import require
from kit.refusal import Unknown
from kit.sheets import exported
from kit.tables import Table
from supervision.actions.presets import presets, start_from, take_standards
from supervision.actions.schemes import drop_scheme, next_version
from supervision.dashboard.simulation import simulate, spans
from supervision.dashboard.soundness import doubts
from supervision.filters import SchemeFilter
from supervision.forms.schemes import PresetForm, StandardsForm
from supervision.models.scheme import Scheme
from supervision.permissions import can_run_scheme, can_write_schemes
from supervision.tables.schemes import COLUMNS, ITEMS, simulated_columns
from tasks.models import Plan

NAME, EVENTS = "考评办法", 20


def scheme_of(request, pk):
    rows = Scheme.objects.visible_to(request.user).select_related("plan__office", "unit", "follows")
    return get_object_or_404(rows, pk=pk)


@require_safe
def scheme_list(request):
    require(request.user.does_business)
    rows = Scheme.objects.visible_to(request.user).select_related("plan", "unit")
    asked = SchemeFilter(request.GET, rows, user=request.user)
    empty = (
        "没有符合条件的考评办法。" if asked.is_asked else "还没有考评办法。主管办公室按下面的样本一次建立，再逐项修改。"
    )
    table = Table(COLUMNS, asked.qs, params=request.GET, empty=empty, name=NAME)
    if request.GET.get("format") == "xlsx":
        return exported(table, NAME)
    plans = Plan.objects.visible_to(request.user).current_first().select_related("office")
    own = [(plan, presets(plan).values()) for plan in plans if can_write_schemes(request.user, plan)]
    return render(request, "supervision/schemes/list.html", {"filter": asked, "table": table, "own": own})


@require_POST
def scheme_start(request, pk):
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("office"), pk=pk)
    require(can_write_schemes(request.user, plan))
    form = PresetForm(request.POST, plan=plan)
    if not form.is_valid():
        raise Unknown("没有这份样本，请重选。")
    made = start_from(plan, request.user, form.cleaned_data["preset"])
    messages.success(request, f"已按样本建立{made}，可以逐项修改。")
    return redirect("scheme", made.pk)


@require_safe
def scheme(request, pk):
    return _page(request, scheme_of(request, pk), StandardsForm())


def _page(request, scheme, form, status=200):
    rows = (
        scheme.items.select_related("scorer", "scheme__unit").prefetch_related("full_marks__group").order_by("number")
    )
    table = Table(ITEMS, rows, params=request.GET, per_page=None, empty="还没有考评项目。", name=f"{scheme}考评项目")
    if request.GET.get("format") == "xlsx":
        return exported(table, str(scheme))
    context = {
        "scheme": scheme,
        "table": table,
        "form": form,
        "groups": scheme.groups.prefetch_related("units").order_by("order", "pk"),
        "doubts": [] if scheme.is_locked else doubts(scheme),
        "events": scheme.events.newest()[:EVENTS],
        "may": can_run_scheme(request.user, scheme),
        "newer": Scheme.objects.visible_to(request.user).filter(follows=scheme).first(),
        "has_standards": _has_standards(scheme),
    }
    return render(request, "supervision/schemes/scheme.html", context, status=status)


def _has_standards(scheme):
    return not scheme.is_locked and scheme.plan.tasks.actions().in_force().exclude(standard="").exists()


@require_POST
def scheme_deed(request, pk, verb):
    """next: a further version; drop: take it away; standards: items out of what tasks have to reach."""
    scheme, form = scheme_of(request, pk), StandardsForm(request.POST)
    if verb == "next":
        return redirect("scheme", next_version(scheme, request.user).pk)
    if verb == "drop":
        drop_scheme(scheme, request.user)
        messages.success(request, f"{scheme}已删去。")
        return redirect("scheme_list")
    if verb != "standards":
        raise Unknown("没有这样的办理。")
    require(can_run_scheme(request.user, scheme))
    if form.is_valid():
        with told_on(form, "marks"):
            made = take_standards(scheme, request.user, form.cleaned_data["marks"])
            messages.success(request, f"已取入{len(made)}项，满分可以逐项改。")
            return redirect("scheme", pk)
    return _page(request, scheme, form, status=422)


@require_http_methods(["GET", "HEAD"])
def scheme_simulation(request, pk):
    scheme = scheme_of(request, pk)
    require(can_run_scheme(request.user, scheme) or request.user.sees_everything)
    choices = spans(scheme)
    asked = request.GET.get("from", "")
    chosen = next((span for span in choices if f"{span[0]:%Y-%m}" == asked), None)
    if asked and chosen is None:
        raise Unknown(f"没有从“{asked[:10]}”开始、已经结账的一期，请重选。")
    stops = [each.sentence for each in doubts(scheme) if each.stops]
    chosen = chosen or (choices[0] if choices else None)
    simulated = simulate(scheme, *chosen) if chosen and not stops else None
    context = {"scheme": scheme, "spans": choices, "chosen": chosen, "stops": stops, "simulated": simulated}
    if simulated:
        rows = simulated.result.rows
        context["table"] = Table(
            simulated_columns(simulated),
            rows,
            params=request.GET,
            per_page=None,
            section=lambda row: row.group,
            row_class=lambda row: "is-low" if row.is_low else "",
            name=f"{simulated.name}模拟",
        )
        if request.GET.get("format") == "xlsx":
            return exported(context["table"], f"{scheme}{simulated.name}模拟")
    return render(request, "supervision/schemes/simulation.html", context)
