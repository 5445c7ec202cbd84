"""What every chart is made of: a tone, an address of ours, a number."""

import html
from decimal import Decimal

TONES = frozenset({"good", "warn", "danger", "info", "done", "muted", "plain"})

Number = int | float | Decimal


def tone_of(tone: str) -> str:
    return tone if tone in TONES else "plain"


def href_of(address: str) -> str:
    """An address of ours, escaped; what could run as script is no address."""
    ours = address.startswith(("/", "?", "#")) and not address.startswith("//")
    return html.escape(address) if ours else ""


def number_of(value: Number) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
