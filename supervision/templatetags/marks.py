"""Marks and places as pages and papers print them, and what the desk says of rounds."""

from django import template

from kit.rates import fixed, written
from supervision.dashboard.wanted import wanted
from supervision.tables.rounds import target_words

register = template.Library()
register.filter("target", target_words)


@register.filter
def mark(number):
    """As totals compare them, two decimals; a dash where there is none."""
    return "—" if number is None or number == "" else fixed(number)


@register.filter
def full(number):
    """The most an item gives, as an office wrote it: 100, 12.5."""
    return written(number)


@register.filter
def formula(score):
    """How the mark that counts came about: by hand, or as computed."""
    told = score.measured.get("formula", "")
    if score.hand_at is None or score.waits:
        return told
    by_hand = "评定不适用" if score.hand is None else f"评定{written(score.hand)}分"
    auto = f"（自动得分{written(score.auto)}：{told}）" if score.auto is not None else ""
    return f"{by_hand}：{score.hand_reason}{auto}"


@register.filter
def rise(row):
    """Of a row as frozen: ↑2, ↓1, —."""
    if row["before"] is None or row["rank"] is None:
        return ""
    places = row["before"] - row["rank"]
    return f"↑{places}" if places > 0 else f"↓{-places}" if places else "—"


@register.inclusion_tag("supervision/part/desk_rounds.html", takes_context=True)
def desk_rounds(context):
    return {"lines": wanted(context["user"])}
