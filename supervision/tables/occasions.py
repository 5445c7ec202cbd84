"""The list of occasions: what, when, by whom, at whose, how it stands."""

from django.urls import reverse
from django.utils.html import format_html

from kit.tables import Column


def _days(occasion):
    return f"{occasion.held_on:%Y-%m-%d}{f'至{occasion.ends_on:%m-%d}' if occasion.ends_on else ''}"


def _title(occasion):
    return format_html('<a href="{}">{}</a>', reverse("occasion", args=[occasion.pk]), occasion)


def _organisers(occasion):
    return "、".join(str(unit) for unit in (occasion.unit, *occasion.co_organisers.all()) if unit)


def _named(occasion):
    return "、".join(unit.name for unit in occasion.named_units())


COLUMNS = (
    Column("day", "日期", _days, sort=("held_on", "pk"), wrap=False, width=20),
    Column("kind", "种类", lambda each: each.called, sort=("kind",), wrap=False, width=10),
    Column("title", "名称", str, _title, main=True, width=40),
    Column("period", "时期", lambda each: each.period_words, sort=("month", "span"), wrap=False, width=10),
    Column("unit", "组织单位", _organisers, width=24),
    Column("named", "督查（约谈）对象", _named, width=36),
    Column("status", "状态", lambda each: each.status_words, sort=("status",), tone=lambda each: each.tone, width=10),
    Column("plan", "方案", lambda each: each.plan.named, sort=("plan",), width=16, optional=True),
    Column("letter", "通知文号", lambda each: each.letter_number, width=18, optional=True),
)
