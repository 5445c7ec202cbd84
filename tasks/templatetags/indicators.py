"""What pages of other floors show of promised numbers: every source's figure beside the official one."""

from django import template

from tasks.models import Indicator
from tasks.tables import difference_words

register = template.Library()
register.filter(difference_words)


@register.inclusion_tag("tasks/part/promised.html", takes_context=True)
def promised(context, plan, action=None, month=None):
    """The indicators of an action and those that belong to none (all of the plan without one) up to ``month``, by source."""
    rows = Indicator.objects.visible_to(context["request"].user).promised(plan, action)
    return {"lines": [(each, each.stand(month), each.beside(month)) for each in rows.with_figures()]}


@register.inclusion_tag("tasks/part/promised_paper.html", takes_context=True)
def promised_paper(context, plan, action=None, month=None):
    """The same on paper."""
    return promised(context, plan, action, month)
