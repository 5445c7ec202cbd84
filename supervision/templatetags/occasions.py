"""What pages of lower floors show of occasions: a project's visits and what dispatch settled about it."""

from itertools import groupby

from django import template

from supervision.models import Item

register = template.Library()


@register.inclusion_tag("supervision/part/project_visits.html", takes_context=True)
def project_visits(context, project):
    """Newest first, as far as this person reads them."""
    rows = Item.objects.visible_to(context["request"].user).filter(project=project)
    rows = rows.select_related("unit", "occasion__leader", "occasion__action", "occasion__sector")
    rows = rows.order_by("-occasion__held_on", "-occasion", "number")
    return {"rows": [(occasion, list(items)) for occasion, items in groupby(rows, lambda item: item.occasion)]}
