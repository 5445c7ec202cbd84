"""A form that is kept while it is typed: ``<form ... {% keeps form %}>`` and ``units/part/typed.html`` before its buttons."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html

register = template.Library()


@register.simple_tag(takes_context=True)
def keeps(context, form, place=""):
    """``place`` is the address that takes the form, where it is not this page's."""
    return format_html(
        'data-typed="{}" data-typed-place="{}" data-csrf-cookie="{}"{}',
        reverse("typed"),
        place or context["request"].get_full_path(),
        settings.CSRF_COOKIE_NAME,
        " data-typed-here" if form.is_bound else "",
    )
