"""Beside a task: cases of reform that came of it, and the way to offer one."""

from django import template

from supervision.models import Experience
from supervision.permissions import can_offer_experience

register = template.Library()
SHOWN = 5


@register.inclusion_tag("supervision/part/about_experiences.html", takes_context=True)
def experiences_about(context, task):
    user = context["request"].user
    rows = Experience.objects.visible_to(user).filter(task=task).select_related("unit")[:SHOWN]
    return {"task": task, "experiences": rows, "may_offer": can_offer_experience(user, task)}
