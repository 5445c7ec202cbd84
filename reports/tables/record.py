"""The columns of a unit's year: its tasks down, the months across, the progress accepted each month."""

from django.urls import NoReverseMatch
from django.utils.html import format_html

from kit.addresses import address_of
from kit.deadlines import month_words
from kit.tables import Column
from reports import marks
from tasks.lights import Light


def _title(row):
    try:
        address = address_of("task", row.task.pk)
    except NoReverseMatch:
        return row.task.short_title
    return format_html('<a href="{}">{}</a>', address, row.task.short_title)


def columns(months):
    return (
        Column("number", "编号", lambda row: row.task.number, width=6, css="w-1 nowrap"),
        Column("task", "任务", lambda row: row.task.short_title, _title, main=True, width=34),
        Column("role", "职责", lambda row: row.role, width=6, css="nowrap"),
        *(_month(month, month_words(month, months)) for month in months),
    )


def _month(month, head):
    def tone(row):
        light = row.steps[month].light
        return Light(light).tone if light else ""

    def show(row):
        step = row.steps[month]
        if step.progress is None and not step.light:
            return ""
        number = "—" if step.progress is None else f"{step.progress}%"
        word = f"{marks.LIGHTS[step.light]} " if step.light else "" if step.leads else "配合 "
        title = step.reason or (
            "本单位上报并审核通过的进度" if step.leads else "本单位上报并审核通过的配合部分，不按任务的灯色评价"
        )
        return format_html(
            '<span class="tag tone-{}" title="{}">{}{}</span>', tone(row) or "plain", title, word, number
        )

    return Column(
        f"m{month:%Y%m}",
        head,
        lambda row: row.steps[month].progress,
        show,
        kind="percent",
        width=7,
        tone=tone,
    )
