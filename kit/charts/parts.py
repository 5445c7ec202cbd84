"""What every chart is made of: a tone, an address of ours, a number."""

import html
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe

TONES = frozenset({"good", "warn", "danger", "info", "done", "muted", "plain"})

Number = int | float | Decimal


def tone_of(tone: str) -> str:
    return tone if tone in TONES else "plain"


def href_of(address: str) -> str:
    """An address of ours, escaped; what could run as script is no address."""
    ours = address.startswith(("/", "?", "#")) and not address.startswith("//")
    return html.escape(address) if ours else ""


def framed(css: str, caption: str, heads: str, rows: str, *, around: str = "scroll") -> SafeString:
    """A table that scrolls sideways where it has no room, by keyboard too."""
    name = html.escape(caption)
    return mark_safe(
        f'<div class="{around}" tabindex="0" role="region" aria-label="{name}"><table class="{css}">'
        f'<caption class="sr">{name}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def number_of(value: Number) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
