"""The rows behind an overview's numbers: a month's reports, a closed month's standings."""

from django.db.models import Count
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kit import clock
from kit.sheets import file_response, table_sheet, workbook
from kit.tables import Table
from reports.forms.overview import STATES, FilingFilter, StandingFilter
from reports.models import MonthlyReport, Standing
from reports.permissions import can_manage_period
from reports.tables import filing, standings
from reports.views.scope import read_scope
from units.models import User


def _answer(request, table, heading, context):
    """Show the list, or hand it out exactly as filtered, sorted and shown with ?format=xlsx."""
    if request.GET.get("format") == "xlsx":
        now = clock.now()
        sheet = table_sheet(table, heading, right_note=f"导出时间：{now:%Y-%m-%d %H:%M}")
        return file_response(workbook(sheet), f"{heading}-{now:%Y%m%d%H%M}.xlsx")
    return render(request, "reports/rows.html", context | {"table": table, "heading": heading})


@require_safe
def filing_rows(request):
    """One row a report of one month, filtered as the figures count."""
    context, scope = read_scope(request)
    asked = FilingFilter(request.GET)
    rows = MonthlyReport.objects.visible_to(request.user).filter(period__in=scope.periods)
    rows = asked.apply(rows.select_related("unit", "period__plan")).with_mark().annotate(task_count=Count("entries"))
    state = STATES.get(asked.cleaned_data.get("state"), "报送")
    heading = f"{scope.month.year}年{scope.month.month}月{scope.plan or '全部方案'}{state}情况"
    empty = "没有符合条件的月报。"
    table = Table(filing.COLUMNS, rows, params=request.GET, default_sort="unit", empty=empty, name=heading)
    return _answer(request, table, heading, context | {"filter": asked})


@require_safe
def standing_list(request):
    """How each task stood at the end of a closed month, as frozen then."""
    context, scope = read_scope(request)
    asked = StandingFilter(request.GET)
    rows = Standing.objects.visible_to(request.user).filter(period__in=scope.periods)
    rows = asked.apply(rows.select_related("period__plan"))
    heading = f"{scope.month.year}年{scope.month.month}月{scope.plan or '全部方案'}月末亮灯"
    empty = "这个月还没有结账，或没有符合条件的任务。"
    office = request.user.role == User.Role.OFFICE
    columns = standings.columns((lambda row: can_manage_period(request.user, row.period)) if office else None)
    table = Table(columns, rows, params=request.GET, default_sort="number", empty=empty, name=heading)
    return _answer(request, table, heading, context | {"filter": asked})
