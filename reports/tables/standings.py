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


COLUMNS = (
    Column("number", "编号", lambda row: row.task_number, sort=("task__order",), width=8),
    Column("title", "任务", lambda row: row.task_title, _title, main=True, width=40),
    Column("plan", "方案", lambda row: row.period.plan.named, width=18),
    Column("lead", "牵头单位", lambda row: row.lead_name, sort=("lead_name",), width=16),
    Column("progress", "进度", lambda row: row.progress, sort=("progress",), kind="percent", width=8),
    Column("expected", "应达进度", lambda row: row.expected, sort=("expected",), kind="percent", width=10),
    Column("light", "灯色", lambda row: Light(row.light).label, _light, sort=("light",), width=8),
    Column("reason", "理由", lambda row: row.reason, width=44),
)
