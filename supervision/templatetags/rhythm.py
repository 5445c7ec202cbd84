"""The calendar as a table: rules down, months across, a letter where something is due."""

from itertools import groupby

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from kit import clock
from kit.addresses import address_of
from kit.charts import Cell, legend
from kit.charts.cells import cell_of
from supervision.rhythm import State, number_words

register = template.Library()
LEGEND = (State.DONE, State.LATE, State.MISSED, State.WAITING, State.WAIVED)
BLANK = '<span class="blank" aria-hidden="true">·</span>'


@register.simple_tag
def calendar_legend():
    return legend(_cell(state, state.word) for state in LEGEND)


@register.simple_tag
def calendar_table(calendar):
    today, span = clock.today(), len(calendar.numbers) + 3
    now = [
        ' class="is-now"' if line_month == (today.year, today.month) else ""
        for line_month in ((_year(calendar) + (number - 1) // 12, (number - 1) % 12 + 1) for number in calendar.numbers)
    ]
    heads = "".join(
        f'<th scope="col"{mark}>{number_words(number)}</th>' for number, mark in zip(calendar.numbers, now, strict=True)
    )
    bodies = "".join(
        format_html(
            '<tr class="section-row"><th scope="rowgroup" colspan="{}"><span>{}</span></th></tr>', span, plan.named
        )
        + "".join(_row(line, calendar.numbers, now) for line in lines)
        for plan, lines in groupby(calendar.lines, key=lambda line: line.rhythm.plan)
    )
    return mark_safe(
        '<div class="scroll" tabindex="0" role="region" aria-label="全年应办">'
        '<table class="heat duties"><caption class="sr">全年应办</caption>'
        f'<thead><tr><th scope="col">事项</th><th scope="col" class="who">谁办</th>{heads}<th scope="col" class="rate">已办/应办</th></tr></thead>'
        f"<tbody>{bodies}</tbody></table></div>"
    )


def _year(calendar):
    return calendar.rhythms[0].plan.year if calendar.rhythms else clock.today().year


def _row(line, numbers, now):
    boxes = {box.span.number: box for box in line.boxes}
    cells = "".join(
        f"<td{mark}>{_box(line, boxes.get(number))}</td>" for number, mark in zip(numbers, now, strict=True)
    )
    rate = line.rate
    return format_html(
        '<tr><th scope="row">{} <small class="muted">{}</small></th><td class="who">{}</td>{}<td class="rate">{}</td></tr>',
        line.rhythm.title,
        line.rhythm.every,
        line.who,
        mark_safe(cells),
        f"{rate.part}/{rate.whole}" if rate.whole else "—",
    )


def _box(line, box):
    if box is None:
        return BLANK
    address = address_of("duty", line.rhythm.pk, box.span.number)
    title = f"{line.rhythm.title}{box.span.month.month}月：{box.words}"
    if box.state is State.COMING:
        return format_html('<a class="cell is-future" href="{}" title="{}" aria-label="{}"></a>', address, title, title)
    return cell_of(_cell(box.state, title, address))


def _cell(state, title, address=""):
    return Cell(state.mark, state.tone, address, title, outline=state in (State.WAITING, State.WAIVED))
