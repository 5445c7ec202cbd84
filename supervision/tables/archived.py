"""What a plan's archive package keeps of this floor: occasions, directives, and the rules and notes of the offices' calendar."""

from kit.tables.declared import fields_of
from reports.tables.archive_sheets import Kept, book, said
from supervision.models import Rhythm, RhythmNote
from supervision.tables.archived_directives import ARCHIVED
from supervision.tables.archived_experiences import ARCHIVED as EXPERIENCES
from supervision.tables.archived_occasions import ARCHIVED_OCCASIONS
from supervision.tables.archived_papers import ARCHIVED as PAPERS
from supervision.tables.archived_rounds import ARCHIVED_ROUNDS

RULES = fields_of(
    Rhythm,
    "title clause source 记录=record_words 周期=every 期限=due_words",
    said("谁办", lambda row: "、".join(map(str, row.units.all())) or row.get_who_display(), 24),
)
NOTES = fields_of(RhythmNote, "rhythm.title month:month unit done_on text by at")


def _rules(plan, _):
    return Rhythm.objects.of([plan]).select_related("plan").prefetch_related("units").order_by("order", "pk")


def _notes(plan, _):
    return RhythmNote.objects.filter(rhythm__plan=plan).order_by("rhythm__order", "rhythm", "month", "pk")


BOOKS = (
    ARCHIVED_OCCASIONS,
    ARCHIVED,
    ARCHIVED_ROUNDS,
    book(
        40,
        "办公室日历",
        Kept("日历规则", RULES, _rules, called="办公室日历规则", counted="日历规则"),
        Kept("日历登记", NOTES, _notes, called="办公室日历登记", counted="日历登记"),
    ),
    EXPERIENCES,
    PAPERS,
)
