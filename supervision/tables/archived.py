"""What a plan's archive package keeps of this floor: occasions, directives, and the rules and notes of the offices' calendar."""

from kit.sheets.book import Book
from reports.tables.archive_columns import kept, month, said
from supervision.models import Rhythm, RhythmNote
from supervision.tables.archived_directives import ARCHIVED
from supervision.tables.archived_experiences import ARCHIVED as EXPERIENCES
from supervision.tables.archived_occasions import ARCHIVED_OCCASIONS
from supervision.tables.archived_papers import ARCHIVED as PAPERS
from supervision.tables.archived_rounds import ARCHIVED_ROUNDS

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


BOOKS = (
    *ARCHIVED_OCCASIONS,
    *ARCHIVED,
    ARCHIVED_ROUNDS,
    Book(40, "办公室日历", _duty_counts, _duty_sheets),
    EXPERIENCES,
    PAPERS,
)
