"""What pages of other floors show of promised numbers: every source's figure beside the official one."""

from django import template

from tasks.models import Indicator, SourceKind
from tasks.tables import difference_words

register = template.Library()
register.filter(difference_words)


@register.inclusion_tag("tasks/part/promised.html", takes_context=True)
def promised(context, plan, action=None, month=None):
    """The indicators of an action and those that belong to none (all of the plan without one) up to ``month``, by source."""
    rows = Indicator.objects.visible_to(context["request"].user).promised(plan, action)
    return {"lines": [(each, each.stand(month), each.beside(month)) for each in rows.with_figures()]}


@register.inclusion_tag("tasks/part/promised_hall.html", takes_context=True)
def promised_hall(context, plan, action=None, month=None):
    """The same for a screen that is read from afar: a column for each source."""
    lines = promised(context, plan, action, month)["lines"]
    columns = [kind for kind in SourceKind if any(each.kind == kind for _, _, sources in lines for each in sources)]
    rows = []
    for indicator, stand, sources in lines:
        by_kind = {each.kind: each for each in sources}
        rows.append((indicator, stand, [(kind.label, by_kind.get(kind)) for kind in columns]))
    return {"rows": rows, "columns": columns}


@register.inclusion_tag("tasks/part/promised_paper.html", takes_context=True)
def promised_paper(context, plan, action=None, month=None):
    return promised(context, plan, action, month)
