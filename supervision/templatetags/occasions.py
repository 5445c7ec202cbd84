"""What pages of lower floors show of occasions: what waits for a person, what comes, what a project or task was talked about at."""

from itertools import groupby

from django import template

from kit import clock
from supervision.dashboard.coming import Coming, ahead, newest
from supervision.dashboard.visits import A_MONTH
from supervision.models import Item, Occasion
from units.models import Unit

register = template.Library()


@register.inclusion_tag("supervision/part/project_visits.html", takes_context=True)
def project_visits(context, project):
    rows = Item.objects.visible_to(context["request"].user).filter(project=project)
    rows = rows.select_related("unit", "occasion__leader", "occasion__action", "occasion__sector")
    rows = rows.order_by("-occasion__held_on", "-occasion", "number")
    return {"rows": [(occasion, list(items)) for occasion, items in groupby(rows, lambda item: item.occasion)]}


@register.inclusion_tag("supervision/part/visits_made.html", takes_context=True)
def visits_made(context):
    user, month = context["request"].user, clock.today().replace(day=1)
    made = Occasion.objects.visible_to(user).visits().filter(month=month, leader=user.pk).count()
    return {"made": made, "owed": A_MONTH, "month": month}


@register.inclusion_tag("supervision/part/desk_occasions.html", takes_context=True)
def desk_occasions(context):
    return {"coming": Coming(context["request"].user)}


@register.inclusion_tag("supervision/part/short_occasions.html", takes_context=True)
def occasions_ahead(context):
    return {"rows": ahead(context["request"].user), "title": "近期会议、督查和约谈"}


@register.inclusion_tag("supervision/part/short_occasions.html", takes_context=True)
def occasions_of(context, unit):
    user, units = context["request"].user, Unit.objects.behind([unit.pk]).values("pk")
    query = f"unit={unit.name}"
    return {
        "rows": newest(Occasion.objects.visible_to(user).concerning(units)),
        "title": "会议、督查和约谈",
        "query": query,
    }


@register.inclusion_tag("supervision/part/short_occasions.html", takes_context=True)
def occasions_about(context, task):
    rows = Occasion.objects.visible_to(context["request"].user).about(task)
    return {"rows": newest(rows), "title": "会议和督查"}
