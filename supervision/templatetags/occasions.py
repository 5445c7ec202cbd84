"""What pages of lower floors show of occasions: a project's visits and what dispatch settled about it."""

from itertools import groupby

from django import template

from kit import clock
from supervision.dashboard.visits import A_MONTH
from supervision.models import Item, Occasion

register = template.Library()


@register.inclusion_tag("supervision/part/project_visits.html", takes_context=True)
def project_visits(context, project):
    """Newest first, as far as this person reads them."""
    rows = Item.objects.visible_to(context["request"].user).filter(project=project)
    rows = rows.select_related("unit", "occasion__leader", "occasion__action", "occasion__sector")
    rows = rows.order_by("-occasion__held_on", "-occasion", "number")
    return {"rows": [(occasion, list(items)) for occasion, items in groupby(rows, lambda item: item.occasion)]}


@register.inclusion_tag("supervision/part/visits_made.html", takes_context=True)
def visits_made(context):
    """Of a county leader: how many of the month's visits were made, beside those owed."""
    user, month = context["request"].user, clock.today().replace(day=1)
    made = Occasion.objects.visible_to(user).visits().filter(month=month, leader=user.pk).count()
    return {"made": made, "owed": A_MONTH, "month": month}
