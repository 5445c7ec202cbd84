"""How a found text is shown: the words looked for are marked, a long text is cut around the first of them."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe

register = template.Library()

AROUND = 40


def _pattern(words):
    parts = [re.escape(word) for word in words.split()]
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


@register.filter
def marked(text, words):
    pattern, text = _pattern(words), str(text)
    if pattern is None:
        return text
    shown, last = "", 0
    for found in pattern.finditer(text):
        shown += f"{escape(text[last : found.start()])}<mark>{escape(found.group())}</mark>"
        last = found.end()
    return mark_safe(shown + escape(text[last:]))


@register.filter
def excerpt(text, words):
    pattern = _pattern(words)
    found = pattern.search(text) if pattern else None
    start = max(0, found.start() - AROUND) if found else 0
    return mark_safe("…" * bool(start) + marked(text[start:], words))
