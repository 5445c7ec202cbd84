"""What a plan's archive package keeps of rounds: by what scheme, who stood where, every mark with all it was computed from.

Another program recomputes marks, totals and ranks from these sheets alone; the editions are as they were published.
"""

import json
from operator import itemgetter

from kit.sheets.book import Book
from reports.tables.archive_columns import kept, month, said
from supervision.models import Objection, PanelMark, Round, RoundRecord, Scheme, SchemeItem, Score, ScoreFile, Subject
from supervision.models.scheme import PeerGroup


def _json(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""


def _measured(name):
    return lambda row: row.measured.get(name)


def _records(row):
    return "；".join(f"{name} {figure}" for name, figure, _ in row.measured.get("records", ()))


SCHEMES = (
    said("办法号", "pk", 8, "number"),
    said("名称", "name", 24),
    said("版次", "serial", 7, "number"),
    said("用途", "get_purpose_display", 8),
    said("对象", "get_subjects_display", 10),
    said("考评办公室", "unit", 16),
    said("每次几个月", "months", 8, "number"),
    said("成组最少家数", "minimum", 8, "number"),
    said("末几名靠后", "low_count", 8, "number"),
    said("连续几次约谈", "streak", 8, "number"),
    said("步骤", lambda row: "、".join(Round.Status(each).label for each in row.steps), 16),
    said("公示工作日", "objection_workdays", 8, "number"),
    said("等次", lambda row: "、".join(f"{word}{least}分以上" for word, least in row.classes), 24),
    said("结果运用", "consequence", 30),
    said("依据", "basis", 24),
    said("启用时间", "locked_at", 17, "moment"),
)
GROUPS = (
    said("办法号", "scheme_id", 8, "number"),
    said("组", "name", 16),
    said("不参加排名", lambda row: "是" if row.is_outside else "", 8),
    said("单位", lambda row: "、".join(unit.name for unit in row.units.all()), 60),
)
ITEMS = (
    said("办法号", "scheme_id", 8, "number"),
    said("序号", "number", 7, "number"),
    said("类别", "dimension", 14),
    said("项目", "title", 20),
    said("满分", "full", 8, "number"),
    said("分组满分", lambda row: "；".join(f"{each.group.name}{each.full}" for each in row.full_marks.all()), 20),
    said("计分方式", "get_way_display", 12),
    said("参数", lambda row: _json(row.params), 30),
    said("取数", "metric", 14),
    said("评分单位", lambda row: row.scorer.name if row.scorer else "", 16),
    said("单位自评", lambda row: "是" if row.self_scored else "", 8),
    said("目标项", lambda row: "是" if row.is_target else "", 8),
    said("不适用时", "get_missing_display", 12),
    said("基本分", "basic", 8, "number"),
    said("评分标准", "standard", 40),
)
ROUNDS = (
    said("考评号", "pk", 8, "number"),
    said("办法号", "scheme_id", 8, "number"),
    said("考评", str, 30),
    month("起始月份", "month"),
    month("截止月份", "until"),
    said("数字截止", "as_of", 17, "moment"),
    said("自评期限", "self_due", 12, "date"),
    said("评分期限", "marking_due", 12, "date"),
    said("异议期限", "objections_until", 12, "date"),
    said("状态", "get_status_display", 10),
    said("公布时间", "published_at", 17, "moment"),
    said("第几版", "edition", 7, "number"),
)
SUBJECTS = (
    said("考评号", "round_id", 8, "number"),
    said("对象号", "pk", 8, "number"),
    said("组", "group", 14),
    said("名称", "name", 20),
    said("责任单位", lambda row: row.unit.name if row.unit else "", 16),
    said("不参加排名", lambda row: "是" if row.is_outside else "", 8),
    said("总分", "total", 8, "number"),
    said("名次", "rank", 7, "number"),
    said("上次名次", "before", 8, "number"),
    said("达到目标", lambda row: {True: "达到", False: "未达到"}.get(row.met, ""), 8),
    said("靠后", lambda row: "靠后" if row.is_low else "", 7),
    said("连续靠后", "streak", 8, "number"),
    said("等次", "grade", 8),
    said("自评报送时间", "self_at", 17, "moment"),
)
SCORES = (
    said("对象号", "subject_id", 8, "number"),
    said("名称", "subject.name", 20),
    said("序号", "item.number", 7, "number"),
    said("项目", "item.title", 20),
    said("满分", "full", 8, "number"),
    said("适用", lambda row: "" if row.applies else "不适用", 8),
    said("完成", _measured("value"), 12),
    said("应完成", _measured("due"), 12),
    said("全年", _measured("whole"), 12),
    said("次数", lambda row: _json(row.measured.get("counts")), 20),
    said("组内名次", _measured("place"), 8, "number"),
    said("参加排比家数", _measured("of"), 8, "number"),
    said("算式", _measured("formula"), 40),
    said("自动得分", "auto", 8, "number"),
    said("自评分", "self_mark", 8, "number"),
    said("自评依据", "self_reason", 30),
    said("评定分", "hand", 8, "number"),
    said("评定理由", "hand_reason", 30),
    said("评定人", lambda row: row.hand_by.name if row.hand_by else "", 10),
    said("得分", "mark", 8, "number"),
    said("记录", _records, 50),
)
PANELS = (
    said("对象号", "score.subject_id", 8, "number"),
    said("序号", "score.item.number", 7, "number"),
    said("评委", "seat", 14),
    said("评分", "mark", 8, "number"),
    said("理由", "reason", 30),
)
OBJECTIONS = (
    said("对象号", "score.subject_id", 8, "number"),
    said("名称", "score.subject.name", 20),
    said("项目", "score.item.title", 20),
    said("哪条记录不对", "text", 30),
    said("应当是多少", "wanted", 30),
    said("申请人", "by", 12),
    said("申请时间", "at", 17, "moment"),
    said("答复", "get_answer_display", 8),
    said("理由", "note", 30),
    said("改为", "mark", 8, "number"),
    said("改入第几版", "edition", 8, "number"),
    said("答复人", "decided_by", 12),
    said("答复时间", "decided_at", 17, "moment"),
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


def _rounds(plan):
    return Round.objects.of([plan]).select_related("scheme").order_by("month", "pk")


def _subjects(plan):
    rows = Subject.objects.filter(round__scheme__plan=plan).select_related("unit")
    return rows.order_by("round__month", "round", "group_order", "group", "rank", "pk")


def _scores(plan):
    rows = Score.objects.filter(subject__round__scheme__plan=plan).select_related("subject", "item", "hand_by")
    return rows.order_by("subject__round", "subject", "item__number")


def _objections(plan):
    rows = Objection.objects.filter(score__subject__round__scheme__plan=plan)
    rows = rows.select_related("score__subject", "score__item", "by", "decided_by")
    return rows.order_by("at", "pk")


def _editions(plan):
    for record in RoundRecord.objects.filter(round__scheme__plan=plan).select_related("round__scheme").order_by("pk"):
        head = {"round": str(record.round), "edition": record.edition, "at": record.at, "author": record.author_name}
        head |= {"reason": record.reason, "checksum": record.checksum}
        for group in record.content["groups"]:
            for row in group["rows"]:
                marks = "；".join(f"{each['title']}{each['mark'] or '—'}" for each in row["scores"])
                told = {name: row[name] for name in ("name", "total", "rank", "grade")}
                yield head | told | {"group": group["name"], "marks": marks, "low": "靠后" if row["low"] else ""}


def _counts(plan):
    parts = {"考评": _rounds, "考评对象": _subjects, "考评得分": _scores, "考评异议": _objections}
    return {"考评办法": Scheme.objects.of([plan]).count()} | {word: rows(plan).count() for word, rows in parts.items()}


def _sheets(plan, periods):
    schemes = Scheme.objects.of([plan]).select_related("unit").order_by("name", "serial")
    groups = PeerGroup.objects.filter(scheme__plan=plan).prefetch_related("units").order_by("scheme", "order")
    items = SchemeItem.objects.filter(scheme__plan=plan).select_related("scorer").order_by("scheme", "number")
    items = items.prefetch_related("full_marks__group")
    panels = PanelMark.objects.filter(score__subject__round__scheme__plan=plan).select_related("score__item")
    yield kept(plan, "考评办法", "办法", SCHEMES, schemes)
    yield kept(plan, "考评组", "分组", GROUPS, groups, "按办法号与“办法”对应")
    yield kept(plan, "考评项目", "项目", ITEMS, items, "按办法号与“办法”对应")
    yield kept(plan, "考评", "考评", ROUNDS, _rounds(plan))
    yield kept(plan, "考评对象", "对象", SUBJECTS, _subjects(plan), "按考评号与“考评”对应")
    yield kept(
        plan,
        "考评得分",
        "得分",
        SCORES,
        _scores(plan),
        "按对象号与“对象”对应；得分由完成、应完成、次数、名次和项目的参数算出",
    )
    yield kept(plan, "评委评分", "评委评分", PANELS, panels.order_by("score", "seat"), "按对象号与“对象”对应")
    yield kept(plan, "考评异议", "异议", OBJECTIONS, _objections(plan), "按对象号与“对象”对应")
    yield kept(plan, "公布件", "公布件", EDITIONS, list(_editions(plan)), "每版公布时的样子，以后不变")


def _open(plan):
    for each in _rounds(plan).exclude(status__in=Round.OUT):
        yield f"{each}现在是“{each.get_status_display()}”，没有公布。"


def _files(plan):
    rows = ScoreFile.objects.filter(score__subject__round__scheme__plan=plan).present()
    for each in rows.select_related("score__subject__round__scheme", "score__item").order_by("score", "pk"):
        subject = each.score.subject
        yield f"{subject.round_id:03d}-{subject.name}", each


ARCHIVED_ROUNDS = Book(37, "考评", _counts, _sheets, _open, _files)
