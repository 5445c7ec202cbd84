"""What a plan's archive package keeps of its tasks and reports month by month, so that every count and mean can be made anew; and of changes of tasks."""

from kit.tables.declared import fields_of
from reports.models import Correction, MonthlyReport, Standing
from reports.tables.archive_sheets import DECIDED, Kept, book
from tasks.models import TaskChange

STANDINGS = fields_of(
    Standing,
    "月份=period.month:month task_number task_title section_title lead_name status progress:percent expected:percent light",
    "reason rules_version first_progress:percent first_light",
)
CORRECTIONS = fields_of(
    Correction,
    "月份=standing.period.month:month standing.task_number standing.task_title old_progress:percent old_light",
    "progress:percent light 原因=reason by at",
)
REPORTS = fields_of(
    MonthlyReport,
    "月份=period.month:month 责任单位=unit_name status 截止时间=due_at:moment first_submitted_at is_late:word submitted_at",
    "decided_at reviewer return_reason",
)
CHANGED = fields_of(
    TaskChange,
    "编号=task.number 任务=task.short_title serial unit_name kind reason so_far progress:percent",
    "首次时限=task.planned_due_on:date old_due_on due_on goal old_text text at status",
    DECIDED,
)


def _standings(plan, _):
    rows = Standing.objects.actions().filter(period__plan=plan)
    return rows.order_by("period__month", "task__order", "pk")


def _reports(plan, periods):
    rows = MonthlyReport.objects.filter(period__in=periods).select_related("period__plan")
    return rows.order_by("period__month", "serial")


def _corrections(plan, _):
    rows = Correction.objects.filter(standing__in=_standings(plan, _).order_by().values("pk"))
    return rows.order_by("at", "pk")


def _changes(plan, _):
    return TaskChange.objects.of(plan).order_by("task__order", "serial")


def _changes_waiting(plan):
    if count := TaskChange.objects.of(plan).waiting().count():
        yield f"{count}件任务变更申请待审定。"


ARCHIVED_TASKS = (
    book(
        3,
        "任务月末亮灯和月报",
        Kept("月末亮灯", STANDINGS, _standings, "更正过的，结账时的数在后两列", "任务月末亮灯", "任务月末亮灯"),
        Kept("更正", CORRECTIONS, _corrections, called="任务月末亮灯的更正"),
        Kept("月报", REPORTS, _reports, "按首次报送时间判定是否迟报", "月报报送和审核时间"),
    ),
    book(
        5,
        "任务变更",
        Kept("任务变更", CHANGED, _changes, "延期、调整、持续推进；调整以前的内容原样", counted="任务变更"),
        open=_changes_waiting,
    ),
)
