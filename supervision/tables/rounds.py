"""The columns of rounds and of one group's ranking, for page, print and sheet."""

from decimal import Decimal

from django.utils.html import format_html

from kit.addresses import address_of
from kit.rates import fixed, grouped, written
from kit.tables import Column


def _title(row):
    return format_html('<a href="{}">{}</a>', address_of("round", row.pk), row)


def _state(row):
    edition = f" 第{row.edition}版" if row.edition else ""
    return f"{row.get_status_display()}{edition}"


def _due(row):
    return {"SELF": row.self_due, "MARKING": row.marking_due}.get(row.status, row.objections_until)


ROUNDS = (
    Column("span", "时期", lambda row: row.span, sort=("month",), wrap=False, width=14),
    Column("title", "考评", str, _title, main=True, width=34),
    Column("plan", "方案", lambda row: row.scheme.plan.named, sort=("scheme__plan",), width=16),
    Column("purpose", "用途", lambda row: row.scheme.get_purpose_display(), sort=("scheme__purpose",), width=8),
    Column("unit", "考评办公室", lambda row: row.scheme.unit.name, sort=("scheme__unit",), width=18),
    Column("n", "对象", lambda row: row.n, kind="number", width=8),
    Column("status", "状态", _state, sort=("status",), tone=lambda row: row.tone, wrap=False, width=16),
    Column("due", "本步期限", _due, kind="date", width=12),
    Column("published", "公布", lambda row: row.published_at, sort=("published_at",), kind="date", width=12),
)


def change_words(line):
    if line.change is None:
        return ""
    return f"↑{line.change}" if line.change > 0 else f"↓{-line.change}" if line.change else "—"


def _change(line):
    words = change_words(line)
    css = "rise" if words.startswith("↑") else "fall" if words.startswith("↓") else "muted"
    return format_html('<span class="{}">{}</span>', css, words)


def _name(line):
    return format_html('<a href="{}"><b>{}</b></a>', address_of("subject", line.subject.pk), line.subject.name)


def _rank(line):
    return format_html('<b class="rank-no">{}</b>', line.subject.rank) if line.subject.rank else "—"


def target_words(subject):
    """达到, 差3.9点, 靠后（连续2次）."""
    told = []
    if subject.is_low:
        told.append("靠后" + (f"，连续{subject.streak}次" if subject.streak > 1 else ""))
    if subject.met:
        told.append("达到")
    elif subject.met is False and not subject.is_low:
        told.append(_gap(subject.figures) or "未达到")
    return "；".join(told)


def _gap(figures):
    if figures.get("rate") is None or figures.get("due") is None:
        return ""
    behind = Decimal(figures["due"]) - Decimal(figures["rate"])
    return f"差{written(behind)}点" if behind > 0 else ""


def _target(line):
    subject = line.subject
    tone = "danger" if subject.is_low else "good" if subject.met else "plain"
    words = target_words(subject)
    return format_html('<span class="tag tone-{}">{}</span>', tone, words) if words and tone != "plain" else words


def _figure(name):
    return lambda line: line.subject.figures.get(name)


def _amount(line):
    told = line.subject.figures
    if told.get("amount") is None:
        return ""
    return format_html("{} <small>第{}</small>", grouped(Decimal(told["amount"])), told.get("amount_rank") or "—")


def _due_share(told):
    return "—" if told.get("due") is None else fixed(told["due"])


def _done(line):
    told = line.subject.figures
    if told.get("rate") is None:
        return ""
    return format_html(
        "{} <small>应{} 第{}</small>", fixed(told["rate"]), _due_share(told), told.get("rate_rank") or "—"
    )


def _number(text):
    return None if text is None else float(text)


SHOWN = (
    Column("projects", "项目数", _figure("projects"), kind="number", width=8),
    Column("amount", "万元，名次", lambda line: _number(line.subject.figures.get("amount")), _amount, kind="number", group="完成额", width=12),
    Column("amount_rank", "完成额名次", _figure("amount_rank"), kind="number", width=8, optional=True),
    Column("rate", "应完成，名次", lambda line: _number(line.subject.figures.get("rate")), _done, kind="fixed", group="完成率%", width=10),
    Column("due", "应完成%", lambda line: _number(line.subject.figures.get("due")), kind="fixed", width=10, optional=True),
    Column("rate_rank", "完成率名次", _figure("rate_rank"), kind="number", width=8, optional=True),
)  # fmt: skip


def _item(item):
    def read(line):
        score = line.marks.get(item.pk)
        return score[1] if score else None

    def show(line):
        score = line.marks.get(item.pk)
        if score is None:
            return format_html('<span class="muted">{}</span>', "无此项")
        pk, mark, full, by_hand, applies = score
        words = "待评" if mark is None and applies else "不适用" if mark is None else fixed(mark)
        title = f"{item.title}，满分{written(full)}" + ("，人工评定" if by_hand else "")
        return format_html('<a href="{}" title="{}">{}</a>', address_of("score", pk), title, words)

    head = f"{written(item.full)}分" + ("（加分）" if item.is_extra else "")
    return Column(f"item{item.number}", head, read, show, kind="fixed", group=item.title, width=9)


def _total(line):
    return "—" if line.subject.total is None else format_html("<b>{}</b>", fixed(line.subject.total))


def ranking(items, *, figures, classes, provisional):
    """``figures``: amount and rate stand beside the marks; ``provisional``: where others stand is not told."""
    shown = SHOWN if figures else ()
    target = Column("target", "目标", lambda line: target_words(line.subject), _target, width=16)
    grade = Column("grade", "等次", lambda line: line.subject.grade, width=10)
    total = Column(
        "total", "暂计" if provisional else "总分", lambda line: line.subject.total, _total, kind="fixed", width=9
    )
    return (
        Column("rank", "名次", lambda line: line.subject.rank, _rank, css="center", width=7),
        Column("change", "较上次", change_words, _change, css="center", width=8),
        Column("name", "单位", lambda line: line.subject.name, _name, main=True, width=22),
        *shown,
        *(_item(item) for item in items),
        total,
        *([grade] if classes else []),
        target,
    )
