"""A table as HTML: heads that sort, sections, rows, a foot that sums, and the pager below."""

import html
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby, takewhile
from types import NoneType
from typing import Any

from django.core.paginator import Paginator
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from kit.tables.columns import Column, Kind, prefixed, shown
from kit.text import escaped

NEAR = {"on_each_side": 2, "on_ends": 1}
UNMARKED = frozenset({int, float, Decimal, date, datetime, bool, NoneType})


def table(table) -> SafeString:
    css = f"table {table.css}".strip()
    caption = format_html('<table class="{}"><caption class="sr">{}</caption>', css, table.name or "列表")
    body = _sum_row(table) + "".join(_bodies(table)) if table.rows else _nothing(table)
    return mark_safe(f"{caption}{_heads(table)}{body}{_foot(table)}</table>")


def pager(table) -> SafeString:
    if table.pages == 1:
        return format_html('<p class="pager"><span class="pager-sum">共 {} 条</span></p>', table.count)
    sum_ = f"共 {table.count} 条，第 {table.page} / {table.pages} 页"
    numbers = Paginator(range(table.count), table.per_page).get_elided_page_range(table.page, **NEAR)
    links = "".join(_page_link(table, page) for page in numbers)
    before, after = _step(table, table.page - 1, "prev", "上一页"), _step(table, table.page + 1, "next", "下一页")
    return mark_safe(
        f'<nav class="pager" aria-label="翻页"><span class="pager-sum">{sum_}</span>{before}{links}{after}</nav>'
    )


def kept(table) -> SafeString:
    """What a filter's own form sends along, so that another filter keeps the order and the chosen columns."""
    return mark_safe(_hidden(table, {prefixed(table.prefix, name) for name in ("sort", "columns")}))


def _hidden(table, names: set[str]) -> str:
    pairs = [(key, value) for key, values in table.params.items() if key in names for value in values]
    return "".join(format_html('<input type="hidden" name="{}" value="{}">', *pair) for pair in pairs)


def chooser(table) -> SafeString:
    name = prefixed(table.prefix, "columns")
    kept = _hidden(table, set(table.params) - {name, prefixed(table.prefix, "page")})
    boxes = "".join(
        format_html(
            '<label class="check"><input type="checkbox" name="{}" value="{}"{}> {}</label>',
            name,
            column.name,
            mark_safe(" checked") if column in table.columns else "",
            f"{column.group}·{column.head}" if column.group else column.head,
        )
        for column in table.all_columns
    )
    return mark_safe(
        '<details class="menu"><summary class="btn btn-small">选择列</summary><form class="menu-list" method="get">'
        f'{kept}{boxes}<button class="btn btn-small">应用</button></form></details>'
    )


def _page_link(table, page: int | str) -> str:
    if page == Paginator.ELLIPSIS:
        return f"<span>{page}</span>"
    if page == table.page:
        return f'<span aria-current="page">{page}</span>'
    return format_html('<a href="{}">{}</a>', table.address(page=page), page)


def _step(table, page: int, rel: str, word: str) -> str:
    if not 1 <= page <= table.pages:
        return ""
    return format_html('<a href="{}" rel="{}">{}</a>', table.address(page=page), rel, word)


def _heads(table) -> str:
    grouped = any(column.group for column in table.columns)
    deep = ' rowspan="2"' if grouped else ""
    first = _pick_all(deep) if table.select else ""
    if not grouped:
        return f"<thead><tr>{first}{''.join(_head(table, column) for column in table.columns)}</tr></thead>"
    for group, members in groupby(table.columns, key=lambda column: column.group):
        members = list(members)
        if group:
            first += f'<th scope="colgroup" class="center" colspan="{len(members)}">{html.escape(group)}</th>'
        else:
            first += "".join(_head(table, column, deep) for column in members)
    second = "".join(_head(table, column) for column in table.columns if column.group)
    return f"<thead><tr>{first}</tr><tr>{second}</tr></thead>"


def _head(table, column: Column, deep: str = "") -> str:
    opening = f'<th scope="col"{_css(column)}{deep}'
    if not column.sort:
        return f"{opening}>{html.escape(column.head)}</th>"
    state = {column.name: "ascending", f"-{column.name}": "descending"}.get(table.sorting, "none")
    turned = f"-{column.name}" if state == "ascending" else column.name
    link = format_html('<a href="{}">{}</a>', table.address(sort=turned, page=None), column.head)
    return f'{opening} aria-sort="{state}">{link}</th>'


