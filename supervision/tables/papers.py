"""The columns of the list of papers, for page, print and sheet."""

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from kit import clock
from kit.addresses import address_of
from kit.tables import Column
from supervision.dashboard.papers import span_words


def _title(row):
    return format_html('<a href="{}">{}</a>', address_of("paper", row.pk), row.title)


def state_words(row):
    """已印发，已更正: what a paper is, and what became of it."""
    return f"{row.get_status_display()}，已更正" if row.is_corrected else row.get_status_display()


def _state(row):
    more = mark_safe(' <span class="tag tone-warn">已更正</span>') if row.is_corrected else ""
    return format_html('<span class="tag tone-{}">{}</span>{}', row.tone, row.get_status_display(), more)


def _day(moment):
    return clock.local(moment).date() if moment else None


COLUMNS = (
    Column("code", "编号", lambda row: row.code or "未编号", sort=("year", "series", "number"), width=22, wrap=False),
    Column("title", "标题", lambda row: row.title, _title, main=True, width=46),
    Column("kind", "种类", lambda row: row.get_kind_display(), sort=("kind",), width=10, wrap=False),
    Column("span", "所写时期", lambda row: span_words(row.month, row.until), sort=("month",), width=14, wrap=False),
    Column("issuer", "制发单位", lambda row: str(row.issuer), sort=("issuer__order", "issuer"), width=16),
    Column("addressee", "只送单位", lambda row: str(row.addressee or ""), width=16, optional=True),
    Column("status", "状态", state_words, _state, sort=("status",), width=14, wrap=False),
    Column("printed", "印发", lambda row: _day(row.signed_at), sort=("signed_at",), kind="date", width=12),
    Column("at", "起草", lambda row: _day(row.at), sort=("at",), kind="date", width=12),
    Column("by", "起草人", lambda row: row.drafted_by.name, width=10, optional=True),
)
