"""What pages ask of Django by the hundred, as Django answers it and ten times quicker: an address by name, a day in numbers.

Built into every template; whatever is not plain here stays Django's.
"""

import datetime
import re
from functools import cache

from django import template
from django.template import defaultfilters, defaulttags
from django.utils.html import conditional_escape

from kit.addresses import address_of

register = template.Library()
DAY_PARTS = {
    "Y": "{0.year}",
    "n": "{0.month}",
    "m": "{0.month:02d}",
    "j": "{0.day}",
    "d": "{0.day:02d}",
}
PARTS = DAY_PARTS | {"H": "{0.hour:02d}", "i": "{0.minute:02d}", "s": "{0.second:02d}"}
OTHER = re.compile(r"[A-Za-z\\{}]")


@register.filter(expects_localtime=True, is_safe=False)
def date(value, told=None):
    """``date`` of Django."""
    if not told or not isinstance(value, datetime.date):
        return defaultfilters.date(value, told)
    if told == "c":
        return value.isoformat()
    written = _written(type(value), told)
    return written.format(value) if written else defaultfilters.date(value, told)


@cache
def _written(kind, told):
    """The format of Python that writes the same; None where there is none."""
    parts = PARTS if issubclass(kind, datetime.datetime) else DAY_PARTS
    if OTHER.search("".join(each for each in told if each not in parts)):
        return None
    return "".join(parts.get(each, each) for each in told)


@register.tag
def url(parser, token):
    """``url`` of Django."""
    node = defaulttags.url(parser, token)
    name = node.view_name.var
    plain = isinstance(name, str) and ":" not in name and not node.kwargs and not node.asvar
    return Address(name, node.args) if plain else node


class Address(template.Node):
    """The address of a page by its name and at most a few keys."""

    def __init__(self, name, keys):
        self.name, self.keys = str(name), keys

    def render(self, context):
        found = address_of(self.name, *(key.resolve(context) for key in self.keys))
        return conditional_escape(found) if context.autoescape else found
