"""What every page draws the same way: icons, and links that keep the rest of the address."""

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from kit import rates
from kit.rates import written

register = template.Library()
register.filter(written)


@register.filter
def grouped(number):
    return "—" if number is None else rates.grouped(number)


@register.simple_tag
@lru_cache(maxsize=512, typed=True)  # text that is safe is another text than one to be escaped
def icon(name, label=""):
    address = f"{static('icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, address)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', address)


@register.simple_tag
def menu(places, css=""):
    """The links of the menu, each with how much waits there; every page draws some thirty."""
    return mark_safe("".join(_heading(place, css) + _place(place, css) for place in places))


def _heading(place, css):
    return f'<h2 class="side-heading">{place["heading"]}</h2>' if css and place["heading"] else ""


def _place(place, css):
    css = f' class="{css}"' if css else ""
    current = ' aria-current="page"' if place["current"] else ""
    badge = f'<span class="count">{place["badge"]}</span>' if place["badge"] else ""
    return f'<a{css} href="{place["url"]}"{current}>{icon(place["icon"])}{place["label"]}{badge}</a>'


@register.simple_tag(takes_context=True)
def address(context, **changes):
    """With some parameters changed; an empty value takes one away."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = value
    return "?" + query.urlencode()


@register.filter
def options(pairs):
    """For a datalist: a thousand of them are too many for a template."""
    return mark_safe("".join(f'<option value="{escape(value)}">{escape(label)}</option>' for value, label in pairs))


@register.filter
def pages(paginator, number):
    return [page if isinstance(page, int) else None for page in paginator.get_elided_page_range(number, on_each_side=2)]
