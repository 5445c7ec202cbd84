"""What pages of the floor below show of the reports: a task's months, its lights, how this month's reports stand."""

from django import template
from django.core.paginator import Paginator
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.html import format_html

from kit import charts, clock
from reports import marks
from reports.models import Attachment, Entry, MonthlyReport
from tasks.lights import Light
from tasks.models import Responsibility

register = template.Library()

MONTHS = 4
FILED = (MonthlyReport.Status.SUBMITTED, MonthlyReport.Status.ACCEPTED)


@register.inclusion_tag("reports/part/task_history.html", takes_context=True)
def task_history(context, task):
    request = context["request"]
    entries = _filed(task, request.user)
    # A year has few months: read once, not counted first.
    page = Paginator(list(_months(entries)), MONTHS).get_page(request.GET.get("page"))
    return {"request": request, "page_obj": page, "months": _by_month(task, entries, list(page), request.user)}


@register.inclusion_tag("reports/part/task_months.html", takes_context=True)
def task_last_months(context, task):
    user = context["request"].user
    entries = _filed(task, user)
    return {"months": _by_month(task, entries, list(_months(entries)[:MONTHS]), user)}


def _filed(task, user):
    return Entry.objects.visible_to(user).filter(task=task, report__status__in=FILED)


def _months(entries):
    return entries.order_by("-report__period__month").values_list("report__period__month", flat=True).distinct()


def _by_month(task, entries, months, user):
    rows = entries.filter(report__period__month__in=months).select_related(
        "report__period__plan__office", "report__reviewer"
    )
    rows = list(rows.order_by("report__serial"))
    for row in rows:
        row.task = task
    files = _files(rows, user)
    open_to = set(
        MonthlyReport.objects.visible_to(user)
        .filter(pk__in=[row.report_id for row in rows])
        .values_list("pk", flat=True)
    )
    table = {month: [] for month in months}
    for row in sorted(rows, key=lambda row: row.role != Responsibility.Role.LEAD):
        line = {"entry": row, "files": files.get(row.pk, ()), "readable": row.report_id in open_to}
        table[row.report.period.month].append(line)
    return list(table.items())


def _files(rows, user):
    found = {}
    present = Attachment.objects.visible_to(user).present().filter(entry__in=[row.pk for row in rows])
    for each in present:
        found.setdefault(each.entry_id, []).append(each)
    return found


@register.simple_tag
def task_strip(task):
    frozen = {row.period.month: row for row in task.standings.select_related("period")}
    opened = set(task.plan.periods.values_list("month", flat=True))
    cells = [_strip_cell(task, month, frozen.get(month), month in opened) for month in task.plan.months]
    strip = charts.strip(cells, [f"{month.month}月" for month in task.plan.months], label="逐月亮灯")
    corrected = _corrections(standing for standing in frozen.values() if standing.first_progress is not None)
    return format_html("{}{}", strip, corrected)


def _corrections(standings):
    rows = [each for standing in standings for each in standing.corrections.select_related("by__unit")]
    return render_to_string("reports/part/corrections.html", {"corrections": rows}) if rows else ""


def _strip_cell(task, month, standing, opened):
    if standing:
        light = Light(standing.light)
        return marks.light_cell(light, f"{month.month}月：{light.label}。{standing.reason}")
    now = clock.today().replace(day=1)
    if month == now:
        live = task.judgement()
        return marks.light_cell(live.light, f"{month.month}月（实时）：{live.light.label}。{live.reason}")
    if month > now:
        return None
    words = "还没有结账" if opened else "没有开启报送期"
    return charts.Cell("…" if opened else "—", "plain", title=f"{month.month}月：{words}", outline=opened)


@register.inclusion_tag("reports/part/task_month.html", takes_context=True)
def task_month(context, task):
    period = task.plan.periods.order_by("-month").first()
    reports = MonthlyReport.objects.visible_to(context["request"].user).filter(period=period, entries__task=task)
    reports = reports.select_related("reviewer").annotate(
        light=F("entries__office_light"), why=F("entries__office_remark")
    )
    rows = [(report, report.mark()) for report in reports.order_by("serial")] if period else []
    return {"period": period, "rows": [(report, mark, marks.tone_of(mark), _decided(report)) for report, mark in rows]}


def _decided(report):
    """The office's own light, None where it agreed or has not decided."""
    return Light(report.light) if report.light and report.status == MonthlyReport.Status.ACCEPTED else None
