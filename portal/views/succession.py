from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from kit.forms import number_of, told_on
from kit.moves import require
from portal.actions.succession import merge, rename
from portal.dashboard.succession import consequences, open_reports
from portal.forms.succession import MergeForm, RenameForm
from units.models import Unit
from units.permissions import can_manage_units


def _require(request):
    require(can_manage_units(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def unit_rename(request, pk):
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    _require(request)
    form = RenameForm(request.POST or None, initial={"full_name": unit.full_name})
    if form.is_valid():
        with told_on(form):
            renamed = rename(unit, request.user, **form.cleaned_data)
            messages.success(request, f"{unit.name}已更名为{renamed.name}，已报送的月报仍用原名称。")
            return redirect("unit", pk)
    context = {"unit": unit, "form": form, "open": open_reports([unit])}
    return render(request, "portal/unit_rename.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_merge(request):
    """The form; with ``act`` preview what follows, with ``act`` merge the doing of it."""
    _require(request)
    asked = number_of(request.GET.get("unit", ""))
    units = Unit.objects.visible_to(request.user).active()
    form = MergeForm(request.POST or None, units=units.filter(pk=asked))
    act = request.POST.get("act", "")
    if act in ("preview", "merge") and form.is_valid():
        if act == "preview":
            found = consequences(form.units, form.heir, form.cleaned_data["effective_on"])
            return render(request, "portal/unit_merge_preview.html", {"form": form, "heir": form.heir, "found": found})
        with told_on(form):
            successor = merge(form.units, form.heir, request.user, **form.change)
            messages.success(request, f"{'、'.join(unit.name for unit in form.units)}已并入{successor.name}。")
            return redirect("unit", successor.pk)
    context = {"form": form, "unit_names": units.values_list("name", "initials")}
    wrong = form.is_bound and act in ("preview", "merge")
    return render(request, "portal/unit_merge.html", context, status=422 if wrong else 200)
