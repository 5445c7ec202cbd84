"""A year's plan and what was done of it, both added up month by month: how far they are apart, where the pace leads."""

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from django.utils.safestring import SafeString, mark_safe

from kit.charts.parts import Number, tone_of
from kit.rates import grouped

# As wide as its place: places across are shares of it, its height and letters stay the same.
HIGH, TOP, BOTTOM = 206, 26, 26
# Heights in pixels: nearer than this, two words at one month would touch.
ROOM = 32
# Shares of the width: words at a month before the first stand at its right, at a month after the second there is no
# room beside those of the year's end.
EARLY, LATE = 30, 95
STEPS = (1, 2, Decimal("2.5"), 4, 5, 10)


@dataclass(frozen=True)
class Curve:
    """Amounts of each month. Of ``actual``, None is a month without a figure yet; ``first`` is the plan before it was changed.

    ``pace`` is where the year ends at the present pace, ``pace_words`` say how that was computed.
    """

    labels: Sequence[str]
    plan: Sequence[Number | None]
    actual: Sequence[Number | None]
    first: Sequence[Number | None] = ()
    unit: str = "万元"
    tone: str = "done"
    pace: Number | None = None
    pace_words: str = "按近3月速度，年底约"

    @property
    def planned(self) -> list[Number]:
        return list(accumulate(value or 0 for value in self.plan))

    @property
    def first_planned(self) -> list[Number]:
        first = [value or 0 for value in self.first]
        return list(accumulate(first)) if first != [value or 0 for value in self.plan] else []

    @property
    def done(self) -> list[Number]:
        """Up to the last month with a figure; a month without one adds nothing."""
        known = [column for column, value in enumerate(self.actual) if value is not None]
        return list(accumulate(value or 0 for value in self.actual[: known[-1] + 1])) if known else []

    @property
    def gaps(self) -> list[Number]:
        """Done less planned, both added up; less than nothing is behind."""
        return [done - planned for done, planned in zip(self.done, self.planned, strict=False)]


def drawn(curve: Curve, *, title: str = "") -> SafeString:
    frame = _Frame.around(curve)
    name = html.escape(f"{title or '计划与完成'}（{curve.unit}），数字见下表")
    lines = [
        _line(frame, "curve-first", curve.first_planned),
        _line(frame, "curve-plan", curve.planned if any(curve.plan) else []),
        _line(frame, "curve-done", curve.done),
        _ahead(frame, curve),
    ]
    return mark_safe(
        f'<svg class="chart curve tone-{tone_of(curve.tone)}" width="100%" height="{HIGH}" role="img" aria-label="{name}">'
        f"{_grid(frame)}{_months(frame, curve.labels)}"
        f'<svg viewBox="0 0 100 {HIGH}" preserveAspectRatio="none">{"".join(lines)}</svg>'
        f"{_now(frame, curve)}{_end(frame, curve)}</svg>"
    )


@dataclass(frozen=True)
class _Frame:
    """Where a value stands in the drawing; column 0 is the year's beginning."""

    columns: int
    low: float
    high: float
    step: float

    @classmethod
    def around(cls, curve: Curve) -> "_Frame":
        values = [0, *curve.planned, *curve.first_planned, *curve.done, curve.pace or 0]
        low, high = float(min(values)), float(max(values))
        step = _step((high - low) or 4)
        low = step * math.floor(low / step)
        return cls(max(len(curve.labels), 1), low, max(high, low + step), step)

    def x(self, column: int) -> float:
        return 100 * column / self.columns

    def y(self, value: Number) -> float:
        return TOP + (HIGH - TOP - BOTTOM) * (1 - (float(value) - self.low) / (self.high - self.low))

    @property
    def ticks(self) -> list[Decimal]:
        step = Decimal(f"{self.step:g}")
        count = int((self.high - self.low) / self.step + 1e-9)
        return [Decimal(f"{self.low:g}") + step * number for number in range(count + 1)]


def _step(span: float) -> float:
    tens = Decimal(10) ** (Decimal(str(span / 4)).adjusted())
    return float(next(step * tens for step in STEPS if step * tens * 4 >= Decimal(str(span)) * Decimal("0.999")))


def _grid(frame: _Frame) -> str:
    rows = ""
    for value in frame.ticks:
        y, css = f"{frame.y(value):.1f}", "chart-grid" if value else "chart-axis"
        rows += f'<line class="{css}" x1="0" y1="{y}" x2="100%" y2="{y}"/>'
        rows += f'<text x="-6" y="{y}" dy="0.35em" text-anchor="end">{grouped(value)}</text>'
    return rows


def _months(frame: _Frame, labels: Sequence[str]) -> str:
    return "".join(
        _text(
            frame.x(column),
            HIGH - 6,
            label,
            css="chart-other" if (len(labels) - column) % 2 else "",
            # A month of another year is too long to stand in the middle of the edge.
            anchor="end" if column == len(labels) and len(label) > 3 else "middle",
        )
        for column, label in enumerate(labels, 1)
    )


