"""What a plan's archive package keeps of dispatch meetings and visits, of what was settled there, of what owners said, and of the calendar's rules and notes."""

from kit.sheets.book import Book
from reports.tables.archive_columns import kept, month, said, whose
from supervision.models import Item, Occasion, OwnerWord, Rhythm, RhythmNote
from supervision.tables.archived_directives import ARCHIVED

# What everybody who fetches a package may read; others are kept out until somebody says so here.
KEPT = (Occasion.Kind.MEETING, Occasion.Kind.VISIT)


def _code(row):
    return row.project.code if row.project_id else ""


def _name(row):
    return row.project.name if row.project_id else ""


OCCASIONS = (
    said("活动号", "pk", 8, "number"),
    said("种类", "called", 10),
    month("所属月份", "month"),
    said("日期", "held_on", 12, "date"),
    said("名称", str, 34),
    said("编号", _code, 8),
    said("项目名称", _name, 28),
    said("地点", "place", 16),
    said("组织单位", "unit", 16),
    said("参加人员", "people", 24),
    said("记录", "notes", 40),
    said("件数", lambda row: len(row.items.all()), 7, "number"),
    said("状态", "get_status_display", 10),
    said("经办人", "by", 12),
    said("建立时间", "at", 17, "moment"),
)
ITEMS = (
    said("活动号", "occasion_id", 8, "number"),
    month("所属月份", "occasion.month"),
    said("日期", "occasion.held_on", 12, "date"),
    said("活动", "occasion", 34),
    said("序号", "number", 7, "number"),
    said("种类", "get_kind_display", 8),
    said("编号", _code, 8),
    said("项目名称", _name, 28),
    said("内容", "text", 44),
    said("办理单位", "unit", 16),
    said("时限", "due_on", 12, "date"),
    said("兑现", "get_kept_display", 10),
    said("认定人", "kept_by", 12),
    said("认定时间", "kept_at", 17, "moment"),
)
WORDS = (
    *whose(),
    said("季度", "quarter_words", 14),
    said("状态", "get_status_display", 10),
    said("发出人", "by", 12),
    said("发出时间", "at", 17, "moment"),
    said("填写时间", "answered_at", 17, "moment"),
    said("进展情况", "progress", 30),
    said("对服务单位的评价", "get_unit_mark_display", 11),
    said("对特派员的评价", "get_envoy_mark_display", 11),
    said("最需要解决的一个问题", "problem", 30),
    said("其他意见", "remark", 24),
    said("核实情况", "confirmation", 30),
    said("核实人", "confirmed_by", 12),
)
RULES = (
    said("事项", "title", 24),
    said("条款", "clause", 14),
    said("原文", "source", 50),
    said("记录", "record_words", 20),
    said("周期", "every", 14),
    said("期限", "due_words", 12),
    said("谁办", lambda row: "、".join(map(str, row.units.all())) or row.get_who_display(), 24),
)
NOTES = (
    said("事项", "rhythm.title", 24),
    month("到期月份", "month"),
    said("单位", "unit", 16),
    said("办理日期", "done_on", 12, "date"),
    said("依据或原因", "text", 40),
    said("登记人", "by", 12),
    said("登记时间", "at", 17, "moment"),
)


def _rules(plan):
    return Rhythm.objects.of([plan]).select_related("plan").prefetch_related("units").order_by("order", "pk")


def _notes(plan):
    rows = RhythmNote.objects.filter(rhythm__plan=plan).select_related("rhythm", "unit", "by")
    return rows.order_by("rhythm__order", "rhythm", "month", "pk")


def _duty_counts(plan):
    return {"日历规则": _rules(plan).count(), "日历登记": _notes(plan).count()}


def _duty_sheets(plan, periods):
    yield kept(plan, "办公室日历规则", "日历规则", RULES, _rules(plan))
    yield kept(plan, "办公室日历登记", "日历登记", NOTES, _notes(plan))


def _occasions(plan):
    rows = Occasion.objects.filter(plan=plan, kind__in=KEPT).with_scope().select_related("by")
    return rows.order_by("held_on", "pk")


def _items(plan):
    rows = Item.objects.filter(occasion__in=_occasions(plan).values("pk"))
    rows = rows.select_related("project__task", "unit", "kept_by", "occasion__action", "occasion__sector")
    rows = rows.select_related("occasion__leader", "occasion__project__task")
    return rows.order_by("occasion__held_on", "occasion", "number")


def _words(plan):
    rows = OwnerWord.objects.filter(project__task__plan=plan).select_related("project__task", "by", "confirmed_by")
    return rows.order_by("quarter", "project__task__order", "pk")


def _counts(plan):
    return {
        "调度会和走访": _occasions(plan).count(),
        "议定事项": _items(plan).count(),
        "业主反映": _words(plan).count(),
    }


def _sheets(plan, periods):
    yield kept(plan, "调度会和走访", "活动", OCCASIONS, _occasions(plan).prefetch_related("items"))
    yield kept(plan, "议定事项", "议定事项", ITEMS, _items(plan), "按活动号与“活动”对应")
    yield kept(plan, "业主反映", "业主反映", WORDS, _words(plan))


def _open(plan):
    for each in _occasions(plan).meetings().exclude(status=Occasion.Status.SETTLED):
        yield f"{each}现在是“{each.get_status_display()}”，没有定结论。"
    for each in _words(plan).filter(status=OwnerWord.Status.ANSWERED).exclude(problem=""):
        yield f"{each}提出的问题没有核实。"


BOOKS = (
    *ARCHIVED,
    Book(30, "活动和业主反映", _counts, _sheets, _open),
    Book(40, "办公室日历", _duty_counts, _duty_sheets),
)
