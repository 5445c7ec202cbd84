"""What a plan's archive package keeps of directives: the ledger, the points, what units asked; their events go with the trace."""

from kit.sheets.book import Book
from reports.tables.archive_columns import DECIDED, kept, said
from supervision.models import Directive, DirectiveEvent, DirectiveFile, Plea, Point
from supervision.tables.directives import PASSED

DIRECTIVES = (
    said("交办号", "pk", 8, "number"),
    said("编号", "code", 20),
    said("事由", "title", 34),
    said("来源", "get_kind_display", 12),
    said("任务", "task", 28),
    said("原文", "source_text", 40),
    said("交办单位", "issuer", 16),
    said("联合交办", lambda row: "、".join(map(str, row.co_issuers.all())), 20),
    said("承办单位", "unit", 16),
    said("协助单位", lambda row: "、".join(map(str, row.helpers.all())), 20),
    said("批示领导", "ordered_by", 12),
    said("原因", "get_cause_display", 10),
    said("谁能定", "get_level_display", 10),
    said("下达时间", "sent_at", 17, "moment"),
    said("签收期限", "sign_by", 12, "date"),
    said("签收时间", "signed_at", 17, "moment"),
    said("首次期限", "first_due_on", 12, "date"),
    said("办结期限", "due_on", 12, "date"),
    said("首次答复时间", "first_answered_at", 17, "moment"),
    said("报送核查时间", "handed_in_at", 17, "moment"),
    said("首次销号时间", "first_closed_at", 17, "moment"),
    said("销号时间", "closed_at", 17, "moment"),
    said("退回次数", "refusals", 7, "number"),
    said("延期次数", "extensions", 7, "number"),
    said("反弹次数", "rebounds", 7, "number"),
    said("复核日期", "review_on", 12, "date"),
    said("核查情况", "conclusion", 30),
    said("移交给", "moved_to", 14),
    said("移交文号", "letter", 16),
    said("状态", "get_status_display", 10),
    said("四列", "column", 12),
)
POINTS = (
    said("交办号", "directive_id", 8, "number"),
    said("序号", "number", 7, "number"),
    said("要求", "text", 40),
    said("本点期限", "due_on", 12, "date"),
    said("答复", "answer", 50),
    said("答复人", "answered_by", 12),
    said("答复时间", "answered_at", 17, "moment"),
    said("还要什么", "wanting", 30),
    said("通过时间", "accepted_at", 17, "moment"),
)
PLEAS = (
    said("交办号", "directive_id", 8, "number"),
    said("种类", "get_kind_display", 10),
    said("理由", "reason", 40),
    said("目前进展", "progress", 30),
    said("阶段目标", "goal", 30),
    said("申请时的期限", "due_then", 12, "date"),
    said("申请到", "until", 12, "date"),
    said("申请人", "by", 12),
    said("申请时间", "at", 17, "moment"),
    said("决定", "get_answer_display", 10),
    *DECIDED,
)


def _directives(plan):
    rows = Directive.objects.of([plan], withdrawn=True).with_parts()
    return rows.order_by("issuer", "series", "year", "number", "pk")


def _points(plan):
    rows = Point.objects.filter(directive__in=Directive.objects.of([plan], withdrawn=True).order_by().values("pk"))
    return rows.select_related("answered_by").order_by("directive", "number")


def _pleas(plan):
    rows = Plea.objects.filter(directive__in=Directive.objects.of([plan], withdrawn=True).order_by().values("pk"))
    return rows.select_related("by", "decided_by").order_by("directive", "at", "pk")


def _passed(plan):
    events = DirectiveEvent.objects.of(Directive.objects.of([plan], withdrawn=True))
    return events.select_related("subject__issuer").order_by("at", "pk")


def _counts(plan):
    parts = {"交办事项": _directives, "交办要求": _points, "交办申请": _pleas, "交办经过": _passed}
    return {name: rows(plan).count() for name, rows in parts.items()}


def _sheets(plan, periods):
    together = _directives(plan).prefetch_related("helpers", "co_issuers")
    yield kept(plan, "交办事项台账", "交办事项", DIRECTIVES, together)
    yield kept(plan, "交办要求和答复", "要求和答复", POINTS, _points(plan), "按交办号与“交办事项”对应")
    yield kept(plan, "交办经过", "交办经过", PASSED, _passed(plan), "每个交办号在某一天以前的最后一条，就是当时的状态")
    yield kept(plan, "承办单位的申请", "申请", PLEAS, _pleas(plan), "按交办号与“交办事项”对应")


def _open(plan):
    for each in _directives(plan).open():
        yield f"{each}现在是“{each.get_status_display()}”，没有销号。"


def _files(plan):
    rows = DirectiveFile.objects.filter(point__in=_points(plan).order_by().values("pk")).present()
    for each in rows.select_related("point__directive").order_by("point__directive", "point__number", "pk"):
        directive = each.point.directive
        yield f"{directive.pk:03d}-{directive.code or '草稿'}", each


ARCHIVED = (Book(35, "交办事项", _counts, _sheets, _open, _files),)
