"""A scheme written: its head, items and groups."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from kit.forms import number_of
from kit.moves import require
from supervision.actions import schemes as acts
from supervision.forms.schemes import GroupForm, ItemForm, SchemeForm
from supervision.permissions import can_run_scheme, can_write_schemes
from supervision.views.assessment.schemes import scheme_of
from supervision.views.occasions import names_of
from tasks.models import Plan
from units.views.typed import taken_in

METHODS = ["GET", "HEAD", "POST"]


def _own(request, pk):
    scheme = scheme_of(request, pk)
    require(can_run_scheme(request.user, scheme))
    return scheme


def _seen(request):
    return number_of(request.POST.get("version", ""))


def _show(request, form, title, scheme=None, **context):
    template = "item" if isinstance(form, ItemForm) else "edit"
    context |= {"form": form, "title": title, "scheme": scheme, "unit_names": names_of(request.user)}
    return render(request, f"supervision/schemes/{template}.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
def scheme_new(request, pk):
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("office"), pk=pk)
    require(can_write_schemes(request.user, plan))
    form = SchemeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with taken_in(request, form):
            made = acts.begin_scheme(plan, request.user, **form.cleaned_data)
            messages.success(request, f"已建立{made}，请写考评组和项目。")
            return redirect("scheme", made.pk)
    return _show(request, form, f"{plan.named}新的考评办法")


@require_http_methods(METHODS)
def scheme_edit(request, pk):
    scheme = _own(request, pk)
    form = SchemeForm(request.POST or None, scheme=scheme)
    if request.method == "POST" and form.is_valid():
        with taken_in(request, form):
            acts.change_scheme(scheme, request.user, seen_version=_seen(request), **form.cleaned_data)
            messages.success(request, "已保存。")
            return redirect("scheme", pk)
    return _show(request, form, "修改考评办法", scheme)


@require_http_methods(METHODS)
def scheme_item_new(request, pk):
    return _item(request, _own(request, pk), None)


@require_http_methods(METHODS)
def scheme_item(request, pk, number):
    scheme = _own(request, pk)
    rows = scheme.items.select_related("scorer").prefetch_related("full_marks")
    return _item(request, scheme, get_object_or_404(rows, number=number))


def _item(request, scheme, item):
    if item and "drop" in request.POST:
        acts.drop_item(item, request.user)
        messages.success(request, f"“{item.title}”已删去。")
        return redirect("scheme", scheme.pk)
    form = ItemForm(request.POST or None, scheme=scheme, item=item)
    if request.method == "POST" and form.is_valid():
        with taken_in(request, form):
            acts.write_item(scheme, request.user, item=item, seen_version=_seen(request), **form.values)
            messages.success(request, f"“{form.values['title']}”已保存。")
            return redirect("scheme", scheme.pk)
    return _show(request, form, f"第{item.number}项" if item else "新的考评项目", scheme, item=item)


@require_http_methods(METHODS)
def scheme_group_new(request, pk):
    return _group(request, _own(request, pk), None)


@require_http_methods(METHODS)
def scheme_group(request, pk, group):
    scheme = _own(request, pk)
    return _group(request, scheme, get_object_or_404(scheme.groups.all(), pk=group))


def _group(request, scheme, group):
    if group and "drop" in request.POST:
        acts.drop_group(group, request.user)
        messages.success(request, f"“{group.name}”组已删去。")
        return redirect("scheme", scheme.pk)
    form = GroupForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        with taken_in(request, form):
            acts.write_group(scheme, request.user, group=group, seen_version=_seen(request), **form.cleaned_data)
            messages.success(request, f"“{form.cleaned_data['name']}”组已保存。")
            return redirect("scheme", scheme.pk)
    return _show(request, form, f"“{group.name}”组" if group else "新的考评组", scheme, group=group)
