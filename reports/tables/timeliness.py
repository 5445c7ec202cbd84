"""The columns of 报送情况: a unit a row, a month a column, counts and rates."""

from html import escape

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from kit.addresses import address_of
from kit.deadlines import month_words
from kit.tables import Column
from reports.dashboard import timeliness


def _unit(unit):
    return format_html('<a href="{}">{}</a>', address_of("unit_record", unit.pk), unit.name)


def _month_column(month, head, kept):
    """The word goes to the sheet, the letter is shown and leads to the report."""

    def read(unit):
        found = kept.get((unit.pk, month))
        return found.word if found else ""

    def show(unit):
        found = kept.get((unit.pk, month))
        if not found:
            return ""
        title, address = escape(f"{unit.name} {month.month}月：{found.word}"), address_of("report", found.report)
        link = f'<a class="cell tone-{found.tone}" href="{address}" title="{title}" aria-label="{title}">'
        return mark_safe(f"{link}{found.letter}</a>")

    def tone(unit):
        found = kept.get((unit.pk, month))
        return found.tone if found else ""

    return Column(f"m{month:%Y%m}", head, read, show, tone=tone, width=7, css="center", group="各月报送情况")


def columns(months, kept):
    count = {"kind": "number", "width": 7, "total": True, "group": "合计"}
    rate = {"kind": "percent", "width": 9, "group": "合计"}
    return (
        Column("unit", "责任单位", lambda unit: unit.name, _unit, sort=("order",), main=True, width=18, wrap=False),
        Column(
            "group", "同类组", lambda unit: unit.get_peer_group_display(), sort=("peer_group",), width=12, wrap=False
        ),
        Column("tasks", "任务数", lambda unit: unit.tasks, sort=("tasks",), kind="number", width=7, css="brief"),
        *(_month_column(month, month_words(month, months), kept) for month in months),
        Column("due", "到期应报", lambda unit: unit.due, sort=("due",), css="brief", **count),
        Column("on_time", "按时", lambda unit: unit.on_time, sort=("on_time",), **count),
        Column("late", "迟报", lambda unit: unit.late, sort=("late",), **count),
        Column("missing", "缺报", lambda unit: unit.missing, sort=("missing",), **count),
        Column("lapsed", "退回未重报", lambda unit: unit.lapsed, sort=("lapsed",), css="brief", **count),
        Column("exempt", "免报", lambda unit: unit.exempt, sort=("exempt",), **count),
        Column("filed_rate", "报送率", lambda unit: timeliness.filed_rate(unit).percent, **rate),
        Column("on_time_rate", "按时率", lambda unit: timeliness.on_time_rate(unit).percent, **rate),
    )
