"""Charts drawn on the server, without script and inline style; their numbers stand in the page.

Tones as everywhere: good, warn, danger, info, done, muted, plain; ``static/zhuzhou.css`` colours ``tone-…``. The markup is
that of docs/face.md.
"""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

TONES = frozenset({"good", "warn", "danger", "info", "done", "muted", "plain"})
# A smaller share of the bar (of 100) has no room for its number; the label and the legend still tell it.
ROOM_FOR_NUMBER = 6
BAR_HEIGHT = 18

Number = int | float | Decimal


@dataclass(frozen=True)
class Cell:
    """One lettered cell of a strip or heat map: ✓ 迟 缺 待 退 稿. ``title`` says it in words, ``href`` leads behind it.

    ``outline`` draws only the edge (退, 稿): in another's hands, not settled.
    """

    text: str
    tone: str = "plain"
    href: str = ""
    title: str = ""
    outline: bool = False


@dataclass(frozen=True)
class Head:
    """A head of a heat map that is more than a word: a link, a muted note beside it (5项), the present month."""

    text: str
    href: str = ""
    note: str = ""
    now: bool = False


def stacked_bar(parts: Iterable[tuple[str, Number, str]], *, title: str = "") -> SafeString:
    """One bar of (label, value, tone) parts, each as wide as its share: 办结4，正常14，严重滞后1."""
    parts = [(f"{label}{_number(value)}", value, _tone(tone)) for label, value, tone in parts if value and value > 0]
    whole = float(sum(value for _, value, _ in parts))
    words = "，".join(name for name, _, _ in parts) or "没有数据"
    drawn, start = [], 0.0
    for name, value, tone in parts:
        share = float(value) * 100 / whole
        drawn.append(_bar_part(name, _number(value), tone, start, share))
        start += share
    label = html.escape(f"{title}：{words}" if title else words)
    return mark_safe(f'<svg class="seg" role="img" aria-label="{label}">{"".join(drawn)}</svg>')


def _bar_part(name: str, number: str, tone: str, start: float, share: float) -> str:
    text = f'<text class="tone-{tone}" x="{start + share / 2:.2f}%" y="13">{number}</text>'
    return (
        f"<g><title>{html.escape(name)}</title>"
        f'<rect class="tone-{tone}" x="{start:.2f}%" width="{share:.2f}%" height="{BAR_HEIGHT}"/>'
        f"{text if share >= ROOM_FOR_NUMBER else ''}</g>"
    )


def legend(items: Iterable[tuple[str, str] | Cell]) -> SafeString:
    """(label, tone) for colours, ``Cell`` for letters, whose title is the word."""
    return mark_safe(f'<div class="legend">{"".join(map(_key, items))}</div>')


def _key(item: tuple[str, str] | Cell) -> str:
    if isinstance(item, Cell):
        return f'<span><i class="{_cell_css(item)}">{html.escape(item.text)}</i>{html.escape(item.title)}</span>'
    label, tone = item
    return f'<span><i class="swatch tone-{_tone(tone)}"></i>{html.escape(label)}</span>'


def bar(
    value: Number | None,
    maximum: Number = 100,
    tone: str = "done",
    *,
    label: str = "进度",
    text: str | None = None,
    full: bool = False,
) -> SafeString:
    """With its number beside it: 45%, or ``text``. Without a value there is a dash and no bar."""
    if value is None:
        return mark_safe('<span class="muted">—</span>')
    number = html.escape(text if text is not None else f"{_number(value)}%")
    reached = _number(max(0, min(value, maximum)))
    return mark_safe(
        f'<span class="bar{" bar-full" * full}"><progress class="tone-{_tone(tone)}" max="{_number(maximum)}" '
        f'value="{reached}" aria-label="{html.escape(label)}{number}"></progress><b>{number}</b></span>'
    )


def strip(cells: Iterable[Cell], labels: Sequence[str] = (), *, label: str = "", small: bool = False) -> SafeString:
    """The last months of one task or unit, each with its label below when there are labels."""
    cells = list(cells)
    below = [f"<small>{html.escape(text)}</small>" for text in labels] or [""] * len(cells)
    items = "".join(f"<li>{_cell(cell)}{text}</li>" for cell, text in zip(cells, below, strict=True))
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
    heads = "".join(_head(head, "col") for head in column_heads)
    rates = [f'<td class="rate">{conditional_escape(text)}</td>' for text in last_column[1]] if last_column else None
    if last_column:
        heads += f'<th scope="col" class="rate">{html.escape(last_column[0])}</th>'
    rows = "".join(
        f"<tr>{_head(head, 'row')}{''.join(f'<td>{_cell(cell)}</td>' for cell in line)}{rate}</tr>"
        for head, line, rate in zip(row_heads, cells, rates or [""] * len(cells), strict=True)
    )
    name = html.escape(caption or corner)
    return mark_safe(
        f'<div class="scroll" tabindex="0" role="region" aria-label="{name}">'
        f'<table class="heat"><caption class="sr">{name}</caption>'
        f'<thead><tr><th scope="col">{html.escape(corner)}</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _head(head: str | Head, scope: str) -> str:
    if not isinstance(head, Head):
        return f'<th scope="{scope}">{conditional_escape(head)}</th>'
    text, address = html.escape(head.text), _href(head.href)
    text = f'<a href="{address}">{text}</a>' if address else text
    note = f' <span class="muted small">{html.escape(head.note)}</span>' if head.note else ""
    return f'<th scope="{scope}"{_now(head)}>{text}{note}</th>'


def _now(head: Head) -> str:
    return ' class="is-now"' if head.now else ""


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return '<span class="cell is-future"><span class="sr">没有</span></span>'
    text, title, address = html.escape(cell.text), html.escape(cell.title), _href(cell.href)
    if address:
        named = f' title="{title}" aria-label="{title}"' if title else ""
        return f'<a class="{_cell_css(cell)}" href="{address}"{named}>{text}</a>'
    if not title:
        return f'<span class="{_cell_css(cell)}">{text}</span>'
    return f'<span class="{_cell_css(cell)}" title="{title}"><span aria-hidden="true">{text}</span><span class="sr">{title}</span></span>'


def _cell_css(cell: Cell) -> str:
    return f"cell tone-{_tone(cell.tone)}{' is-outline' * cell.outline}"


def _tone(tone: str) -> str:
    return tone if tone in TONES else "plain"


def _href(address: str) -> str:
    """An address of ours, escaped; what could run as script is no address."""
    ours = address.startswith(("/", "?", "#")) and not address.startswith("//")
    return html.escape(address) if ours else ""


def _number(value: Number) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
