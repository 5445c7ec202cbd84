"""The list of cases of reform: what, whose, from which task, chosen or not, copied by how many."""

from django.utils.html import format_html

from kit.addresses import address_of
from kit.tables import Column


def _title(row):
    return format_html('<a href="{}">{}</a>', address_of("experience", row.pk), row)


COLUMNS = (
    Column("title", "题目", str, _title, main=True, width=40),
    Column("unit", "推荐单位", lambda row: row.unit.name, sort=("unit__order", "unit"), width=18),
    Column("task", "任务", lambda row: f"{row.task.number} {row.task.short_title}", sort=("task__order",), width=30),
    Column(
        "status", "状态", lambda row: row.get_status_display(), sort=("status",), tone=lambda row: row.tone, width=10
    ),
    Column("copies", "学用单位", lambda row: row.copied, sort=("copied", "pk"), width=10),
    Column("at", "推荐时间", lambda row: row.at, sort=("at", "pk"), kind="moment", width=17),
    Column("plan", "方案", lambda row: row.task.plan.named, sort=("task__plan",), width=16, optional=True),
)