def _line(frame: _Frame, css: str, values: Sequence[Number]) -> str:
    places = [(frame.x(column), frame.y(value)) for column, value in enumerate([0, *values])]
    return _path(css, places) if values else ""


def _path(css: str, places: Sequence[tuple[float, float]]) -> str:
    points = "L".join(f"{x:.2f} {y:.1f}" for x, y in places)
    return f'<path class="{css}" vector-effect="non-scaling-stroke" d="M{points}"/>'


def _ahead(frame: _Frame, curve: Curve) -> str:
    if curve.pace is None or not curve.done or len(curve.done) >= frame.columns:
        return ""
    here = (frame.x(len(curve.done)), frame.y(curve.done[-1]))
    return _path("curve-ahead", [here, (100, frame.y(curve.pace))])


def _now(frame: _Frame, curve: Curve) -> str:
    if not curve.done:
        return ""
    column, done = len(curve.done), curve.done[-1]
    x, y = frame.x(column), frame.y(done)
    dot = f'<circle class="chart-dot" cx="{x:.2f}%" cy="{y:.1f}" r="4"/>'
    if not any(curve.plan):
        return dot + _beside(x, y - 9, f"完成 {grouped(done)}")
    planned = curve.planned[column - 1]
    gap, is_near = _gap_words(done - planned), abs(frame.y(planned) - y) < ROOM
    above, below = sorted(
        [(planned, f"计划 {grouped(planned)}"), (done, f"完成 {grouped(done)}")], key=lambda one: -one[0]
    )
    below_words = f"{below[1]}，{gap}" if is_near and gap else below[1]
    words = _beside(x, frame.y(above[0]) - 8, above[1]) if x < LATE else ""
    words += _beside(x, _below(frame, curve, frame.y(below[0])) if is_near else frame.y(below[0]) - 8, below_words)
    return _gap(x, sorted([frame.y(planned), y]), "" if is_near else gap) + dot + words


def _below(frame: _Frame, curve: Curve, y: float) -> float:
    """Words to the left of the last point, as long as three months where the drawing is narrow, keep below what was done and planned there."""
    column = len(curve.done)
    steep = [frame.y(line[column - 4]) for line in (curve.done, curve.planned) if column > 3]
    return max(y + 16, *(place + 12 for place in steep)) if steep else y + 16


def _gap_words(gap: Number) -> str:
    return "" if not gap else f"{'少' if gap < 0 else '多'} {grouped(abs(gap))}"


def _gap(x: float, places: Sequence[float], words: str) -> str:
    top, bottom = places
    drawn = f'<line class="curve-gap" x1="{x:.2f}%" x2="{x:.2f}%" y1="{top:.1f}" y2="{bottom:.1f}"/>'
    if words:
        late = x > 100 - EARLY / 2
        drawn += _text(
            x,
            (top + bottom) / 2 + 5,
            words,
            css="curve-gap-text",
            anchor="end" if late else "start",
            dx=-8 if late else 8,
        )
    return drawn


def _beside(x: float, y: float, words: str) -> str:
    early = x < EARLY
    return _text(
        x,
        min(y, HIGH - BOTTOM - 4),
        words,
        css="chart-strong",
        anchor="start" if early else "end",
        dx=8 if early else -8,
    )


def _end(frame: _Frame, curve: Curve) -> str:
    words = ""
    if any(curve.plan):
        # On top, unless far more was done than planned: then what was done has its words there.
        y = frame.y(curve.planned[-1])
        words += _text(100, 13 if y < TOP + ROOM else y + 18, f"年计划 {grouped(curve.planned[-1])}", anchor="end")
    if _ahead(frame, curve):
        words += _pace(frame, curve)
    return words


def _pace(frame: _Frame, curve: Curve) -> str:
    words = f"{curve.pace_words} {grouped(curve.pace)}（推算）"
    done, gap = frame.y(curve.done[-1]), curve.gaps[-1] if curve.gaps else 0
    below = max(done, frame.y(curve.pace)) + ROOM
    is_clear = below < HIGH - BOTTOM and gap < 0 and done - frame.y(curve.done[-1] - gap) > ROOM
    return _text(100, below, words, anchor="end") if is_clear else _text(0, TOP + 4, words, dx=8)


def _text(x: float, y: float, words: str, *, css: str = "", anchor: str = "start", dx: int = 0) -> str:
    name, shift = f' class="{css}"' if css else "", f' dx="{dx}"' if dx else ""
    return f'<text{name} x="{x:.2f}%" y="{y:.1f}"{shift} text-anchor="{anchor}">{html.escape(words)}</text>'
