"""Lettered cells: one of a month in a strip, many in a heat map, and the legend that says what they mean."""

import html
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from kit.charts.parts import framed, href_of, tone_of
from kit.text import escaped


class Cell(NamedTuple):
    """One lettered cell of a strip or heat map: ✓ 迟 缺 待 退 稿. ``title`` says it in words, ``href`` leads behind it.

    ``outline`` draws only the edge (退, 稿): in another's hands, not settled.
    """

    text: str
    tone: str = "plain"
    href: str = ""
    title: str = ""
    outline: bool = False


class Head(NamedTuple):
    """A head of a heat map that is more than a word: a link, a muted note beside it (5项), the present month."""

    text: str
    href: str = ""
    note: str = ""
    now: bool = False


def legend(items: Iterable[tuple[str, str] | Cell]) -> SafeString:
    return mark_safe(f'<div class="legend">{"".join(map(_key, items))}</div>')


def _key(item: tuple[str, str] | Cell) -> str:
    if isinstance(item, Cell):
        return f'<span><i class="{_css(item.tone, item.outline)}">{html.escape(item.text)}</i>{html.escape(item.title)}</span>'
    label, tone = item
    return f'<span><i class="swatch tone-{tone_of(tone)}"></i>{html.escape(label)}</span>'


def strip(cells: Iterable[Cell], labels: Sequence[str] = (), *, label: str = "", small: bool = False) -> SafeString:
    cells = list(cells)
    below = [f"<small>{html.escape(text)}</small>" for text in labels] or [""] * len(cells)
    items = "".join(f"<li>{cell_of(cell)}{text}</li>" for cell, text in zip(cells, below, strict=True))
    name = f' aria-label="{html.escape(label)}"' if label else ""
    return mark_safe(f'<ul class="strip{" strip-small" * small}"{name}>{items}</ul>')


def heat_map(
    row_heads: Sequence[str | Head],
    column_heads: Sequence[str | Head],
    cells: Sequence[Sequence[Cell | None]],
    *,
    corner: str = "",
    caption: str = "",
    last_column: tuple[str, Sequence[str]] | None = None,
) -> SafeString:
    """A table of lettered cells, units down and months across; None is a cell with nothing in it, or not yet.

    It scrolls sideways where it has no room. ``last_column`` is (head, one text per row), for a rate.
    """
    heads = "".join(head_of(head, "col") for head in column_heads)
    rates = [f'<td class="rate">{escaped(text)}</td>' for text in last_column[1]] if last_column else None
    if last_column:
        heads += f'<th scope="col" class="rate">{html.escape(last_column[0])}</th>'
    rows = "".join(
        f"<tr>{head_of(head, 'row')}{''.join(f'<td>{cell_of(cell)}</td>' for cell in line)}{rate}</tr>"
        for head, line, rate in zip(row_heads, cells, rates or [""] * len(cells), strict=True)
    )
    return framed("heat", caption or corner, f'<th scope="col">{html.escape(corner)}</th>{heads}', rows)


def head_of(head: str | Head, scope: str) -> str:
    if not isinstance(head, Head):
        return f'<th scope="{scope}">{escaped(head)}</th>'
    text, address = html.escape(head.text), href_of(head.href)
    text = f'<a href="{address}">{text}</a>' if address else text
    note = f' <span class="muted small">{html.escape(head.note)}</span>' if head.note else ""
    return f'<th scope="{scope}"{_now(head)}>{text}{note}</th>'


def _now(head: Head) -> str:
    return ' class="is-now"' if head.now else ""


def cell_of(cell: Cell | None) -> str:
    if cell is None:
        return '<span class="cell is-future"><span class="sr">没有</span></span>'
    text, title, address = html.escape(cell.text), html.escape(cell.title), href_of(cell.href)
    css = _css(cell.tone, cell.outline)
    if address:
        named = f' title="{title}" aria-label="{title}"' if title else ""
        return f'<a class="{css}" href="{address}"{named}>{text}</a>'
    if not title:
        return f'<span class="{css}">{text}</span>'
    return f'<span class="{css}" title="{title}"><span aria-hidden="true">{text}</span><span class="sr">{title}</span></span>'


@cache
def _css(tone: str, outline: bool) -> str:
    return f"cell tone-{tone_of(tone)}{' is-outline' * outline}"