def _pick_all(deep: str) -> str:
    box = '<input type="checkbox" hidden data-choose-all="rows" aria-label="选择本页全部">'
    return f'<th scope="col"{deep}><span class="sr">选择</span>{box}</th>'


def _bodies(table) -> Iterator[str]:
    cells = [_cell_drawer(column) for column in table.columns]
    before = _row_drawer(table)
    for title, rows in table.sections(table.rows):
        yield "<tbody>"
        if table.section:
            yield f'<tr class="section-row"><th scope="rowgroup" colspan="{_span(table)}">{html.escape(title)}</th></tr>'
        for row in rows:
            yield f"{before(row)}{''.join([cell(row) for cell in cells])}</tr>"
        yield "</tbody>"


def _row_drawer(table) -> Callable[[Any], str]:
    if not (table.row_class or table.row_id or table.select):
        return lambda row: "<tr>"
    return lambda row: (
        f"<tr{_attribute('class', table.row_class, row)}{_attribute('id', table.row_id, row)}>{_pick(table, row)}"
    )


def _attribute(name: str, ask: Callable[[Any], str] | None, row) -> str:
    value = ask(row) if ask else ""
    return f' {name}="{html.escape(str(value))}"' if value else ""


def _pick(table, row) -> str:
    value = table.select(row) if table.select else None
    if value is None:
        return "<td></td>" if table.select else ""
    main = next((column for column in table.columns if column.main), table.columns[0])
    label = html.escape(f"选择 {shown(main.read(row), main.kind)}")
    value = html.escape(str(value))
    return f'<td><input type="checkbox" name="pick" value="{value}" data-choose="rows" aria-label="{label}"></td>'


def _cell_drawer(column: Column) -> Callable[[Any], str]:
    """How this column draws a cell, settled once a table instead of once a cell."""
    tag, scope = ("th", ' scope="row"') if column.main else ("td", "")
    opening, closing = f'<{tag}{scope}{_css(column)} data-head="{html.escape(column.head)}">', f"</{tag}>"
    read, show, kind, tone = column.read, column.show, column.kind, column.tone
    if show:
        return lambda row: f"{opening}{escaped(show(row))}{closing}"
    if tone:
        return lambda row: f"{opening}{_tag(read(row), kind, tone(row))}{closing}"
    return lambda row: f"{opening}{_text(read(row), kind)}{closing}"


def _text(value: Any, kind: Kind) -> str:
    if type(value) is str:
        return html.escape(value)
    text = shown(value, kind)
    return text if type(value) in UNMARKED else html.escape(text)


def _tag(value: Any, kind: Kind, tone: str) -> str:
    text = _text(value, kind)
    return f'<span class="tag tone-{html.escape(tone)}">{text}</span>' if tone and text else text


def _css(column: Column) -> str:
    return f' class="{html.escape(column.classes)}"' if column.classes else ""


def _span(table) -> int:
    return len(table.columns) + bool(table.select)


def _nothing(table) -> str:
    text = escaped(table.empty)
    if not hasattr(table.empty, "__html__"):
        text = f'<div class="empty"><p>{text}</p></div>'
    return f'<tbody><tr><td colspan="{_span(table)}">{text}</td></tr></tbody>'


def _sum_row(table) -> str:
    if table.sum_row is None:
        return ""
    first = "<td></td>" if table.select else ""
    cells = "".join(_of_sum_row(column, table.sum_row.get(column.name, "")) for column in table.columns)
    return f'<tbody><tr class="sum-row">{first}{cells}</tr></tbody>'


def _of_sum_row(column: Column, value: SafeString | str) -> str:
    tag, scope = ("th", ' scope="row"') if column.main else ("td", "")
    return f'<{tag}{scope}{_css(column)} data-head="{html.escape(column.head)}">{escaped(value)}</{tag}>'


def _foot(table) -> str:
    if table.sum_row is not None or not table.rows or not table.totals:
        return ""
    word = f"合计（共{table.count}条）" if table.pages > 1 else "合计"
    before = list(takewhile(lambda column: column.name not in table.totals, table.columns))
    span = len(before) + bool(table.select)
    label = f'<th scope="row" colspan="{span}">{word}</th>' if span else ""
    cells = "".join(_sum_cell(column, table.totals.get(column.name)) for column in table.columns[len(before) :])
    return f"<tfoot><tr>{label}{cells}</tr></tfoot>"


def _sum_cell(column: Column, value: Any) -> str:
    return f'<td{_css(column)} data-head="{html.escape(column.head)}">{_text(value, column.kind)}</td>'
