"""The official sheets of key projects, and one project's 台账."""

from django.http import Http404
from django.views.decorators.http import require_safe

from kit import clock
from kit.moves import require
from kit.sheets import file_response, workbook
from reports.dashboard.listed import Listed
from reports.forms.plan_month import PlanMonthForm
from reports.models import Entry
from reports.permissions import can_see_overview
from reports.tables import programme_sheets as sheets
from reports.tables.project_card import card_sheets
from reports.views.projects.page import project_of
from tasks.models import Project


def listed_for(user, plan, month):
    return Listed(plan, month, Project.objects.visible_to(user), Entry.objects.visible_to(user))


@require_safe
def export_projects(request, name):
    """A list in the columns asked for, or a summary, of the month asked for or the last one that is over."""
    require(can_see_overview(request.user))
    form = PlanMonthForm(request.GET, request.user)
    plan = form.plan_asked()
    if plan is None or name not in (*sheets.LISTS, *sheets.SUMMARIES):
        raise Http404("no sheet")
    month = form.cleaned_data.get("month") or plan.last_over
    if month not in plan.months:
        raise Http404("no month")
    listed = listed_for(request.user, plan, month)
    sheet = sheets.list_sheet(listed, name, request.GET) if name in sheets.LISTS else sheets.summary_sheet(listed, name)
    words = f"{sheet.name}-{plan.short_title}-{month.year}年{month.month}月-{clock.now():%Y%m%d%H%M}.xlsx"
    return file_response(workbook(sheet), words)


@require_safe
def project_sheet(request, pk):
    project = project_of(request, pk)
    return file_response(workbook(card_sheets(project)), f"{project.code}{project.name}台账.xlsx")
