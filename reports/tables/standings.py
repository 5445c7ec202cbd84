"""The columns of frozen standings: how each task stood at a month's end."""

from django.utils.html import format_html

from kit.addresses import address_of
from kit.tables import Column
from tasks.lights import Light


def _title(row):
    return format_html('<a href="{}">{}</a>', address_of("task", row.task_id), row.task_title)


def _light(row):
    light = Light(row.light)
    return format_html('<span class="light tone-{}">{}</span>', light.tone, light.label)


def _first(row):
    return "" if row.first_progress is None else f"进度{row.first_progress}%、{row.get_first_light_display()}"


COLUMNS = (
    Column("number", "编号", lambda row: row.task_number, sort=("task__order",), width=8),
    Column("title", "任务", lambda row: row.task_title, _title, main=True, width=40),
    Column("plan", "方案", lambda row: row.period.plan.named, width=18),
    Column("lead", "牵头单位", lambda row: row.lead_name, sort=("lead_name",), width=16),
    Column("progress", "进度", lambda row: row.progress, sort=("progress",), kind="percent", width=8),
    Column("expected", "应达进度", lambda row: row.expected, sort=("expected",), kind="percent", width=10),
    Column("light", "灯色", lambda row: Light(row.light).label, _light, sort=("light",), width=8),
    Column("reason", "理由", lambda row: row.reason, width=44),
    Column("first", "结账时", _first, width=16, optional=True),
)


def _acts(row):
    address = address_of("standing_correct", row.pk)
    return format_html('<a href="{}" aria-label="第{}项 更正">更正</a>', address, row.task_number)


def columns(said, may_correct):
    """``said`` holds by task the problems that the leading units named.

    ``may_correct`` answers whether a standing's month is the person's to correct, None for nobody.
    """
    told = (*COLUMNS, Column("problems", "存在问题", lambda row: said.get(row.task_id, ""), width=44))
    if may_correct is None:
        return told
    acts = Column(
        "acts", "办理", lambda row: "", lambda row: _acts(row) if may_correct(row) else "", css="actions", width=8
    )
    return (*told, acts)
