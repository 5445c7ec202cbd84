"""What a dispatch goes through and what was settled: the columns, for page, paper and sheet."""

from django.utils.html import escape
from django.utils.safestring import mark_safe

from kit.addresses import address_of
from kit.sheets import Cell, Sheet, SumRow
from kit.tables import Column
from tasks.lights import chinese_day
from tasks.tables import difference_words, goal_words

NUMBER = {"kind": "number", "width": 12}
AGENDA = (
    Column("code", "编号", lambda line: line.code, width=8),
    Column("name", "项目名称", lambda line: line.name, width=32),
    Column("klass", "类别", lambda line: line.klass_words, width=10),
    Column("light", "灯色", lambda line: line.light.label, tone=lambda line: line.light.tone, width=8),
    Column("year", "年度计划", lambda line: line.year, **NUMBER),
    Column("due", "应完成", lambda line: line.due, **NUMBER),
    Column("done", "已完成", lambda line: line.done, **NUMBER),
    Column("share", "完成%", lambda line: line.share, kind="percent", width=9),
    Column("lag", "落后(百分点)", lambda line: line.lag, kind="number", width=11),
    Column("cause", "受阻原因", lambda line: line.cause_words, width=12),
)
PROMISED = (
    Column("name", "指标", lambda row: row[0].name, width=30),
    Column("goal", "目标", lambda row: goal_words(row[0]), width=18),
    Column("kind", "口径", lambda row: _kind(row[2]), width=18),
    Column("value", "完成", lambda row: row[2] and row[2].value, **NUMBER),
    Column("stand", "完成目标", lambda row: row[1].words if row[1] and row[2] and row[2].is_official else "", width=14),
    Column("month", "截至", lambda row: f"{row[2].month:%Y-%m}" if row[2] else "", width=9),
    Column("difference", "与正式口径之差", lambda row: _difference(row[2]), width=18),
    Column("reach", "范围、算式", lambda row: _reach(row[2]), width=44),
)


def _kind(beside):
    return f"{beside.kind.label}{'（正式）' * beside.is_official}" if beside else "还没有数据"


def _difference(beside):
    if beside is None or beside.is_official:
        return ""
    return difference_words(beside) or "正式口径没有同期数"


def _reach(beside):
    return "；".join(filter(None, (beside.words, beside.reach))) if beside else ""


def agenda_sheets(agenda, promised):
    sums = agenda.sums
    total = (None, f"合计{sums.count}个", None, f"红{sums.red} 黄{sums.yellow}", sums.year, sums.due, sums.done)
    yield Sheet(
        name="调度清单",
        title=f"{_month(agenda.month)}调度清单：{agenda.scope_words}",
        columns=AGENDA,
        rows=[SumRow([*total, sums.share, sums.lag, None]), *map(_cells, agenda.lines)],
        left_note=agenda.plan.title,
        right_note=f"投资截至{agenda.over.month}月末　单位：万元",
        freeze_columns=2,
    )
    rows = [(each, stand, source) for each, stand, sources in promised for source in sources or (None,)]
    if rows:
        yield Sheet(
            name="承诺的数字",
            title=f"{_month(agenda.month)}承诺的数字",
            columns=PROMISED,
            rows=[[column.read(row) for column in PROMISED] for row in rows],
            left_note=agenda.plan.title,
            right_note="各口径统计范围不同，并列不相加",
        )


def _cells(line):
    return [Cell(column.read(line), column.tone(line)) if column.tone else column.read(line) for column in AGENDA]


def _month(month):
    return f"{month.year}年{month.month}月"


def _project(item):
    return str(item.project) if item.project_id else ""


def _show_project(item):
    if not item.project_id:
        return "—"
    return mark_safe(f'<a href="{address_of("project", item.project_id)}">{escape(item.project)}</a>')


def _show_occasion(item):
    return mark_safe(f'<a href="{address_of("occasion", item.occasion_id)}">{escape(item.occasion)}</a>')


def _show_due(item):
    late = ' <span class="tag tone-danger">已过</span>' if item.is_overdue else ""
    return mark_safe(f"{item.due_on or '—'}{late}")


def _show_kept(item):
    return mark_safe(f'<span class="tag tone-{item.tone}">{item.get_kept_display()}</span>')


NUMBERED = Column("number", "序号", lambda item: item.number, kind="number", width=6)
SETTLED = (
    Column("project", "项目", _project, _show_project, sort=("project__task__order",), width=30),
    Column("text", "内容", lambda item: item.text, width=46, main=True),
    Column("unit", "办理单位", lambda item: str(item.unit or ""), sort=("unit__name",), width=16),
    Column("due", "时限", lambda item: item.due_on, _show_due, sort=("due_on", "pk"), kind="date", width=12),
    Column("kept", "兑现", lambda item: item.get_kept_display(), _show_kept, tone=lambda item: item.tone, width=10),
    Column("by", "认定人", lambda item: item.kept_by.name if item.kept_by else "", width=12, optional=True),
    Column("at", "认定时间", lambda item: item.kept_at, kind="moment", width=17, optional=True),
)
ITEMS = (
    Column("held", "日期", lambda item: item.occasion.held_on, sort=("occasion__held_on", "pk"), kind="date", width=12),
    Column("occasion", "会议、走访", lambda item: str(item.occasion), _show_occasion, width=30),
    NUMBERED,
    *SETTLED,
)
MINUTES = (NUMBERED, *(column for column in SETTLED if not column.optional))


def minutes_sheet(occasion, items):
    heads = (("地点", occasion.place), ("参加人员", occasion.people), ("记录", occasion.notes))
    state = "" if not occasion.is_open else "（未定结论）"
    return Sheet(
        name="议定事项",
        title=f"{occasion}议定事项{state}",
        columns=MINUTES,
        rows=[[column.read(item) for column in MINUTES] for item in items],
        left_note=f"组织单位：{occasion.unit or ''}",
        right_note=f"日期：{chinese_day(occasion.held_on)}",
        foot=tuple(f"{head}：{said}" for head, said in heads if said),
    )
