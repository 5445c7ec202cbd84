from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.forms import told_on
from kit.moves import require
from kit.sheets import exported
from kit.tables import Table
from units.actions.contacts import name_contacts, switch_signing
from units.actions.directory import keep_unit
from units.filters import UnitFilter
from units.forms.contacts import ContactsForm
from units.forms.units import UnitForm
from units.models import Unit
from units.permissions import can_manage_units, can_name_contacts, can_see_contacts, can_see_phones, can_switch_signing
from units.tables import unit_columns


@require_safe
def unit_list(request):
    units = Unit.objects.visible_to(request.user).active()
    asked = UnitFilter(request.GET, units)
    lacking = units.contacts_complete(False).count()
    table = Table(
        unit_columns(phones=can_see_phones(request.user)),
        asked.qs.prefetch_related("contacts"),
        params=request.GET,
        default_sort="name",
        empty="没有符合条件的单位。" if request.GET else "还没有责任单位。由系统管理员新建，或用表格导入。",
        name="责任单位",
    )
    if request.GET.get("format") == "xlsx":
        return exported(table, "责任单位")
    context = {"table": table, "filter": asked, "lacking": lacking, "may_manage": can_manage_units(request.user)}
    context["any"] = bool(lacking or table.count or units.exists())
    return render(request, "units/units.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_new(request):
    require(can_manage_units(request.user))
    form = UnitForm(request.POST or None)
    if form.is_bound and form.is_valid():
        with told_on(form, "name"):
            made = keep_unit(form.unit, request.user)
            messages.success(request, f"已建立{made.name}。")
            return redirect("unit_new" if "another" in request.POST else "unit_list")
    return render(request, "units/unit_new.html", {"form": form}, status=422 if form.errors else 200)


def _unit(request, pk):
    rows = Unit.objects.visible_to(request.user).select_related("successor").prefetch_related("contacts", "other_names")
    return get_object_or_404(rows, pk=pk)


@require_safe
def unit(request, pk):
    found = _unit(request, pk)
    sees = can_see_contacts(request.user, found)
    context = {
        "unit": found,
        "sees": sees,
        "events": found.events.newest()[:20] if sees else [],
        "may_name": can_name_contacts(request.user, found),
        "may_manage": can_manage_units(request.user) and found.is_active,
        "may_switch": can_switch_signing(request.user, found),
    }
    return render(request, "units/unit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_contacts(request, pk):
    found = _unit(request, pk)
    require(can_name_contacts(request.user, found))
    form = ContactsForm(request.POST or None, found)
    if form.is_bound and form.is_valid():
        name_contacts(found, form.people, request.user)
        messages.success(request, "联系人已保存。")
        return redirect("unit", pk)
    return render(request, "units/contacts.html", {"unit": found, "form": form}, status=422 if form.errors else 200)


@require_POST
def unit_signing(request, pk):
    found = switch_signing(_unit(request, pk), request.POST.get("on") == "1", request.user)
    messages.success(request, "今后月报须经单位负责人审签。" if found.head_signs else "今后月报不再经单位负责人审签。")
    return redirect("unit", pk)
