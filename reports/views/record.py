"""A unit's record through the year."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kit import charts, clock
from kit.sheets import file_response, table_sheet, workbook
from kit.tables import Table
from reports import marks
from reports.dashboard.record import record_of, years_of
from reports.forms.record import YearForm
from reports.models import MonthlyReport
from reports.permissions import can_see_overview
from reports.tables.record import columns
from units.models import Unit

LEGEND = ("ON_TIME", "LATE", "MISSING", "LAPSED", "WAITING", "RETURNED", "DRAFT", "EXEMPT")


@require_safe
def record(request):
    if request.user.unit is None:
        raise Http404("no unit")
    return _show(request, request.user.unit)


@require_safe
def unit_record(request, pk):
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    own = request.user.unit is not None and request.user.unit in (unit, unit.answering())
    if not own and not can_see_overview(request.user):
        raise Http404("not yours")
    return _show(request, unit)


def _show(request, unit):
    years = years_of(unit, request.user)
    year = YearForm(request.GET).asked(years) or clock.today().year
    plans = record_of(unit, request.user, year)
    tables = [_table(plan, request) for plan in plans]
    if request.GET.get("format") == "xlsx" and tables:
        return _sheet(request, unit, year, plans, tables)
    strips = [_strip(plan) for plan in plans]
    context = {
        "unit": unit,
        "year": year,
        "years": years,
        "plans": list(zip(plans, strips, tables, strict=True)),
        "legend": charts.legend([marks.cell_of(mark, MonthlyReport.Mark(mark).label) for mark in LEGEND]),
    }
    return render(request, "reports/record.html", context)


def _table(plan, request):
    return Table(
        columns(plan.months), plan.tasks, per_page=None, empty="没有任务。", name=f"{plan.plan}任务进度", css="stack"
    )


def _strip(plan):
    cells = [_cell(plan, month) for month in plan.months]
    return charts.strip(cells, [f"{month.month}月" for month in plan.months], label=f"{plan.plan}逐月报送")


def _cell(plan, month):
    report = plan.reports.get(month)
    if report is None:
        return None
    word = report.Mark(report.mark_now).label
    return marks.cell_of(report.mark_now, f"{month.month}月：{word}", reverse("report", args=[report.pk]))


def _sheet(request, unit, year, plans, tables):
    now = clock.now()
    right = f"导出时间：{now:%Y-%m-%d %H:%M}"
    sheets = [
        table_sheet(table, f"{unit.name}{year}年{plan.plan}任务进度", left_note=_rates(plan), right_note=right)
        for plan, table in zip(plans, tables, strict=True)
    ]
    return file_response(workbook(sheets), f"{unit.name}{year}年报送记录-{now:%Y%m%d%H%M}.xlsx")


def _rates(plan):
    due, on_time, late, missing, lapsed, filed, timely = plan.counts
    words = f"到期应报{due}份，按时{on_time}份，迟报{late}份，缺报{missing}份，退回未重报{lapsed}份"
    return f"{words}，报送率{filed}，按时率{timely}" if due else words
