"""What a plan's archive package keeps of occasions, of what was settled and found there, and of what owners said.

Of an interview only that it took place, of whom and by whom: what was said there is for those who talked.
"""

from django.db.models import Q

from kit.sheets.book import Book
from reports.tables.archive_columns import WRITTEN, kept, month, said, whose
from supervision.models import Addition, Answer, Item, Occasion, OccasionFile, OwnerWord, Stop

Kind, Status = Occasion.Kind, Occasion.Status


def _code(row):
    return row.project.code if row.project_id else ""


def _name(row):
    return row.project.name if row.project_id else ""


def _joined(units):
    return "、".join(map(str, units))


def words(head, name, width):
    """What was said; of an interview nothing."""
    return said(head, lambda row: "" if row.is_interview else getattr(row, name), width)


OCCASIONS = (
    said("活动号", "pk", 8, "number"),
    said("种类", "called", 10),
    month("所属月份", "month"),
    said("时期", "period_words", 9),
    said("日期", "held_on", 12, "date"),
    said("结束日期", "ends_on", 12, "date"),
    said("名称", str, 34),
    said("编号", _code, 8),
    said("项目名称", _name, 28),
    said("地点", "place", 16),
    said("组织单位", "unit", 16),
    said("联合组织单位", lambda row: _joined(row.co_organisers.all()), 18),
    said("督查（约谈）对象", lambda row: _joined(row.named_units()), 24),
    said("层级", "get_level_display", 10),
    said("通知文号", "letter_number", 16),
    said("通知日期", "announced_on", 12, "date"),
    words("依据", "basis", 24),
    words("主持人", "chair", 12),
    words("参加人员", "people", 24),
    words("方式", "ways_words", 16),
    words("内容和要求", "content", 30),
    words("记录", "notes", 40),
    words("结论", "conclusion", 40),
    said("件数", lambda row: None if row.is_interview else len(row.items.all()), 7, "number"),
    said("状态", "status_words", 10),
    words("未开展的原因", "drop_reason", 20),
    said("经办人", "by", 12),
    said("建立时间", "at", 17, "moment"),
)
STOPS = (
    said("活动号", "occasion_id", 8, "number"),
    said("序号", "number", 7, "number"),
    said("组别", "group", 10),
    said("日期", "day", 12, "date"),
    said("时间", lambda row: f"{row.hour:%H:%M}" if row.hour else "", 8),
    said("编号", _code, 8),
    said("项目名称", _name, 28),
    said("单位", "answering", 16),
    said("人员", "people", 20),
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
    said("原因", "get_cause_display", 10),
    said("完成的节点", "milestone", 16),
    said("办理单位", "unit", 16),
    said("时限", "due_on", 12, "date"),
    said("兑现", "kept_words", 10),
    said("认定人", "kept_by", 12),
    said("认定时间", "kept_at", 17, "moment"),
    said("回头看时间", "looked_at", 17, "moment"),
    said("回头看的人", "looked_by", 12),
)
ANSWERS = (
    said("活动号", "occasion_id", 8, "number"),
    said("单位", "unit", 16),
    said("反馈", "text", 60),
    *WRITTEN,
)
ADDITIONS = (
    said("活动号", "occasion_id", 8, "number"),
    said("补充", "text", 60),
    *WRITTEN,
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


def _occasions(plan):
    """All that were arranged; an interview only once it took place."""
    told = ~Q(kind=Kind.INTERVIEW) & ~Q(status=Status.PROPOSED) | Q(kind=Kind.INTERVIEW, status__in=Occasion.TOLD)
    return Occasion.objects.of([plan]).filter(told).with_people().select_related("by").order_by("held_on", "pk")


def _of(model, plan):
    """The rows of a table that belong to occasions other than interviews."""
    whole = _occasions(plan).exclude(kind=Kind.INTERVIEW).order_by()
    rows = model.objects.filter(occasion__in=whole.values("pk"))
    return rows.select_related("occasion").order_by("occasion__held_on", "occasion", "pk")


def _items(plan):
    rows = _of(Item, plan).select_related("unit", "project__task", "kept_by", "looked_by", "milestone")
    rows = rows.select_related("occasion__action", "occasion__sector", "occasion__leader", "occasion__project__task")
    return rows.order_by("occasion__held_on", "occasion", "number")


def _stops(plan):
    rows = _of(Stop, plan).select_related("unit", "project__task")
    return rows.prefetch_related("project__task__responsibilities__unit").order_by(
        "occasion__held_on", "occasion", "number"
    )


def _words(plan):
    rows = OwnerWord.objects.filter(project__task__plan=plan).select_related("project__task", "by", "confirmed_by")
    return rows.order_by("quarter", "project__task__order", "pk")


def _counts(plan):
    return {
        "活动": _occasions(plan).count(),
        "议定事项": _items(plan).count(),
        "业主反映": _words(plan).count(),
    }


def _sheets(plan, periods):
    by_number = "按活动号与“活动”对应"
    note = "约谈只列已经开展，内容不列"
    yield kept(plan, "活动", "活动", OCCASIONS, _occasions(plan).prefetch_related("items"), note)
    yield kept(plan, "活动行程", "行程", STOPS, _stops(plan), by_number)
    yield kept(plan, "议定和发现的事项", "议定事项", ITEMS, _items(plan), by_number)
    yield kept(plan, "对督查的反馈", "反馈", ANSWERS, _of(Answer, plan).select_related("unit", "by"), by_number)
    yield kept(plan, "后来的补充", "补充", ADDITIONS, _of(Addition, plan).select_related("by"), by_number)
    yield kept(plan, "业主反映", "业主反映", WORDS, _words(plan))


def _open(plan):
    over = (Status.SETTLED, Status.DROPPED)
    for each in _occasions(plan).exclude(kind__in=(Kind.VISIT, Kind.ACTIVITY)).exclude(status__in=over):
        yield f"{each}现在是“{each.status_words}”，没有定结论。"
    for each in _words(plan).filter(status=OwnerWord.Status.ANSWERED).exclude(problem=""):
        yield f"{each}提出的问题没有核实。"


def _files(plan):
    for each in _of(OccasionFile, plan).present():
        yield f"{each.occasion_id:03d}-{each.occasion}", each


ARCHIVED_OCCASIONS = (Book(30, "活动和业主反映", _counts, _sheets, _open, _files),)
