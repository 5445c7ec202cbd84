"""What a plan's archive package keeps of rounds: by what scheme, who stood where, every mark with all it was computed from.

Another program recomputes marks, totals and ranks from these sheets alone; the editions are as they were published.
"""

from operator import itemgetter

from kit.tables.declared import fields_of, plain
from reports.tables.archive_sheets import Kept, book, said
from supervision.models import Objection, PanelMark, Round, RoundRecord, Scheme, SchemeItem, Score, ScoreFile, Subject
from supervision.models.scheme import PeerGroup


def _measured(name):
    return lambda row: row.measured.get(name)


def _records(row):
    return "；".join(f"{name} {figure}" for name, figure, _ in row.measured.get("records", ()))


SCHEMES = fields_of(
    Scheme,
    "办法号=pk name serial purpose 对象=subjects unit 每次几个月=months minimum 末几名靠后=low_count 连续几次约谈=streak",
    said("步骤", lambda row: "、".join(Round.Status(each).label for each in row.steps), 16),
    "objection_workdays",
    said("等次", lambda row: "、".join(f"{word}{least}分以上" for word, least in row.classes), 24),
    "consequence basis locked_at",
)
GROUPS = fields_of(PeerGroup, "办法号=scheme_id 组=name is_outside:mark units")
ITEMS = fields_of(
    SchemeItem,
    "办法号=scheme_id number dimension title full",
    said("分组满分", lambda row: "；".join(f"{each.group.name}{each.full}" for each in row.full_marks.all()), 20),
    "way params metric scorer self_scored:mark 目标项=is_target:mark missing basic standard",
)
ROUNDS = fields_of(
    Round,
    "考评号=pk 办法号=scheme_id",
    said("考评", str, 30),
    "month:month until:month as_of self_due marking_due objections_until status 公布时间=published_at 第几版=edition",
)
SUBJECTS = fields_of(
    Subject,
    "考评号=round_id 对象号=pk group name unit is_outside:mark total rank before",
    said("达到目标", lambda row: {True: "达到", False: "未达到"}.get(row.met, ""), 8),
    "is_low:word 连续靠后=streak grade self_at",
)
SCORES = fields_of(
    Score,
    "对象号=subject_id subject.name item.number item.title full",
    said("适用", lambda row: "" if row.applies else "不适用", 8),
    said("完成", _measured("value")),
    said("应完成", _measured("due")),
    said("全年", _measured("whole")),
    said("次数", lambda row: plain(row.measured.get("counts")), 20),
    said("组内名次", _measured("place"), 8, "number"),
    said("参加排比家数", _measured("of"), 8, "number"),
    said("算式", _measured("formula"), 40),
    "auto self_mark 自评依据=self_reason 评定分=hand hand_reason 评定人=hand_by mark",
    said("记录", _records, 50),
)
PANELS = fields_of(PanelMark, "对象号=score.subject_id score.item.number seat mark reason")
OBJECTIONS = fields_of(
    Objection,
    "对象号=score.subject_id score.subject.name score.item.title text 应当是多少=wanted by at answer 理由=note mark edition",
    "decided_by decided_at",
)
EDITIONS = tuple(
    said(head, itemgetter(name), width, kind)
    for head, name, width, kind in (
        ("考评", "round", 30, "text"),
        ("第几版", "edition", 7, "number"),
        ("公布时间", "at", 17, "moment"),
        ("经办人", "author", 12, "text"),
        ("更正原因", "reason", 24, "text"),
        ("校验码", "checksum", 40, "text"),
        ("组", "group", 14, "text"),
        ("名称", "name", 20, "text"),
        ("总分", "total", 8, "text"),
        ("名次", "rank", 7, "number"),
        ("靠后", "low", 7, "text"),
        ("等次", "grade", 8, "text"),
        ("各项得分", "marks", 50, "text"),
    )
)


def _of(model, to_scheme, *order):
    """The rows of a table that belong to schemes of the plan."""
    return lambda plan, _=(): model.objects.filter(**{f"{to_scheme}plan": plan}).order_by(*order)


_rounds = _of(Round, "scheme__", "month", "pk")


def _items(plan, _):
    return _of(SchemeItem, "scheme__", "scheme", "number")(plan).prefetch_related("full_marks__group")


def _editions(plan, _):
    for record in RoundRecord.objects.filter(round__scheme__plan=plan).select_related("round__scheme").order_by("pk"):
        head = {"round": str(record.round), "edition": record.edition, "at": record.at, "author": record.author_name}
        head |= {"reason": record.reason, "checksum": record.checksum}
        for group in record.content["groups"]:
            for row in group["rows"]:
                marks = "；".join(f"{each['title']}{each['mark'] or '—'}" for each in row["scores"])
                told = {name: row[name] for name in ("name", "total", "rank", "grade")}
                yield head | told | {"group": group["name"], "marks": marks, "low": "靠后" if row["low"] else ""}


def _open(plan):
    for each in _rounds(plan).select_related("scheme").exclude(status__in=Round.OUT):
        yield f"{each}现在是“{each.get_status_display()}”，没有公布。"


def _files(plan):
    rows = ScoreFile.objects.filter(score__subject__round__scheme__plan=plan).present()
    for each in rows.select_related("score__subject__round__scheme", "score__item").order_by("score", "pk"):
        subject = each.score.subject
        yield f"{subject.round_id:03d}-{subject.name}", each


BY_SCHEME, BY_SUBJECT = "按办法号与“办法”对应", "按对象号与“对象”对应"
TO_ROUND, TO_SCORE = "round__scheme__", "score__subject__round__scheme__"
SCORED_FROM = f"{BY_SUBJECT}；得分由完成、应完成、次数、名次和项目的参数算出"
ARCHIVED_ROUNDS = book(
    37,
    "考评",
    Kept("办法", SCHEMES, _of(Scheme, "", "name", "serial"), called="考评办法", counted="考评办法"),
    Kept("分组", GROUPS, _of(PeerGroup, "scheme__", "scheme", "order"), BY_SCHEME, "考评组"),
    Kept("项目", ITEMS, _items, BY_SCHEME, "考评项目"),
    Kept("考评", ROUNDS, lambda plan, _=(): _rounds(plan).select_related("scheme"), counted="考评"),
    Kept(
        "对象",
        SUBJECTS,
        _of(Subject, TO_ROUND, "round__month", "round", "group_order", "group", "rank", "pk"),
        "按考评号与“考评”对应",
        "考评对象",
        "考评对象",
    ),
    Kept(
        "得分",
        SCORES,
        _of(Score, f"subject__{TO_ROUND}", "subject__round", "subject", "item__number"),
        SCORED_FROM,
        "考评得分",
        "考评得分",
    ),
    Kept("评委评分", PANELS, _of(PanelMark, TO_SCORE, "score", "seat"), BY_SUBJECT),
    Kept("异议", OBJECTIONS, _of(Objection, TO_SCORE, "at", "pk"), BY_SUBJECT, "考评异议", "考评异议"),
    Kept("公布件", EDITIONS, _editions, "每版公布时的样子，以后不变"),
    open=_open,
    files=_files,
)
