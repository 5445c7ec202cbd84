"""The official sheets, and the page that offers them."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kit import clock
from kit.moves import require
from kit.sheets import exported, file_response, workbook
from kit.tables import Table
from reports.dashboard import official, timeliness
from reports.fields import ENTRY
from reports.forms.plan_month import PlanMonthForm
from reports.models import MonthlyReport, Period
from reports.permissions import can_manage_period, can_oversee, can_see_overview
from reports.tables import programme_sheets
from reports.tables.timeliness import columns
from reports.views.projects.sheets import listed_for
from tasks.models import Project, Task
from units.filters import UnitFilter


def _asked(request):
    require(can_see_overview(request.user))
    form = PlanMonthForm(request.GET, request.user)
    plan = form.plan_asked()
    if plan is None:
        raise Http404("no plan")
    return form, plan


def _named(*words):
    return "-".join([*(word for word in words if word), f"{clock.now():%Y%m%d%H%M}"]) + ".xlsx"


@require_safe
def exports(request):
    form, plan = _asked(request)
    period = form.period_asked(plan)
    periods = Period.objects.visible_to(request.user)
    months = periods.filter(plan=plan).order_by("-month").values_list("month", flat=True)
    may_remark = bool(period) and not period.is_closed and can_manage_period(request.user, period)
    context = {"form": form, "plan": plan, "period": period, "months": months, "may_remark": may_remark}
    context["may_oversee"] = can_oversee(request.user, plan)
    *labels, last = [ENTRY["done"].label, *(each.label for each in ENTRY.further)]
    context["project_lists"] = _project_lists(request.user, plan, period)
    context["told"] = f"{'、'.join(labels)}和{last}"
    return render(request, "reports/exports.html", context)


def _project_lists(user, plan, period):
    """(address name, what it is called, columns to choose from, month) of the lists of key projects; none where there are none."""
    if not Project.objects.visible_to(user).filter(task__plan=plan).exists():
        return []
    month = period.month if period else plan.last_over
    listed = listed_for(user, plan, month)
    return [(name, called, make(listed)) for name, (make, _, called, _) in programme_sheets.LISTS.items()]


@require_safe
def export_breakdown(request):
    _, plan = _asked(request)
    sheet = official.breakdown(plan, clock.today(), tasks_of(request.user, plan))
    return file_response(workbook(sheet), _named("任务分解表", f"{plan.year}年{plan.short_title}"))


@require_safe
def export_progress(request):
    form, plan = _asked(request)
    period = form.period_asked(plan)
    if period is None:
        raise Http404("no period")
    require(can_oversee(request.user, plan))
    reports = MonthlyReport.objects.visible_to(request.user).filter(period=period)
    day = period.judged_on
    sheet = official.progress(period, day, reports, tasks_of(request.user, plan))
    return file_response(workbook(sheet), progress_name("月度进展汇总表", period))


def tasks_of(user, plan):
    return Task.objects.visible_to(user).actions().filter(plan=plan)


def progress_name(word, period):
    return _named(word, period.plan.short_title, f"{period.month.year}年{period.month.month}月")


def _timeliness(request, plan):
    reports = MonthlyReport.objects.visible_to(request.user).filter(period__plan=plan)
    asked = UnitFilter(request.GET, timeliness.units_of(plan, reports))
    periods = Period.objects.visible_to(request.user)
    opened = set(periods.filter(plan=plan).values_list("month", flat=True))
    return asked, asked.qs, [month for month in plan.months if month in opened], reports


@require_safe
def export_filing(request):
    _, plan = _asked(request)
    require(can_oversee(request.user, plan))
    _, units, months, reports = _timeliness(request, plan)
    sheet = official.filing(plan, clock.today(), units, months, reports)
    return file_response(workbook(sheet), _named("报送情况统计表", f"{plan.year}年{plan.short_title}"))


@require_safe
def filing(request):
    form, plan = _asked(request)
    asked, units, months, reports = _timeliness(request, plan)
    kept = {}
    heading = f"{plan.year}年{plan.short_title}报送情况"
    table = Table(
        columns(months, kept),
        units,
        params=request.GET,
        default_sort="unit",
        totals=timeliness.totals(reports, units),
        empty="还没有您可以查看的月报。开启报送期后，这里逐月显示各单位报送情况。",
        name=heading,
        css="timeliness",
    )
    everything = request.GET.get("format") == "xlsx"
    kept.update(timeliness.kept(reports, units if everything else table.rows))
    if everything:
        return exported(table, heading, "统计时间", left_note=f"统计单位：{plan.office.name}")
    return render(
        request,
        "reports/filing.html",
        {"form": form, "plan": plan, "filter": asked, "table": table, "heading": heading},
    )
