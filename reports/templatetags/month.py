"""Words and tones of reports for templates."""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html, format_html_join

from reports import marks
from reports.actions.writing import why_closed
from reports.fields import ENTRY
from reports.line import asked_in
from reports.models import MonthlyReport
from tasks.lights import Light

register = template.Library()
register.filter(why_closed)

Status = MonthlyReport.Status
TONES = {
    Status.DUE: "plain",
    Status.DRAFT: "warn",
    Status.SIGNING: "info",
    Status.SUBMITTED: "info",
    Status.RETURNED: "danger",
    Status.ACCEPTED: "good",
    Status.EXEMPT: "muted",
}
PIECES = {"same": "{}", "old": '<del class="old">{}</del>', "new": '<ins class="new">{}</ins>'}


@register.filter
def status_tone(report):
    return f"tone-{TONES[report.status]}"


@register.filter
def mark_tone(mark):
    return f"tone-{marks.tone_of(mark)}"


@register.filter
def pieces(row):
    return format_html_join("", "{}", ((format_html(PIECES[kind], text),) for kind, text in row.pieces))


@register.filter
def in_words(value, name):
    return ENTRY[name].words(value)


@register.filter
def figure(number):
    """An amount as people read it; — where there is none."""
    return "—" if number is None else f"{number:,f}".rstrip("0").rstrip(".") if number % 1 else f"{number:,.0f}"


@register.filter
def told(entry):
    return (asked_in(entry) if isinstance(entry, Mapping) else entry.asked).told(entry)


@register.filter
def task_label(task):
    """第43项 核对平台, （五）法治社会."""
    number = f"第{task.number}项 " if task.number.isdigit() else f"{task.number} "
    return f"{number}{task.short_title}"


@register.filter
def light_tone(light):
    return Light(light).tone if light else "plain"


@register.filter
def plan_words(title):
    return title.removesuffix("活动实施方案").removesuffix("实施方案")
