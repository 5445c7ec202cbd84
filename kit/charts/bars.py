"""Bars: shares of a whole side by side, one figure, and a figure with the place where it should be by now."""

import html
from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

from kit.charts.parts import Number, number_of, tone_of

# A smaller share of the bar (of 100) has no room for its number; the label and the legend still tell it.
ROOM_FOR_NUMBER = 6
BAR_HEIGHT = 18


def stacked_bar(parts: Iterable[tuple[str, Number, str]], *, title: str = "") -> SafeString:
    """One bar of (label, value, tone) parts, each as wide as its share: 办结4，正常14，严重滞后1."""
    parts = [
        (f"{label}{number_of(value)}", value, tone_of(tone)) for label, value, tone in parts if value and value > 0
    ]
    whole = float(sum(value for _, value, _ in parts))
    words = "，".join(name for name, _, _ in parts) or "没有数据"
    drawn, start = [], 0.0
    for name, value, tone in parts:
        share = float(value) * 100 / whole
        drawn.append(_bar_part(name, number_of(value), tone, start, share))
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
    number = html.escape(text if text is not None else f"{number_of(value)}%")
    reached = number_of(max(0, min(value, maximum)))
    return mark_safe(
        f'<span class="bar{" bar-full" * full}"><progress class="tone-{tone_of(tone)}" max="{number_of(maximum)}" '
        f'value="{reached}" aria-label="{html.escape(label)}{number}"></progress><b>{number}</b></span>'
    )


def track(
    share: Number | None, due: Number | None, tone: str = "done", *, label: str = "", wide: bool = False
) -> SafeString:
    """How far (of 100) beside how far it should be by now, which is a black line. More than all ends in an edge of its own."""
    name = html.escape(label or _track_words(share, due))
    size = ' class="track track-wide' if wide else ' class="track'
    return mark_safe(
        f'<svg{size} tone-{tone_of(tone)}" width="88" height="14" role="img" aria-label="{name}">'
        f"{_track(share, due, bed=('3', '8'), mark=('0', '14'))}</svg>"
    )


def hall_track(share: Number, due: Number | None, tone: str, *, whole: str) -> SafeString:
    """The same for a hall, its numbers above it, as large as the screen; ``whole`` is what all of it is."""
    words = _track_words(share, due)
    # What stands at its own place keeps clear of what stands at either end.
    should = (
        f'<text x="{min(max(float(due), 40), 80):.2f}%" y="1.4rem" text-anchor="middle">应 {due}%</text>' if due else ""
    )
    return mark_safe(
        f'<svg class="hall-bar tone-{tone_of(tone)}" width="100%" height="4.6rem" role="img" aria-label="{words}">'
        f"{_track(share, due, bed=('2.1rem', '2rem'), mark=('1.6rem', '4.6rem'))}"
        f'<text x="0" y="1.4rem">占年计划 {number_of(share)}%</text>{should}'
        f'<text x="100%" y="1.4rem" text-anchor="end">{html.escape(whole)}</text></svg>'
    )


def _track(share: Number | None, due: Number | None, *, bed: tuple[str, str], mark: tuple[str, str]) -> str:
    y, height = bed
    reached = max(0, min(float(share or 0), 100))
    drawn = f'<rect class="track-bed" y="{y}" width="100%" height="{height}" rx="2"/>'
    if reached:
        drawn += f'<rect class="track-fill" y="{y}" width="{reached:.2f}%" height="{height}" rx="2"/>'
    if due is not None:
        place = f"{max(0, min(float(due), 100)):.2f}%"
        drawn += f'<line class="track-due" x1="{place}" x2="{place}" y1="{mark[0]}" y2="{mark[1]}"/>'
    if share is not None and share > 100:
        drawn += f'<line class="track-over" x1="98%" x2="98%" y1="{mark[0]}" y2="{mark[1]}"/>'
    return drawn


def _track_words(share: Number | None, due: Number | None) -> str:
    done = "没有数字" if share is None else f"完成{number_of(share)}%"
    return done if due is None else f"{done}，应完成{number_of(due)}%"
