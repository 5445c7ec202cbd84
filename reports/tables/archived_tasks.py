"""What a plan's archive package keeps of its tasks and reports month by month, so that every count and mean can be made anew; and of changes of tasks."""

from kit.sheets.book import Book
from reports.models import Correction, MonthlyReport, Standing
from reports.tables.archive_columns import DECIDED, kept, month, said
from tasks.models import TaskChange

STANDINGS = (
    month("月份", "period.month"),
    said("编号", "task_number", 12),
    said("任务", "task_title", 28),
    said("章节", "section_title", 24),
    said("牵头单位", "lead_name", 16),
    said("状态", "get_status_display", 9),
    said("进度", "progress", 8, "percent"),
    said("应达进度", "expected", 9, "percent"),
    said("灯色", "get_light_display", 8),
    said("理由", "reason", 50),
    said("规则版本", "rules_version", 9, "number"),
    said("结账时进度", "first_progress", 10, "percent"),
    said("结账时灯色", "get_first_light_display", 10),
)
CORRECTIONS = (
    month("月份", "standing.period.month"),
    said("编号", "standing.task_number", 12),
    said("任务", "standing.task_title", 28),
    said("更正前进度", "old_progress", 10, "percent"),
    said("更正前灯色", "get_old_light_display", 10),
    said("更正后进度", "progress", 10, "percent"),
    said("更正后灯色", "get_light_display", 10),
    said("原因", "reason", 36),
    said("更正人", "by", 12),
    said("更正时间", "at", 17, "moment"),
)
REPORTS = (
    month("月份", "period.month"),
    said("责任单位", "unit_name", 16),
    said("状态", "get_status_display", 10),
    said("截止时间", "due_at", 17, "moment"),
    said("首次报送时间", "first_submitted_at", 17, "moment"),
    said("迟报", lambda row: "迟报" if row.is_late else "", 7),
    said("最近报送时间", "submitted_at", 17, "moment"),
    said("审核时间", "decided_at", 17, "moment"),
    said("审核人", "reviewer", 12),
    said("退回原因", "return_reason", 36),
)

CHANGED = (
    said("编号", "task.number", 8),
    said("任务", "task.short_title", 28),
    said("第几次", "serial", 7, "number"),
    said("申请单位", "unit_name", 14),
    said("种类", "get_kind_display", 9),
    said("原因", "reason", 30),
    said("目前进展", "so_far", 30),
    said("当时进度", "progress", 8, "percent"),
    said("首次时限", "task.planned_due_on", 12, "date"),
    said("原时限", "old_due_on", 12, "date"),
    said("延期到（复核日期）", "due_on", 12, "date"),
    said("阶段目标", "goal", 20),
    said("调整前的内容", "old_text", 40),
    said("调整后的内容", "text", 40),
    said("申请时间", "at", 17, "moment"),
    said("状态", "get_status_display", 9),
    *DECIDED,
)


def _standings(plan):
    rows = Standing.objects.actions().filter(period__plan=plan).select_related("period")
    return rows.order_by("period__month", "task__order", "pk")


def _reports(plan, periods):
    rows = MonthlyReport.objects.filter(period__in=periods).select_related("period__plan", "reviewer")
    return rows.order_by("period__month", "serial")


def _corrections(plan):
    rows = Correction.objects.filter(standing__in=_standings(plan).order_by().values("pk"))
    return rows.select_related("standing__period", "by").order_by("at", "pk")


def _counts(plan):
    return {"任务月末亮灯": _standings(plan).count()}


def _sheets(plan, periods):
    yield kept(plan, "任务月末亮灯", "月末亮灯", STANDINGS, _standings(plan), "更正过的，结账时的数在后两列")
    yield kept(plan, "任务月末亮灯的更正", "更正", CORRECTIONS, _corrections(plan))
    yield kept(plan, "月报报送和审核时间", "月报", REPORTS, _reports(plan, periods), "按首次报送时间判定是否迟报")


def _change_count(plan):
    return {"任务变更": TaskChange.objects.of(plan).count()}


def _changes(plan, periods):
    rows = TaskChange.objects.of(plan).select_related("task", "decided_by").order_by("task__order", "serial")
    yield kept(plan, "任务变更", "任务变更", CHANGED, rows, "延期、调整、持续推进；调整以前的内容原样")


def _changes_waiting(plan):
    if count := TaskChange.objects.of(plan).waiting().count():
        yield f"{count}件任务变更申请待审定。"


ARCHIVED_TASKS = (
    Book(3, "任务月末亮灯和月报", _counts, _sheets),
    Book(5, "任务变更", _change_count, _changes, _changes_waiting),
)
