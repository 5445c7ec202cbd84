"""Indicators: the numbers the plans promised, and their monthly readings."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kit import clock
from kit.forms import told_on
from kit.moves import require
from kit.sheets import exported
from kit.tables import Table
from tasks.actions.readings import record_reading
from tasks.filters import PlanFilter
from tasks.forms.readings import ReadingForm
from tasks.models import Indicator
from tasks.permissions import can_record_reading
from tasks.tables import indicator_columns


@require_safe
def indicator_list(request):
    asked = PlanFilter(request.GET, Indicator.objects.visible_to(request.user), user=request.user)
    chosen = asked.chosen
    months = sorted({month for plan in asked.shown_plans for month in plan.months if month <= clock.today()})
    table = Table(
        indicator_columns(months, request.user),
        asked.qs.with_figures(),
        params=request.GET,
        per_page=None,
        empty="这些方案没有可以计数的指标。",
        name="指标进度",
        section=lambda indicator: indicator.plan.named,
        css="stack ledger",
    )
    if request.GET.get("format") == "xlsx":
        return exported(table, f"{chosen.named if chosen else '各方案'}指标进度", "统计时间")
    return render(request, "tasks/indicators.html", {"plans": asked.plans, "plan": chosen, "table": table})


@require_http_methods(["GET", "POST"])
def reading_save(request, pk):
    rows = Indicator.objects.visible_to(request.user).with_readings().select_related("plan__office", "unit")
    indicator = get_object_or_404(rows, pk=pk)
    require(can_record_reading(request.user, indicator))
    form = ReadingForm(request.POST or None, indicator=indicator, initial=_reading_asked(request, indicator))
    if form.is_valid():
        with told_on(form, "month"):
            reading = record_reading(indicator, by=request.user, **form.cleaned_data)
            messages.success(request, f"{indicator.name}{reading.month.year}年{reading.month.month}月数据已保存。")
            return redirect("reading_save", pk)
    return render(request, "tasks/reading.html", {"indicator": indicator, "form": form})


def _reading_asked(request, indicator):
    found = [each for each in indicator.readings.all() if f"{each.month:%Y-%m}" == request.GET.get("month")]
    return {"month": f"{found[0].month:%Y-%m}", "value": found[0].value, "source": found[0].source} if found else {}
