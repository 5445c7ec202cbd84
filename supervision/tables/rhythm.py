"""The columns of the duties of the offices' calendar, and of a plan's rules."""

from django.utils.html import format_html

from kit.addresses import address_of
from kit.tables import Column


def duty_address(duty):
    return address_of("duty", duty.rhythm.pk, duty.span.number)


def _title(duty):
    return format_html('<a href="{}">{}</a>', duty_address(duty), duty.rhythm.title)


DUTIES = (
    Column("plan", "方案", lambda duty: duty.rhythm.plan.named, sort=("plan",), width=16),
    Column("title", "事项", lambda duty: duty.rhythm.title, _title, sort=("title",), main=True, width=24),
    Column("every", "周期", lambda duty: duty.rhythm.every, width=14),
    Column("unit", "单位", lambda duty: duty.unit.name, sort=("unit",), width=18),
    Column(
        "month",
        "到期月份",
        lambda duty: f"{duty.span.month.year}年{duty.span.month.month}月",
        sort=("month",),
        order=lambda duty: duty.span.month,
        width=12,
        wrap=False,
    ),
    Column("due", "期限", lambda duty: duty.span.due, sort=("due",), kind="date", width=12),
    Column(
        "state",
        "状态",
        lambda duty: duty.state.word,
        sort=("state",),
        tone=lambda duty: duty.state.tone,
        width=14,
        wrap=False,
    ),
    Column("done", "办理日期", lambda duty: duty.done_on, sort=("done",), kind="date", width=12),
    Column("by", "记录或登记", lambda duty: duty.words, width=40),
    Column("clause", "条款", lambda duty: duty.rhythm.clause, width=14, optional=True),
    Column("source", "原文", lambda duty: duty.rhythm.source, width=50, optional=True),
)
