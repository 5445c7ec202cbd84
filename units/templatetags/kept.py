"""What was typed into a form that was not taken."""

from django import template

from units.views.kept import Kept

register = template.Library()


@register.inclusion_tag("shell/kept_text.html", takes_context=True)
def typed_text(context):
    """On every page that refuses a form."""
    request = context.get("request")
    return {"kept": Kept.of(request) if request and request.method == "POST" else None}
