"""What a plan's archive package keeps of occasions, of what was settled and found there, and of what owners said.

Of an interview only that it took place, of whom and by whom: what was said there is for those who talked.
"""

from django.db.models import Q

from kit.tables.declared import fields_of
from reports.tables.archive_sheets import WHOSE, Kept, book, said
from supervision.models import Addition, Answer, Item, Occasion, OccasionFile, OwnerWord, Stop

Kind, Status = Occasion.Kind, Occasion.Status


def words(head, name, width):
    return said(head, lambda row: "" if row.is_interview else getattr(row, name), width)


OCCASIONS = fields_of(
    Occasion,
    "活动号=pk 种类=called 所属月份=month:month 时期=period_words held_on ends_on",
    said("名称", str, 34),
    "编号=project.code 项目名称=project.name place unit co_organisers 督查（约谈）对象=named_units level letter_number announced_on",
    words("依据", "basis", 24),
    words("主持人", "chair", 12),
    words("参加人员", "people", 24),
    words("方式", "ways_words", 16),
    words("内容和要求", "content", 30),
    words("记录", "notes", 40),
    words("结论", "conclusion", 40),
    said("件数", lambda row: None if row.is_interview else len(row.items.all()), 7, "number"),
    "状态=status_words",
    words("未开展的原因", "drop_reason", 20),
    "by at",
)
STOPS = fields_of(
    Stop,
    "活动号=occasion_id number group day",
    said("时间", lambda row: f"{row.hour:%H:%M}" if row.hour else "", 8),
    "编号=project.code 项目名称=project.name 单位=answering people",
)
ITEMS = fields_of(
    Item,
    "活动号=occasion_id 所属月份=occasion.month:month occasion.held_on occasion number kind 编号=project.code 项目名称=project.name",
    "text cause milestone unit due_on 兑现=kept_words kept_by kept_at looked_at looked_by",
)
ANSWERS = fields_of(Answer, "活动号=occasion_id unit 反馈=text by at")
ADDITIONS = fields_of(Addition, "活动号=occasion_id text by at")
WORDS = fields_of(
    OwnerWord,
    WHOSE,
    "季度=quarter_words status by at answered_at progress unit_mark envoy_mark problem remark confirmation confirmed_by",
)


def _occasions(plan, _=()):
    """All that were arranged; an interview only once it took place."""
    told = ~Q(kind=Kind.INTERVIEW) & ~Q(status=Status.PROPOSED) | Q(kind=Kind.INTERVIEW, status__in=Occasion.TOLD)
    rows = Occasion.objects.of([plan]).filter(told).with_people().prefetch_related("items")
    return rows.order_by("held_on", "pk")


def _of(model, place="pk"):
    """The rows of a table that belong to occasions other than interviews."""

    def rows(plan, _=()):
        whole = _occasions(plan).exclude(kind=Kind.INTERVIEW).order_by()
        rows = model.objects.filter(occasion__in=whole.values("pk"))
        return rows.select_related("occasion").order_by("occasion__held_on", "occasion", place)

    return rows


def _items(plan, _):
    rows = _of(Item, "number")(plan).select_related("project__task", "occasion__action", "occasion__sector")
    return rows.select_related("occasion__leader", "occasion__project__task")


def _stops(plan, _):
    rows = _of(Stop, "number")(plan).select_related("unit", "project__task")
    return rows.prefetch_related("project__task__responsibilities__unit")


def _words(plan, _=()):
    rows = OwnerWord.objects.filter(project__task__plan=plan).select_related("project__task")
    return rows.order_by("quarter", "project__task__order", "pk")


def _open(plan):
    over = (Status.SETTLED, Status.DROPPED)
    for each in _occasions(plan).exclude(kind__in=(Kind.VISIT, Kind.ACTIVITY)).exclude(status__in=over):
        yield f"{each}现在是“{each.status_words}”，没有定结论。"
    for each in _words(plan).filter(status=OwnerWord.Status.ANSWERED).exclude(problem=""):
        yield f"{each}提出的问题没有核实。"


def _files(plan):
    for each in _of(OccasionFile)(plan).present():
        yield f"{each.occasion_id:03d}-{each.occasion}", each


BY_NUMBER = "按活动号与“活动”对应"
ARCHIVED_OCCASIONS = book(
    30,
    "活动和业主反映",
    Kept("活动", OCCASIONS, _occasions, "约谈只列已经开展，内容不列", counted="活动"),
    Kept("行程", STOPS, _stops, BY_NUMBER, "活动行程"),
    Kept("议定事项", ITEMS, _items, BY_NUMBER, "议定和发现的事项", "议定事项"),
    Kept("反馈", ANSWERS, _of(Answer), BY_NUMBER, "对督查的反馈"),
    Kept("补充", ADDITIONS, _of(Addition), BY_NUMBER, "后来的补充"),
    Kept("业主反映", WORDS, _words, counted="业主反映"),
    open=_open,
    files=_files,
)
