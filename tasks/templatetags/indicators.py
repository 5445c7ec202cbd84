"""What pages of other floors show of promised numbers: every source's figure beside the official one."""

from django import template

from tasks.models import Indicator
from tasks.tables import difference_words

register = template.Library()
register.filter(difference_words)


@register.inclusion_tag("tasks/part/promised.html", takes_context=True)
def promised(context, plan, action=None, month=None):
    """The indicators of one action (of the whole plan without one) up to ``month``, each source with what it reaches."""
    rows = Indicator.objects.visible_to(context["request"].user).filter(plan=plan)
    rows = rows if action is None else rows.filter(task=action)
    return {"lines": [(each, each.stand(month), each.beside(month)) for each in rows.with_figures()]}
