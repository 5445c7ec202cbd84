"""Days on a line of time, a row a thing: planned, done, the goal, and today (Gantt)."""

import datetime
import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from kit.charts.cells import Head, head_of
from kit.charts.parts import framed, tone_of
from kit.text import escaped

HIGH = 24
MIDDLE = HIGH // 2


@dataclass(frozen=True)
class Mark:
    """One node: the day it is due, the day it was done; ``since`` begins its bar, without it there is none."""

    name: str
    planned: datetime.date | None
    done: datetime.date | None = None
    tone: str = "plain"
    goal: bool = False
    since: datetime.date | None = None

    @property
    def words(self) -> str:
        planned = f"计划{self.planned.isoformat()}" if self.planned else "未定日期"
        done = f"，完成{self.done.isoformat()}" if self.done else "，未完成"
        return f"{'本年目标：' * self.goal}{self.name}，{planned}{done}"


@dataclass(frozen=True)
class Lane:
    """A row: its head, its marks, and what is said beside them in cells of text."""

    head: Head | str
    marks: Sequence[Mark]
    cells: Sequence[str] = ()


@dataclass(frozen=True)
class Span:
    """The days a drawing shows, both included; what lies outside stands at its edge."""

    first: datetime.date
    last: datetime.date

    def share(self, day: datetime.date) -> float:
        return 100 * max(0, min(1, (day - self.first).days / max((self.last - self.first).days, 1)))

    @property
    def months(self) -> Iterator[datetime.date]:
        day = self.first.replace(day=1)
        while day <= self.last:
            if day >= self.first:
                yield day
            day = (day + datetime.timedelta(days=31)).replace(day=1)


def drawn(
    lanes: Sequence[Lane],
    span: Span,
    *,
    today: datetime.date | None = None,
    corner: str = "节点",
    columns: Sequence[str] = (),
    caption: str = "时间任务表",
) -> SafeString:
    here = today if today and span.first <= today <= span.last else None
    heads = "".join(f'<th scope="col">{html.escape(column)}</th>' for column in columns)
    rows = "".join(_row(lane, span, here) for lane in lanes)
    heads = (
        f'<th scope="col">{html.escape(corner)}</th><th scope="col" class="gantt-time">{_scale(span, here)}</th>{heads}'
    )
    return framed("gantt", caption, heads, rows)


def _row(lane: Lane, span: Span, today: datetime.date | None) -> str:
    goal = ' class="is-goal"' if any(mark.goal for mark in lane.marks) and len(lane.marks) == 1 else ""
    cells = "".join(f"<td>{escaped(cell)}</td>" for cell in lane.cells)
    said = html.escape("；".join(mark.words for mark in lane.marks) or "没有节点")
    drawing = _grid(span) + _bars(lane, span) + _today(span, today) + "".join(_mark(mark, span) for mark in lane.marks)
    return (
        f"<tr{goal}>{head_of(lane.head, 'row')}"
        f'<td><svg class="gantt-lane" width="100%" height="{HIGH}" role="img" aria-label="{said}">{drawing}</svg></td>{cells}</tr>'
    )


def _scale(span: Span, today: datetime.date | None) -> str:
    months = list(span.months)
    every = 1 if len(months) <= 14 else 6
    shown = [
        day for place, day in enumerate(months) if day.month % every == 1 % every and not _follows_year(place, day)
    ]
    labels = "".join(
        f'<text x="{span.share(day):.2f}%" dx="3" y="15">{_month_words(day, months[0])}</text>' for day in shown
    )
    return f'<svg class="gantt-lane" width="100%" height="20" role="img" aria-label="{_span_words(span, today)}">{labels}</svg>'


def _follows_year(place: int, day: datetime.date) -> bool:
    return place == 1 or day.month == 2


def _month_words(day: datetime.date, first: datetime.date) -> str:
    return f"{day:%Y}.{day.month}" if day.month == 1 or day == first else f"{day.month}"


def _span_words(span: Span, today: datetime.date | None) -> str:
    words = f"{span.first.isoformat()}至{span.last.isoformat()}"
    return f"{words}，竖线为{today.isoformat()}" if today else words


def _grid(span: Span) -> str:
    return "".join(_upright("chart-grid", span.share(day)) for day in span.months)


def _today(span: Span, today: datetime.date | None) -> str:
    return _upright("gantt-today", span.share(today)) if today else ""


def _upright(css: str, share: float) -> str:
    return f'<line class="{css}" x1="{share:.2f}%" x2="{share:.2f}%" y1="0" y2="{HIGH}"/>'


def _bars(lane: Lane, span: Span) -> str:
    bars = ""
    for mark in lane.marks:
        if mark.since and (end := mark.done or mark.planned):
            start, stop = sorted((span.share(mark.since), span.share(end)))
            bars += f'<rect class="gantt-bar tone-{tone_of(mark.tone)}" x="{start:.2f}%" width="{stop - start:.2f}%" '
            bars += f'y="{MIDDLE - 4}" height="8" rx="2"/>'
    return bars


def _mark(mark: Mark, span: Span) -> str:
    """The due day is a ring, the day it was done a dot; late or early is the line between them."""
    drawing = f"<title>{html.escape(mark.words)}</title>"
    if mark.planned and mark.done and mark.done != mark.planned:
        ends = span.share(mark.planned), span.share(mark.done)
        drawing += f'<line class="gantt-shift" x1="{ends[0]:.2f}%" x2="{ends[1]:.2f}%" y1="{MIDDLE}" y2="{MIDDLE}"/>'
    if mark.planned:
        css = "gantt-due is-goal" if mark.goal else "gantt-due"
        drawing += (
            f'<circle class="{css}" cx="{span.share(mark.planned):.2f}%" cy="{MIDDLE}" r="{6 if mark.goal else 5}"/>'
        )
    if mark.done:
        drawing += f'<circle class="gantt-done" cx="{span.share(mark.done):.2f}%" cy="{MIDDLE}" r="3.5"/>'
    return f'<g class="tone-{tone_of(mark.tone)}">{drawing}</g>'
