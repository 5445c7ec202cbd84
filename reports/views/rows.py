"""The rows behind an overview's numbers: a month's reports, a closed month's standings."""

from django.db.models import Count
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kit.sheets import exported
from kit.tables import Table
from reports.dashboard.periods import rows_of
from reports.dashboard.problems import problems_of
from reports.filters import STATES, FilingFilter, StandingFilter
from reports.models import MonthlyReport, Standing
from reports.permissions import can_manage_period
from reports.tables import filing, standings
from reports.tables.periods import chasing
from reports.views.scope import read_scope
from units.models import User
from units.permissions import can_see_contacts

OWING = MonthlyReport.OWING


def _answer(request, table, heading, context):
    if request.GET.get("format") == "xlsx":
        return exported(table, heading)
    return render(request, "reports/rows.html", context | {"table": table, "heading": heading})


@require_safe
def filing_rows(request):
    context, scope = read_scope(request)
    asked = FilingFilter(request.GET, MonthlyReport.objects.visible_to(request.user).filter(period__in=scope.periods))
    rows = rows_of(asked.qs).annotate(task_count=Count("entries"))
    state = STATES.get(asked.values.get("state"), "报送")
    heading = f"{scope.month.year}年{scope.month.month}月{scope.plan or '全部方案'}{state}情况"
    empty = "没有符合条件的月报。"
    urge = _to_urge(request.user, scope)
    table = Table(
        (*filing.COLUMNS, *chasing(lambda report: can_see_contacts(request.user, report.unit))),
        rows,
        params=request.GET,
        default_sort="unit",
        empty=empty,
        name=heading,
        select=(lambda row: row.pk if row.period_id == urge.pk and row.status in OWING else None) if urge else None,
    )
    return _answer(request, table, heading, context | {"filter": asked, "urge": urge})


def _to_urge(user, scope):
    own = [each for each in scope.periods if can_manage_period(user, each) and not each.is_closed]
    return own[0] if len(own) == 1 else None


@require_safe
def standing_list(request):
    context, scope = read_scope(request)
    rows = Standing.objects.visible_to(request.user).actions().filter(period__in=scope.periods)
    asked = StandingFilter(request.GET, rows.select_related("period__plan"))
    heading = f"{scope.month.year}年{scope.month.month}月{scope.plan or '全部方案'}月末亮灯"
    empty = "这个月还没有结账，或没有符合条件的任务。"
    office, said = request.user.role == User.Role.OFFICE, {}
    may_correct = (lambda row: can_manage_period(request.user, row.period)) if office else None
    table = Table(
        standings.columns(said, may_correct),
        asked.qs,
        params=request.GET,
        default_sort="number",
        empty=empty,
        name=heading,
        fetch=lambda rows: said.update(problems_of([row.task_id for row in rows], request.user, scope.month)),
    )
    return _answer(request, table, heading, context | {"filter": asked})
