"""Charts drawn on the server, without script and without inline style; their numbers stand in the page.

Tones: good (on track), warn (slow), danger (late), info (waiting), done, muted (not started), plain. The style sheet
colours ``tone-…``, for HTML by background and text, for SVG by ``fill`` and ``stroke``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

TONES = frozenset({"good", "warn", "danger", "info", "muted", "done", "plain"})
# Below this share (of 100) a number does not fit into its part of the bar; it still stands in the title and the legend.
NARROWEST_LABEL = 6
# The drawing of a line chart, in its own units; the page scales it.
WIDE, HIGH, LEFT, RIGHT, TOP, BOTTOM = 640, 220, 48, 12, 18, 28

Number = int | float | Decimal


@dataclass(frozen=True)
class Cell:
    """One lettered cell of a strip or a heat map: ✓ 迟 缺 待 退 稿; ``title`` says it in words, ``href`` leads behind it."""

    text: str
    tone: str = "plain"
    href: str = ""
    title: str = ""


@dataclass(frozen=True)
class Series:
    """One line of a line chart: a name, one value per label (None where there is none yet), a tone."""

    name: str
    values: Sequence[Number | None]
    tone: str = "good"


def stacked_bar(parts: Iterable[tuple[str, Number, str]], *, height: int = 18, title: str = "") -> SafeString:
    """One bar of (label, value, tone) parts as wide as its place: 已办结4、正常推进14、严重滞后1."""
    parts = [(label, value, _tone(tone)) for label, value, tone in parts if value > 0]
    whole = sum(value for _, value, _ in parts)
    words = "，".join(f"{label}{_number(value)}" for label, value, _ in parts) or "暂无数据"
    label = f"{title}：{words}" if title else words
    drawn, start = [], 0.0
    for name, value, tone in parts:
        share = float(value) * 100 / float(whole)
        drawn.append(_bar_part(name, _number(value), tone, start, share))
        start += share
    return mark_safe(
        f'<svg class="stacked" width="100%" height="{height}" role="img" aria-label="{escape(label)}">'
        f"<title>{escape(label)}</title>{''.join(drawn)}</svg>"
    )


def _bar_part(name: str, number: str, tone: str, start: float, share: float) -> str:
    text = ""
    if share >= NARROWEST_LABEL:
        middle = f'x="{start + share / 2:.2f}%" y="50%" dy="0.35em" text-anchor="middle"'
        text = f'<text class="on-{tone}" {middle}>{number}</text>'
    return (
        f"<g><title>{escape(name)}{number}</title>"
        f'<rect class="tone-{tone}" x="{start:.2f}%" y="0" width="{share:.2f}%" height="100%"/>{text}</g>'
    )


def legend(parts: Iterable[tuple[str, str]]) -> SafeString:
    """The key to a chart's colours, of (label, tone)."""
    items = "".join(f'<li><span class="key tone-{_tone(tone)}"></span>{escape(label)}</li>' for label, tone in parts)
    return mark_safe(f'<ul class="legend">{items}</ul>')


def bar(value: Number | None, maximum: Number = 100, tone: str = "good", *, label: str = "进度") -> SafeString:
    """A progress bar; its number stands beside it in the page, and in its text for those who cannot see it."""
    reached = max(0, min(value or 0, maximum))
    return format_html(
        '<progress class="bar tone-{}" max="{}" value="{}" aria-label="{}">{}</progress>',
        _tone(tone),
        _number(maximum),
        _number(reached),
        label,
        _number(value or 0),
    )


def strip(cells: Iterable[Cell], *, label: str = "") -> SafeString:
    """A row of lettered cells: the last months of one task or unit."""
    items = "".join(f'<li class="tone-{_tone(cell.tone)}">{_lettered(cell)}</li>' for cell in cells)
    name = f' aria-label="{escape(label)}"' if label else ""
    return mark_safe(f'<ol class="strip"{name}>{items}</ol>')


