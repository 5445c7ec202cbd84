"""The columns of a month's reports, one row a report."""

from django.utils.html import format_html

from kit.addresses import address_of
from kit.tables import Column
from reports import marks
from reports.models import MonthlyReport


def mark_of(report):
    """Annotated or computed."""
    return MonthlyReport.Mark(getattr(report, "mark_now", None) or report.mark())


def _unit(report):
    return format_html('<a href="{}">{}</a>', address_of("report", report.pk), report.unit_name)


def _timeliness(report):
    return {None: "", True: "迟报", False: "按时"}[report.is_late]


COLUMNS = (
    Column("unit", "责任单位", lambda report: report.unit_name, _unit, sort=("unit__order",), main=True, width=18),
    Column("plan", "方案", lambda report: report.period.plan.named, sort=("period__plan",), width=18),
    Column(
        "group", "同类组", lambda report: report.unit.get_peer_group_display(), sort=("unit__peer_group",), width=14
    ),
    Column("tasks", "任务数", lambda report: report.task_count, sort=("task_count",), kind="number", width=8),
    Column(
        "mark",
        "报送情况",
        lambda report: mark_of(report).label,
        sort=("mark_now",),
        tone=lambda report: marks.tone_of(mark_of(report)),
        width=10,
    ),
    Column("status", "状态", lambda report: report.get_status_display(), sort=("status",), width=10),
    Column("due", "截止时间", lambda report: report.due_words, sort=("due_at",), width=17),
    Column(
        "first",
        "首次报送",
        lambda report: report.first_submitted_at,
        sort=("first_submitted_at",),
        kind="moment",
        width=17,
    ),
    Column("timeliness", "时效", _timeliness, sort=("is_late",), width=8),
    Column("decided", "审核时间", lambda report: report.decided_at, sort=("decided_at",), kind="moment", width=17),
)
