"""The columns of the review queue."""

from django.utils.html import format_html

from kit import clock
from kit.addresses import address_of
from kit.tables import Column
from reports import marks
from reports.dashboard.review import HINTS
from reports.models import MonthlyReport
from reports.tables.filing import mark_of

Status = MonthlyReport.Status


def days_waiting(report):
    """Whole days since it was last filed."""
    if report.status != Status.SUBMITTED or not report.submitted_at:
        return None
    return (clock.now() - report.submitted_at).days


def days_taken(report):
    """Whole days from the last filing to the decision."""
    if report.status != Status.ACCEPTED or not report.decided_at or not report.submitted_at:
        return None
    return (report.decided_at - report.submitted_at).days


def columns(hints, viewers=None, query=""):
    """Return the columns; ``hints`` maps a report's key to {hint: number}, ``viewers`` to who has it open.

    ``query`` goes along to the page of a report, so that its 下一份 follows this list.
    """

    def _unit(report):
        return format_html('<a href="{}{}">{}</a>', address_of("review", report.pk), query, report.unit_name)

    def told(report):
        parts = [f"{number}项{HINTS[hint]}" for hint, number in hints.get(report.pk, {}).items() if number]
        return "，".join(parts + [f"{name}正在看" for name in (viewers or {}).get(report.pk, ())])

    return (
        Column("unit", "责任单位", lambda report: report.unit_name, _unit, sort=("unit__order",), main=True, width=18),
        Column("plan", "方案", lambda report: report.period.plan.named, sort=("period__plan",), width=18),
        Column("tasks", "任务数", lambda report: report.task_count, sort=("task_count",), kind="number", width=8),
        Column(
            "mark",
            "情况",
            lambda report: mark_of(report).label,
            tone=lambda report: marks.tone_of(mark_of(report)),
            sort=("mark_now",),
            width=8,
        ),
        Column(
            "filed", "报送时间", lambda report: report.submitted_at, sort=("submitted_at",), kind="moment", width=17
        ),
        Column(
            "times", "第几次", lambda report: report.times_filed or None, kind="number", sort=("times_filed",), width=8
        ),
        Column(
            "late",
            "时效",
            lambda report: {None: "", True: "迟报", False: "按时"}[report.is_late],
            tone=lambda report: "warn" if report.is_late else "",
            sort=("is_late",),
            width=8,
        ),
        Column("waiting", "已等（天）", days_waiting, kind="number", width=10),
        Column("taken", "审核用时（天）", days_taken, kind="number", width=12),
        Column("hints", "提示", told, tone=lambda report: "warn" if told(report) else "", width=30),
        Column("paper", "纸质件", lambda report: "已收" if report.paper_received_at else "", width=8),
    )