def heat_map(
    row_heads: Sequence[str | Cell],
    column_heads: Sequence[str | Cell],
    cells: Sequence[Sequence[Cell | None]],
    *,
    corner: str = "",
    last_column: tuple[str, Sequence[str]] | None = None,
    caption: str = "",
) -> SafeString:
    """A table of lettered cells, units down and months across; None is a cell that is not due.

    A head may be a ``Cell`` to carry a link (``href``), a second line (``title``) or a mark (tone "info": this month).
    ``last_column`` is (head, one value per row), for a rate.
    """
    heads = "".join(_head(head, "col") for head in column_heads)
    if last_column:
        heads += f'<th scope="col" class="num">{escape(last_column[0])}</th>'
    rows = [
        f"<tr>{_head(head, 'row')}{''.join(map(_square, line))}{_last(last_column, place)}</tr>"
        for place, (head, line) in enumerate(zip(row_heads, cells, strict=True))
    ]
    return mark_safe(
        f'<table class="heat"><caption class="visually-hidden">{escape(caption or corner)}</caption>'
        f'<thead><tr><th scope="col">{escape(corner)}</th>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )


def line_chart(
    series: Sequence[Series], labels: Sequence[str], *, maximum: Number = 100, unit: str = "%", title: str = ""
) -> SafeString:
    """A trend over the labels (months), gaps where there is no value, its numbers in a table for those who cannot see."""
    frame = _Frame(len(labels), float(maximum))
    words = f"{title}：{'、'.join(one.name for one in series)}" if title else "、".join(one.name for one in series)
    single = len(series) == 1
    drawn = "".join(_line(one, frame, unit, numbered=single) for one in series)
    return mark_safe(
        f'<figure class="chart"><svg class="lines" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{escape(words)}">'
        f"<title>{escape(words)}</title>{_grid(frame, unit)}{_months(frame, labels)}{drawn}</svg>"
        f"{_line_table(series, labels, unit, title)}</figure>"
    )


@dataclass(frozen=True)
class _Frame:
    """Where the values of a line chart stand in its drawing."""

    places: int
    maximum: float

    def x(self, place: int) -> float:
        return LEFT + (WIDE - LEFT - RIGHT) * (place + 0.5) / max(self.places, 1)

    def y(self, value: Number) -> float:
        share = min(max(float(value) / self.maximum, 0), 1) if self.maximum else 0
        return TOP + (HIGH - TOP - BOTTOM) * (1 - share)


def _grid(frame: _Frame, unit: str) -> str:
    lines = []
    for quarter in range(5):
        value = frame.maximum * quarter / 4
        y = f"{frame.y(value):.1f}"
        lines.append(
            f'<line class="grid" x1="{LEFT}" y1="{y}" x2="{WIDE - RIGHT}" y2="{y}"/>'
            f'<text class="axis" x="{LEFT - 6}" y="{y}" dy="0.35em" text-anchor="end">{value:g}{escape(unit)}</text>'
        )
    return "".join(lines)


def _months(frame: _Frame, labels: Sequence[str]) -> str:
    return "".join(
        f'<text class="axis" x="{frame.x(place):.1f}" y="{HIGH - 6}" text-anchor="middle">{escape(label)}</text>'
        for place, label in enumerate(labels)
    )


def _line(one: Series, frame: _Frame, unit: str, *, numbered: bool) -> str:
    points = [(place, value) for place, value in enumerate(one.values) if value is not None]
    path, before = "", None
    for place, value in points:
        joined = before is not None and place == before + 1
        path += f"{'L' if joined else 'M'}{frame.x(place):.1f} {frame.y(value):.1f}"
        before = place
    tone = _tone(one.tone)
    dots = "".join(_dot(one.name, frame.x(place), frame.y(value), f"{_number(value)}{unit}") for place, value in points)
    numbers = "".join(
        f'<text class="value" x="{frame.x(place):.1f}" y="{frame.y(value) - 8:.1f}" text-anchor="middle">{_number(value)}</text>'
        for place, value in points
        if numbered
    )
    return f'<g class="line tone-{tone}"><path d="{path}" fill="none"/>{dots}{numbers}</g>'


def _dot(name: str, x: float, y: float, words: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"><title>{escape(name)} {escape(words)}</title></circle>'


def _line_table(series: Sequence[Series], labels: Sequence[str], unit: str, title: str) -> str:
    heads = "".join(f'<th scope="col">{escape(label)}</th>' for label in labels)
    rows = "".join(
        f'<tr><th scope="row">{escape(one.name)}</th>'
        + "".join(f"<td>{'' if value is None else f'{_number(value)}{escape(unit)}'}</td>" for value in one.values)
        + "</tr>"
        for one in series
    )
    return (
        f'<table class="visually-hidden"><caption>{escape(title or "数据")}</caption>'
        f'<thead><tr><th scope="col">名称</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _head(head: str | Cell, scope: str) -> str:
    if not isinstance(head, Cell):
        return f'<th scope="{scope}">{conditional_escape(head)}</th>'
    note = f" <small>{escape(head.title)}</small>" if head.title else ""
    text = f'<a href="{_href(head.href)}">{escape(head.text)}</a>' if _href(head.href) else escape(head.text)
    css = "" if head.tone == "plain" else f' class="tone-{_tone(head.tone)}"'
    return f'<th scope="{scope}"{css}>{text}{note}</th>'


def _square(cell: Cell | None) -> str:
    if cell is None:
        return '<td class="blank"></td>'
    return f'<td class="tone-{_tone(cell.tone)}">{_lettered(cell)}</td>'


def _lettered(cell: Cell) -> str:
    title = f' title="{escape(cell.title)}"' if cell.title else ""
    words = f'<span class="visually-hidden">{escape(cell.title)}</span>' if cell.title else ""
    letter = f'<span aria-hidden="true">{escape(cell.text)}</span>{words}' if words else escape(cell.text)
    if _href(cell.href):
        return f'<a href="{_href(cell.href)}"{title}>{letter}</a>'
    return f"<span{title}>{letter}</span>"


def _last(last_column: tuple[str, Sequence[str]] | None, place: int) -> str:
    return f'<td class="num">{conditional_escape(last_column[1][place])}</td>' if last_column else ""


def _tone(tone: str) -> str:
    return tone if tone in TONES else "plain"


def _href(address: str) -> str:
    """An address of ours, escaped; anything that could run as script is no address."""
    return escape(address) if address.startswith(("/", "?", "#", "http://", "https://")) else ""


def _number(value: Number) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
