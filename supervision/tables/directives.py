"""The columns of the list of directives, for page, print and sheet."""

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from kit import clock
from kit.addresses import address_of
from kit.charts import bar
from kit.tables import Column
from kit.tables.declared import fields_of
from supervision.limits import TONES, slip
from supervision.models import Directive, DirectiveEvent

Status = Directive.Status


def late_words(row, is_workday, today):
    """(words, tone) of the clock that runs, or of the one that stands."""
    if row.status == Status.CHECKING:
        waited = (today - clock.local(row.handed_in_at).date()).days
        return (f"等核查，已{waited}天" if waited else "等核查"), "info"
    if row.status in (Status.CLOSED, *Directive.COLUMNS["撤销、移交"]) or row.number is None:
        late = row.finishing(today).words(is_workday) if row.status == Status.CLOSED else ""
        return late, "danger" if late.startswith("超期") else "plain"
    signing = row.signing(today)
    if row.status == Status.SENT and signing.late(is_workday):
        return f"签收{signing.words(is_workday)}", "danger"
    limit = row.finishing(today)
    return limit.words(is_workday), limit.tone(is_workday)


def slip_of(row, is_workday, today):
    """蓝, 黄, 红 by rule, of what the unit has in hand."""
    if not row.is_open or row.status == Status.CHECKING:
        return ""
    poor = bool(row.refusals) or (row.status == Status.SENT and bool(row.signing(today).late(is_workday)))
    return slip(row.finishing(today), is_workday, is_poor=poor)


def said_of(row):
    """通过1/2点 · 退回1次 · 延期1次."""
    parts = [f"通过{row.passed}/{row.wanted}点"]
    for word, n in (("退回", row.refusals), ("延期", row.extensions), ("反弹", row.rebounds)):
        parts += [f"{word}{n}次"] if n else []
    return " · ".join(parts)


class _Cells:
    """What a row shows where it may stand for a whole paper (``folded``)."""

    def __init__(self, is_workday, folded):
        self.is_workday, self.folded, self.today = is_workday, folded, clock.today()

    def stands(self, row):
        return self.folded and row.is_paper and row.batch_done

    def late(self, row):
        return late_words(row, self.is_workday, self.today)

    def slip(self, row):
        return slip_of(row, self.is_workday, self.today)

    def due(self, row):
        day, (words, tone) = row.day, self.late(row)
        shown = f"{day:%m-%d}" if day and day.year == self.today.year else f"{day:%Y-%m-%d}" if day else ""
        if self.stands(row):
            behind = row.batch_done[2]
            words, tone = (f"{behind}个单位逾期", "danger") if behind else ("", "plain")
        return format_html('<span class="nowrap">{}</span> <b class="tone-text tone-{}">{}</b>', shown, tone, words)

    def units(self, row):
        return f"{row.batch.size}个单位（一批）" if self.stands(row) else str(row.unit or "还没有定")

    def title(self, row):
        paper = f"/directives/?batch={row.batch_id}&tab=all" if self.stands(row) else address_of("directive", row.pk)
        return format_html('<a href="{}">{}</a>', paper, row.title)

    def state(self, row):
        if not self.stands(row):
            return format_html('<span class="tag tone-{}">{}</span>', row.tone, row.get_status_display())
        closed, n, _ = row.batch_done
        return bar(closed, maximum=n or 1, tone="good", label="已销号", text=f"{closed}/{n}")

    def points(self, row):
        if not self.stands(row):
            return said_of(row)
        closed, n, _ = row.batch_done
        return f"{closed} / {n} 已销号"


def columns(is_workday, *, folded=False):
    """``folded``: a row may stand for a whole batch."""
    cells = _Cells(is_workday, folded)
    return (
        Column("number", "号", lambda row: row.code or "拟办", sort=("number",), width=18, wrap=False),
        Column("title", "事由", lambda row: row.title, cells.title, main=True, width=34),
        Column("kind", "从哪来", lambda row: row.get_kind_display(), sort=("kind",), width=12, wrap=False),
        Column("unit", "承办单位", cells.units, sort=("unit__order", "unit"), width=20),
        Column("issuer", "交办单位", lambda row: str(row.issuer), sort=("issuer",), width=16, optional=True),
        Column("cause", "原因", lambda row: row.get_cause_display(), sort=("cause",), width=10),
        Column("level", "谁能定", lambda row: row.get_level_display(), sort=("level",), width=10, wrap=False),
        Column("status", "状态", lambda row: row.get_status_display(), cells.state, sort=("status",), width=10),
        Column("due", "到期", lambda row: row.day, cells.due, sort=("day_now",), kind="date", width=12),
        Column("slip", "预警单", cells.slip, tone=lambda row: TONES[cells.slip(row)], width=8, optional=True),
        Column("late", "时限情况", lambda row: cells.late(row)[0], width=18, optional=True),
        Column("said", "要点", cells.points, width=26),
    )


# The headings of a ledger of handed-down work, as counties print it.
LEDGER = fields_of(
    Directive,
    "督办号=code 工作内容=title kind issuer 交办时间=sent_at:date 责任部门=unit 完成时限=due_on 首次时限=first_due_on level cause",
    Column("done", "落实情况", lambda row: row.said, width=50),
    Column("state", "销号情况", lambda row: row.column and f"{row.column}（{row.get_status_display()}）", width=18),
    "closed_at:date",
    Column("note", "备注", said_of, width=26),
)
# What happened to each: how things stood at any moment is the last row of each number before it.
PASSED = fields_of(
    DirectiveEvent,
    "交办号=subject_id at 编号=subject.code subject.title verb 事后状态=status_then unit_name subject.issuer subject.kind",
    "subject.cause subject.level 经办人=actor_name",
)
EMPTY = mark_safe('<div class="empty"><p>没有符合条件的交办事项。</p></div>')
