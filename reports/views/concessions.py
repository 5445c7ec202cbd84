"""Concessions of the office: more time or nothing owed, for one report or for several at once."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kit.forms import told_on
from kit.moves import require
from reports.actions import periods as verbs
from reports.actions.concessions import exempt_many, extend_many
from reports.forms.periods import ExtensionForm, Picks, ReasonForm
from reports.models import MonthlyReport
from reports.permissions import can_manage_period
from reports.views.periods import owned_period, show_reasoned


def _report(request, pk):
    rows = MonthlyReport.objects.visible_to(request.user).select_related("period__plan", "unit")
    report = get_object_or_404(rows, pk=pk)
    require(can_manage_period(request.user, report.period))
    return report


def _concede(request, pk, form_class, heading, act):
    report = _report(request, pk)
    form = form_class(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with told_on(form):
            act(report, request.user, **form.told)
            messages.success(request, f"{report}：已{heading}。")
            return redirect("period", report.period_id)
    context = {"report": report, "form": form, "heading": heading}
    return render(request, "reports/concession.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def report_extend(request, pk):
    return _concede(request, pk, ExtensionForm, "批准宽限", verbs.extend)


@require_http_methods(["GET", "HEAD", "POST"])
def report_exempt(request, pk):
    return _concede(request, pk, ReasonForm, "批准免报", verbs.exempt)


@require_http_methods(["GET", "HEAD", "POST"])
def report_unexempt(request, pk):
    return _concede(request, pk, ReasonForm, "取消免报", verbs.revoke_exemption)


def _concede_many(request, pk, form_class, heading, act):
    """With a reason the concession is made to all that are still ticked, or to none."""
    period = owned_period(request, pk)
    reports = MonthlyReport.objects.visible_to(request.user).filter(period=period)
    picks = Picks(request.POST, reports.select_related("period__plan", "unit"))
    form = form_class(request.POST if "reason" in request.POST else None)
    if not picks.is_valid():
        messages.warning(request, "请先勾选单位。")
        return redirect("period", pk)
    if form.is_bound and form.is_valid():
        chosen = picks.cleaned_data["pick"]
        with told_on(form):
            act(chosen, request.user, **form.told)
            messages.success(request, f"已给{len(chosen)}个单位{heading}，记入各月报的记录。")
            return redirect("period", pk)
    return show_reasoned(request, period, form, heading, picks=picks)


@require_POST
def period_extend(request, pk):
    return _concede_many(request, pk, ExtensionForm, "批准宽限", extend_many)


@require_POST
def period_exempt(request, pk):
    return _concede_many(request, pk, ReasonForm, "批准免报", exempt_many)
