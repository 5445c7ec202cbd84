"""The columns of the review queue."""

from kit import clock
from kit.addresses import address_of
from kit.tables import Column
from reports.dashboard.review import HINTS
from reports.models import MonthlyReport
from reports.tables.filing import LATE, MARK, PLAN, TASKS, unit_column

Status = MonthlyReport.Status


def days_waiting(report):
    if report.status != Status.SUBMITTED or not report.submitted_at:
        return None
    return (clock.now() - report.submitted_at).days


def days_taken(report):
    """From the last filing to the decision."""
    if report.status != Status.ACCEPTED or not report.decided_at or not report.submitted_at:
        return None
    return (report.decided_at - report.submitted_at).days


FILED = Column("filed", "报送时间", lambda report: report.submitted_at, sort=("submitted_at",), kind="moment", width=17)
TIMES = Column(
    "times", "第几次", lambda report: report.times_filed or None, kind="number", sort=("times_filed",), width=8
)
HOW = (
    PLAN,
    TASKS,
    MARK,
    FILED,
    TIMES,
    LATE,
    Column("waiting", "已等（天）", days_waiting, kind="number", width=10),
    Column("taken", "审核用时（天）", days_taken, kind="number", width=12),
)
PAPER = Column("paper", "纸质件", lambda report: "已收" if report.paper_received_at else "", width=8)


def columns(hints, viewers=None, query=""):
    """``hints`` maps a report's key to {hint: number}, ``viewers`` to who has it open.

    ``query`` goes along to the page of a report, so that its 下一份 follows this list.
    """

    def told(report):
        parts = [f"{number}项{HINTS[hint]}" for hint, number in hints.get(report.pk, {}).items() if number]
        return "，".join(parts + [f"{name}正在看" for name in (viewers or {}).get(report.pk, ())])

    unit = unit_column(lambda report: f"{address_of('review', report.pk)}{query}")
    hint = Column("hints", "提示", told, tone=lambda report: "warn" if told(report) else "", width=30)
    return (unit, *HOW, hint, PAPER)
