"""The charts of key projects: the funnel of the classes, their lights, the months of every project."""

import datetime

from django.urls import reverse
from django.utils.html import format_html

from kit import charts
from kit.addresses import address_of
from kit.charts import funnel, timetable
from kit.deadlines import month_words
from reports import marks
from reports.dashboard import charted
from reports.dashboard.stand import summed
from reports.tables.projects import points
from tasks.lights import Light

ELSEWHERE = ("page", "show", "klass", "reached")


def funnel_of(stands, asked):
    """Each number leads to its rows of the list, under what is asked for anyway."""
    kept = asked.copy()
    for name in ELSEWHERE:
        kept.pop(name, None)
    groups = charted.by_class(stands)
    rows = [_row(klass.label, rows, kept, klass=klass.value) for klass, rows in groups]
    if len(groups) > 1:
        rows.append(_row("合计", stands, kept))
    return funnel.drawn(("在册", *charted.STAGES.values()), rows, corner="类别", caption="各类项目进展") if rows else ""


def _row(head, stands, kept, **more):
    steps = [funnel.Step(len(stands), _list(kept, **more), "info")]
    for stage, count in charted.reached(stands).items():
        steps.append(funnel.Step(count, _list(kept, **more, reached=stage) if count else ""))
    return head, steps


def _list(kept, **more):
    query = kept.copy()
    query.update(more)
    return f"{reverse('project_list')}?{query.urlencode()}"


def lights_of(stands):
    found = []
    for klass, rows in charted.by_class(stands):
        lights = summed(rows).lights
        parts = [(light.label, lights[light], light.tone) for light in Light]
        found.append((klass.label, charts.stacked_bar(parts, title=klass.label), len(rows)))
    return found


def heat_of(programme, stands, *, by_money=False):
    """Projects down and months across: the letter of the light, or how many points the money lay behind."""
    if not stands:
        return ""
    over = [month for month in programme.plan.months if month <= programme.month]
    found = (charted.lags if by_money else charted.lights)(programme, stands)
    draw = _points if by_money else _letter
    return charts.heat_map(
        [charts.Head(each.code, address_of("project", each.pk), each.name) for each in stands],
        [charts.Head(month_words(month, programme.plan.months), now=month == programme.month) for month in over],
        [[draw(found.get((each.pk, month)), month) for month in over] for each in stands],
        corner="项目",
        caption="各项目逐月投资进度" if by_money else "各项目逐月灯色",
        last_column=("占计划%", ["" if each.share is None else f"{each.share}" for each in stands]),
    )


def _letter(then, month):
    if then is None:
        return None
    return marks.light_cell(then.light, _why(then, month) if then.light in (Light.RED, Light.YELLOW) else "")


def _why(then, month):
    first = then.words.partition("；")[0]
    return f"{month.month}月末{then.light.label}" + (f"：{first}" if first else "")


def _points(then, month):
    if then is None:
        return None
    return charts.Cell(points(then.points), then.light.tone)


def gantt_of(card):
    """A project's nodes on a line of time, beside their days and how they stand."""
    if not card.nodes:
        return ""
    lanes, days, before = [], [], None
    for place, line in enumerate(card.nodes, 1):
        node = line.node
        # An approval takes from the day it was handed in; of works, one begins where the one before ends.
        since = node.handed_in_on or before
        before = before if node.handed_in_on else node.done_on or node.due_on
        mark = timetable.Mark(node.title, node.due_on, node.done_on, line.stand.tone, node.goal, since)
        head = charts.Head(f"{place} {node.title}", note=_whose(node))
        lanes.append(timetable.Lane(head, [mark], _days(line)))
        days += filter(None, (node.due_on, node.done_on, node.handed_in_on))
    year = card.task.plan.year
    first, last = min(*days, datetime.date(year, 1, 1)), max(*days, datetime.date(year, 12, 31))
    span = timetable.Span(first.replace(day=1), last)
    return timetable.drawn(lanes, span, today=card.day, columns=("计划", "完成", "状态"))


def _whose(node):
    unit = f"{node.unit or ''} {node.person}".strip()
    return f"本年目标 {unit}".strip() if node.goal else unit


def _days(line):
    node = line.node
    moved = format_html('<br><small class="muted">原定 {}</small>', line.moved_from) if line.moved_from else ""
    return (
        format_html("{}{}", node.due_on, moved),
        f"{node.done_on or '—'}",
        format_html('<span class="wait tone-{}">{}</span>', line.stand.tone, line.stand.words),
    )
