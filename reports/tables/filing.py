"""The columns of a month's reports, one row a report."""

from dataclasses import replace

from django.utils.html import format_html

from kit.addresses import address_of
from kit.tables import Column
from reports import marks
from reports.models import MonthlyReport


def mark_of(report):
    return MonthlyReport.Mark(getattr(report, "mark_now", None) or report.mark())


def unit_column(to):
    def show(report):
        return format_html('<a href="{}">{}</a>', to(report), report.unit_name)

    return Column("unit", "责任单位", lambda report: report.unit_name, show, sort=("unit__order",), main=True, width=18)


PLAN = Column("plan", "方案", lambda report: report.period.plan.named, sort=("period__plan",), width=18)
GROUP = Column(
    "group", "同类组", lambda report: report.unit.get_peer_group_display(), sort=("unit__peer_group",), width=14
)
TASKS = Column("tasks", "任务数", lambda report: report.task_count, sort=("task_count",), kind="number", width=8)
MARK = Column(
    "mark",
    "情况",
    lambda report: mark_of(report).label,
    tone=lambda report: marks.tone_of(mark_of(report)),
    sort=("mark_now",),
    width=10,
)
STATUS = Column("status", "状态", lambda report: report.get_status_display(), sort=("status",), width=10)
DUE = Column("due", "截止时间", lambda report: report.due_words, sort=("due_at",), width=17)
FIRST = Column(
    "first", "首次报送", lambda report: report.first_submitted_at, kind="moment", sort=("first_submitted_at",), width=17
)
LATE = Column(
    "late",
    "时效",
    lambda report: {None: "", True: "迟报", False: "按时"}[report.is_late],
    tone=lambda report: "warn" if report.is_late else "",
    sort=("is_late",),
    width=8,
)

COLUMNS = (
    unit_column(lambda report: address_of("report", report.pk)),
    PLAN,
    GROUP,
    TASKS,
    replace(MARK, head="报送情况"),
    STATUS,
    DUE,
    FIRST,
    LATE,
    Column("decided", "审核时间", lambda report: report.decided_at, sort=("decided_at",), kind="moment", width=17),
)
