"""A document in work, drawn in Python: its tasks in rows, its text with every task marked. Both know each other by anchors."""

import re
from itertools import groupby

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from tasks.draft.names import LEAD, TEXT, parts_of
from tasks.draft.places import pieces

register = template.Library()

AROUND = 250
BLANK_LINES = re.compile(r"\n\s*\n\s*")


@register.simple_tag
def draft_source(reading):
    return mark_safe("".join(map(_piece, pieces(reading.text, reading.draft))))


@register.simple_tag
def draft_excerpt(reading, task):
    start, end = max(0, task["span"][0] - AROUND), task["span"][1] + AROUND
    parts = (start, task["span"][0]), (task["span"][0], task["span"][1]), (task["span"][1], end)
    before, own, after = (escape(reading.text[begun:ended]) for begun, ended in parts)
    return mark_safe(f"{before}<mark>{own}</mark>{after}")


def _piece(piece):
    spots = "".join(f'<span class="spot" id="spot-{name[1:]}"></span>' for name in piece.anchors)
    text = escape(BLANK_LINES.sub("\n\n", piece.text))
    if not piece.task:
        return spots + text
    chip = ""
    if piece.begins:
        title = f"回到第{escape(piece.number)}项"
        chip = f'<a class="span-no" id="s-{piece.task}" href="#{piece.task}" title="{title}">{escape(piece.number) or "？"}</a>'
    return f'{chip}{spots}<mark data-task="{piece.task}">{text}</mark>'


@register.simple_tag(takes_context=True)
def draft_rows(context, at):
    plan = context["draft"]["plans"][at]
    names = {section["key"]: f"{section['number']}{section['title']}" for section in plan["sections"]}
    drawn = []
    for section, tasks in groupby(plan["tasks"], key=lambda task: task["section"]):
        if names:
            drawn.append(format_html('<li class="draft-section">{}</li>', names.get(section, "不属于章节")))
        drawn += [_row(context, task) for task in tasks]
    return mark_safe("".join(drawn))


@register.simple_tag(takes_context=True)
def draft_row(context, key):
    found = next(task for plan in context["draft"]["plans"] for task in plan["tasks"] if task["key"] == key)
    return _row(context, found)


def _row(context, task):
    key, edit = task["key"], reverse("draft_task", args=[context["reading"].pk, task["key"]])
    number = task["number"] or "？"
    head = format_html(
        '<div class="draft-head"><a class="no" href="#s-{}" title="看原文">{}</a><b>{}</b>{}'
        '<a class="draft-edit" href="{}" hx-get="{}" hx-target="#{}" hx-swap="outerHTML" aria-label="修改第{}项">修改</a></div>',
        key,
        number,
        task["short_title"],
        _tags(task, context["matches"]),
        edit,
        edit,
        key,
        number,
    )
    if task["dropped"]:
        why = format_html('<p class="muted small">不列为任务：{}</p>', task["dropped"])
        return format_html('<li class="draft-task is-dropped" id="{}">{}{}</li>', key, head, why)
    faults = context["faults"].get(key, ())
    told = format_html_join("", '<p class="field-error">{}</p>', ((fault.sentence,) for fault in faults))
    text = format_html('<p class="draft-text clip-2">{}</p>', task["text"])
    return format_html('<li class="draft-task" id="{}">{}{}{}{}</li>', key, head, told, text, _people(context, task))


def _tags(task, matches):
    tags = [("info", "已更正")] if task["corrected"] else []
    parts = None if task["dropped"] else parts_of(task, matches)
    if parts and parts.lead_assumed:
        tags.append(("warn", f"牵头待核对：{parts.lead}"))
    return format_html_join("", '<span class="tag tone-{}">{}</span>', tags)


def _people(context, task):
    matches = context["matches"]
    names = [_name(unit, matches[unit["name"]]) for unit in task["units"]] if task["units"] else []
    shown = format_html_join("、", "{}", ((name,) for name in names)) if names else mark_safe("待分解")
    due = task["due_on"] or "方案结束"
    written = f"（{task['deadline']}）" if task["deadline"] else ""
    return format_html('<p class="draft-people">{} <span class="muted">· {}{}</span></p>', shown, due, written)


def _name(unit, match):
    role = mark_safe(' <span class="muted">牵头</span>') if unit["role"] == LEAD else ""
    if match.is_open:
        return format_html(
            '<a class="tone-text tone-danger" href="#names" title="未对应">{}？</a>{}', unit["name"], role
        )
    if match.way == TEXT:
        return format_html('<span class="muted" title="留作文字">{}（文字）</span>', unit["name"])
    words = "、".join(match.units)
    return format_html('<span title="{}">{}</span>{}', words, unit["name"], role)
