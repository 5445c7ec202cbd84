"""The lists of schemes, of one scheme's items, and of what a simulation gives."""

from django.utils.html import format_html

from kit.addresses import address_of
from kit.rates import fixed
from kit.tables import Column
from supervision import scoring
from supervision.dashboard.metrics import METRICS


def _name(row):
    return format_html('<a href="{}">{}</a>', address_of("scheme", row.pk), row.name)


COLUMNS = (
    Column("name", "考评办法", lambda row: row.name, _name, sort=("name",), main=True, width=28),
    Column("serial", "版次", lambda row: f"第{row.serial}版", sort=("serial",), width=8),
    Column("plan", "方案", lambda row: row.plan.named, sort=("plan",), width=18),
    Column("unit", "考评办公室", lambda row: row.unit.name, sort=("unit__order", "unit"), width=18),
    Column("purpose", "用途", lambda row: row.get_purpose_display(), sort=("purpose",), width=8),
    Column("subjects", "对象", lambda row: row.get_subjects_display(), sort=("subjects",), width=12),
    Column("months", "多久一次", lambda row: row.rhythm, sort=("months",), width=10),
    Column(
        "state",
        "状态",
        lambda row: "已启用" if row.is_locked else "未启用",
        sort=("locked_at",),
        tone=lambda row: "good" if row.is_locked else "plain",
        width=10,
    ),
)


def measured_words(item):
    metric = METRICS.get(item.metric)
    if metric:
        return f"{metric.label}：{metric.rule}"
    return f"人工评分：{item.scorer or item.scheme.unit}"


def missing_words(item):
    if not item.metric:
        return ""
    basic = f"，{scoring.said(item.basic)}分" if item.missing == item.Missing.BASIC and item.basic is not None else ""
    return f"{item.get_missing_display()}{basic}"


def fulls_words(item):
    return "、".join(f"{each.group.name}{scoring.said(each.full)}" for each in item.full_marks.all())


def _item(item):
    return format_html('<a href="{}">{}</a>', address_of("scheme_item", item.scheme_id, item.number), item.title)


ITEMS = (
    Column("number", "序号", lambda item: item.number, width=6),
    Column("dimension", "类别", lambda item: item.dimension, width=12, css="w-3"),
    Column("title", "项目", lambda item: item.title, _item, main=True, width=18, css="w-4"),
    Column("standard", "评分标准", lambda item: item.standard, width=40),
    Column("full", "满分", lambda item: item.full, kind="number", width=8),
    Column("fulls", "分组满分", fulls_words, width=22, optional=True),
    Column("way", "怎样计分", lambda item: scoring.told(item.way, item.full, item.params), width=40),
    Column("metric", "取数", measured_words, width=36),
    Column("missing", "不适用时", missing_words, width=14, css="w-3"),
    Column("scorer", "评分单位", lambda item: str(item.scorer or item.scheme.unit), width=16, optional=True),
    Column("self", "单位自评", lambda item: item.self_scored, width=8, optional=True),
    Column("target", "目标项", lambda item: item.is_target, width=8, optional=True),
)


def simulated_columns(simulated):
    items = [
        Column(
            f"i{each.item.number}", each.item.title, _mark_of(each.item), _or_none(each.item), kind="number", width=9
        )
        for each in simulated.weights
    ]
    return (
        Column("group", "组", lambda row: row.group, width=14, optional=True),
        Column("rank", "名次", lambda row: row.rank, kind="number", width=6),
        Column("published", "现行名次", lambda row: simulated.published.get(row.key), kind="number", width=8),
        Column("name", "名称", lambda row: row.name, main=True, width=22),
        *items,
        Column("total", "总分", lambda row: row.total, _total, kind="number", width=9),
        Column("low", "结果", _outcome, tone=_outcome_tone, width=10),
    )


def _mark_of(item):
    def read(row):
        score = row.score(item)
        return score and score.mark

    return read


def _or_none(item):
    def show(row):
        mark = _mark_of(item)(row)
        return "—" if mark is None else fixed(mark)

    return show


def _total(row):
    return "—" if row.total is None else fixed(row.total)


def _outcome(row):
    return "靠后" if row.is_low else "达到目标" if row.met else row.grade


def _outcome_tone(row):
    return "danger" if row.is_low else "good" if row.met else ""
