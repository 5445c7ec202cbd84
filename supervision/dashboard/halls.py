"""Which dispatches a person runs or looks at: one for each action, each sector, and one for all of a plan."""

from dataclasses import dataclass

from supervision.permissions import can_dispatch, can_read_dispatch
from tasks.models import Plan, Project, Sector, Task


@dataclass(frozen=True)
class Hall:
    """One dispatch that a person may open."""

    plan: Plan
    title: str
    lead: str
    query: str
    runs: bool


def halls_of(user, month):
    """Return the halls of every plan with projects that runs in ``month``, those of all first."""
    listed = Project.objects.visible_to(user).order_by().values("task__plan")
    plans = Plan.objects.visible_to(user).filter(pk__in=listed).select_related("office").order_by("-year", "pk")
    plans = {plan.pk: plan for plan in plans if plan.covers(month)}
    actions = Task.objects.visible_to(user).actions().in_force().filter(plan__in=plans)
    found = [(plan, None, None) for plan in plans.values()]
    found += [(plans[each.plan_id], each, None) for each in actions.prefetch_related("responsibilities__unit")]
    sectors = Sector.objects.of(plans).select_related("lead")
    found += [(plans[each.plan_id], None, each) for each in sectors]
    return [_hall(user, *each, month) for each in found if can_read_dispatch(user, *each)]


def _hall(user, plan, action, sector, month):
    title = f"{action.number} {action.short_title}" if action else f"{sector}行业" if sector else "全部项目"
    lead = action.lead if action else sector.lead if sector else plan.office
    scope = f"&action={action.pk}" if action else f"&sector={sector.pk}" if sector else ""
    return Hall(plan, title, str(lead or ""), f"month={month:%Y-%m}{scope}", can_dispatch(user, plan, action, sector))
