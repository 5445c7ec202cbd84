"""Figures month by month below a curve: the same numbers for readers and paper, each leading to what it came from."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from kit.charts.cells import Cell, cell_of
from kit.charts.curve import Curve
from kit.charts.parts import Number, framed, href_of
from kit.rates import grouped


@dataclass(frozen=True)
class Line:
    """One figure, ``Cell`` or nothing a month; ``links`` is an address a month, ``total`` stands at the end."""

    name: str
    values: Sequence[Number | Cell | None]
    total: Number | None = None
    links: Sequence[str] = ()
    now: Cell | None = None


def lines_of(curve: Curve, links: Sequence[str] = (), now: Cell | None = None) -> list[Line]:
    """The curve's own: first plan where it was changed, plan, done, and how far apart; ``now`` stands where no figure is yet."""
    lines = [Line("首版计划", curve.first, curve.first_planned[-1])] if curve.first_planned else []
    if any(curve.plan):
        lines.append(Line("计划", curve.plan, curve.planned[-1]))
    lines.append(Line("完成", curve.actual, curve.done[-1] if curve.done else None, links, now))
    if any(curve.plan):
        lines.append(Line("累计相差", curve.gaps))
    return lines


def table(
    labels: Sequence[str],
    lines: Sequence[Line],
    *,
    corner: str = "万元",
    now: int | None = None,
    caption: str = "逐月数字",
) -> SafeString:
    """``now`` is the column of the present month; what lies after it is hatched where nothing is known."""
    heads = "".join(
        f'<th scope="col"{_css(column, now)}>{html.escape(label)}</th>' for column, label in enumerate(labels)
    )
    rows = "".join(_row(line, len(labels), now) for line in lines)
    heads = f'<th scope="col">{html.escape(corner)}</th>{heads}<th scope="col">合计</th>'
    return framed("months", caption, heads, rows, around="months-wrap")


def _row(line: Line, columns: int, now: int | None) -> str:
    values = [*line.values, *[None] * (columns - len(line.values))]
    links = [*line.links, *[""] * (columns - len(line.links))]
    cells = "".join(
        f"<td{_css(column, now, value)}>{_shown(line.now if value is None and column == now else value, link)}</td>"
        for column, (value, link) in enumerate(zip(values, links, strict=True))
    )
    total = "" if line.total is None else f"<b>{grouped(line.total)}</b>"
    return f'<tr><th scope="row">{html.escape(line.name)}</th>{cells}<td>{total}</td></tr>'


def _css(column: int, now: int | None, value: Number | Cell | None = None) -> str:
    if column == now:
        return ' class="is-now"'
    if value is None:
        return ' class="is-future"' if now is not None and column > now else ""
    return ' class="fall"' if not isinstance(value, Cell) and value < 0 else ""


def _shown(value: Number | Cell | None, link: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Cell):
        return cell_of(value)
    address = href_of(link)
    return f'<a href="{address}">{grouped(value)}</a>' if address else grouped(value)
