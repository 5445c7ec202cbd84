"""What a plan's archive package keeps of cases of reform, and of who works by them."""

from kit.sheets.book import Book
from reports.tables.archive_columns import kept, said
from supervision.models import Copying, Experience

CASES = (
    said("经验号", "pk", 8, "number"),
    said("题目", "title", 34),
    said("任务", "task", 28),
    said("推荐单位", "unit", 16),
    said("原来难在哪里", "difficulty", 40),
    said("怎么做的", "done", 50),
    said("做出了什么", "result", 40),
    said("推荐人", "by", 12),
    said("推荐时间", "at", 17, "moment"),
    said("状态", "get_status_display", 10),
    said("选用时间", "chosen_at", 17, "moment"),
    said("办公室意见", "decision", 30),
)
COPIES = (
    said("经验号", "experience_id", 8, "number"),
    said("学用单位", "unit", 16),
    said("学用情况", "text", 50),
    said("登记人", "by", 12),
    said("登记时间", "at", 17, "moment"),
)


def _cases(plan):
    return Experience.objects.of([plan]).select_related("task", "unit", "by").order_by("at", "pk")


def _copies(plan):
    rows = Copying.objects.filter(experience__in=_cases(plan).order_by().values("pk"))
    return rows.select_related("unit", "by").order_by("experience", "at", "pk")


def _counts(plan):
    return {"改革经验": _cases(plan).count(), "经验学用": _copies(plan).count()}


def _sheets(plan, periods):
    yield kept(plan, "改革经验", "改革经验", CASES, _cases(plan))
    yield kept(plan, "经验学用", "学用", COPIES, _copies(plan), "按经验号与“改革经验”对应")


def _open(plan):
    for each in _cases(plan).filter(status=Experience.Status.OFFERED):
        yield f"改革经验“{each}”还没有定是否选用。"


ARCHIVED = Book(45, "改革经验", _counts, _sheets, _open)
