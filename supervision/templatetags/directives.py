"""What pages of lower floors show of directives: beside a task, on a unit's desk and page, where something can be handed down from."""

from django import template
from django.db.models import Q

from reports.models import Workday
from supervision.dashboard import directives as desk
from supervision.models import Directive
from supervision.permissions import can_hand_down, can_order
from units.models import Unit

register = template.Library()
SHOWN = 8
FOR_LEADER = 50


@register.inclusion_tag("supervision/part/desk_directives.html", takes_context=True)
def desk_directives(context):
    user = context["user"]
    rows = Directive.objects.visible_to(user).answered_by(user.units).open()
    rows = list(rows.with_parts().prefetch_related("points", "pleas").order_by("due_on", "pk")[: SHOWN + 1])
    is_workday = Workday.test() if rows else None
    pages = [desk.Page(user, row, is_workday) for row in rows]
    return {"pages": pages[:SHOWN], "more": len(pages) > SHOWN}


@register.inclusion_tag("supervision/part/beside_directives.html", takes_context=True)
def directives_beside(context, task):
    """In the unit's month: its open directives about this task, read once for the whole page."""
    request = context["request"]
    if not hasattr(request, "open_directives"):
        user, found = request.user, {}
        rows = Directive.objects.visible_to(user).answered_by(user.units).open().exclude(task=None)
        for row in rows.select_related("issuer"):
            found.setdefault(row.task_id, []).append(row)
        request.open_directives = found
    return {"directives": [row for key in (task.pk, task.continues_id) for row in request.open_directives.get(key, ())]}


@register.inclusion_tag("supervision/part/about_directives.html", takes_context=True)
def directives_about(context, task):
    user = context["request"].user
    rows = Directive.objects.visible_to(user).of_task(task).with_parts().order_by("-sent_at", "-pk")
    return _ways(user, task) | {"directives": list(rows[:SHOWN]), "query": f"task={task.pk}"}


@register.inclusion_tag("supervision/part/carried_directives.html", takes_context=True)
def directives_carried(context, tasks, projects):
    plan, user = context["plan"], context["request"].user
    numbers = {each.task.pk: each.number for each in tasks} | {line.project.pk: line.project.code for line in projects}
    rows = Directive.objects.visible_to(user).open().filter(task__plan=plan).with_parts()
    rows = [(row, numbers.get(row.task_id)) for row in rows.order_by("task__order", "due_on", "pk")]
    return {"going": [row for row in rows if row[1]], "staying": [row for row, number in rows if not number]}


@register.inclusion_tag("supervision/part/about_directives.html", takes_context=True)
def directives_of(context, unit):
    user = context["request"].user
    rows = (
        Directive.objects.visible_to(user)
        .answered_by(Unit.objects.behind([unit.pk]).values("pk"))
        .open()
        .with_parts()
        .order_by("due_on", "pk")
    )
    return _ways(user) | {"directives": list(rows[:SHOWN]), "query": f"unit={unit.pk}"}


@register.inclusion_tag("supervision/part/ways_down.html", takes_context=True)
def hand_down_from(context, kind, key, task=None):
    return _ways(context["request"].user, task) | {"query": f"{kind}={key}"}


def _ways(user, task=None):
    return {"may_hand_down": can_hand_down(user, task), "may_order": can_order(user)}


def _for_leader(request):
    """(what a leader ordered and has not seen closed, what is overdue at a leader's level), read once for the whole page."""
    if not hasattr(request, "leader_directives"):
        user = request.user
        mine = Q(ordered_by=user.pk, status__in=(Directive.Status.DRAFT, *Directive.OPEN))
        above = Q(status__in=Directive.OPEN) & ~Q(level=Directive.Level.UNIT)
        rows = Directive.objects.visible_to(user).filter(mine | above).with_parts().prefetch_related("points", "pleas")
        rows = list(rows.order_by("due_on", "pk")[:FOR_LEADER])
        is_workday = Workday.test() if rows else None
        pages = [desk.Page(user, row, is_workday) for row in rows]
        ordered = [page for page in pages if page.directive.ordered_by_id == user.pk]
        late = [page for page in pages if page not in ordered and page.due_tone == "danger"]
        request.leader_directives = ordered, late
    return request.leader_directives


@register.inclusion_tag("supervision/part/leader_waiting.html", takes_context=True)
def leader_waiting(context):
    """In one line, above everything: how many wait for this leader."""
    if not can_order(context["request"].user):
        return {}
    ordered, above = _for_leader(context["request"])
    late = sum(page.due_tone == "danger" for page in ordered)
    more = len(ordered) + len(above) == FOR_LEADER
    return {"above": len(above), "ordered": len(ordered), "late": late, "more": more}


@register.inclusion_tag("supervision/part/leader_directives.html", takes_context=True)
def leader_directives(context):
    if not can_order(context["request"].user):
        return {}
    ordered, above = _for_leader(context["request"])
    return {"ordered": ordered[:SHOWN], "above": above[:SHOWN]}


@register.inclusion_tag("supervision/part/directive_sums.html", takes_context=True)
def directive_sums(context):
    user = context["request"].user
    tabs = desk.conditions(user, desk.latest(Workday.test()))
    counted = desk.counts(Directive.objects.visible_to(user), tabs, "all")
    if not counted["all"]:
        return {}
    told = (
        (name, *desk.TABS[name], counted[name]) for name in ("open", "late", "check", "continuing", "closed", "out")
    )
    rows = [
        (name, word, tone if n else "", n) for name, word, tone, n in told if n or name in ("open", "late", "closed")
    ]
    return {"sums": desk.columns_in(counted), "tabs": rows}
