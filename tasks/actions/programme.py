"""How a plan sorts its key projects: to which action a class belongs, and the sectors with the units that lead them."""

from dataclasses import dataclass

from django.db import transaction

from kit.moves import lock, require
from kit.refusal import Refusal
from kit.trace import differences
from tasks.actions.classes import set_class_rule
from tasks.models import PlanEvent, Sector
from tasks.permissions import can_manage_plan


@dataclass(frozen=True)
class Belongs:
    """What is said of one class."""

    klass: str
    action: object
    also: object = None
    rhythm: str = "MONTHLY"


@dataclass(frozen=True)
class Field:
    """What is said of one sector; ``key`` is its own where it is on record."""

    name: str
    lead: object = None
    key: int | None = None


@transaction.atomic
def arrange(plan, by, classes, sectors):
    """Write both; a sector that is not named goes, unless projects stand in it."""
    plan = lock(plan)
    require(not by or can_manage_plan(by, plan))
    before = _described(plan)
    for each in classes:
        set_class_rule(plan, by, each.klass, action=each.action, also=each.also, rhythm=each.rhythm)
    _put_sectors(plan, sectors)
    if changes := differences(before, _described(plan)):
        PlanEvent.write(plan, by, "设定项目类别和行业", changes=changes)
    return plan


def _put_sectors(plan, sectors):
    names = [each.name for each in sectors]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise Refusal(f"行业“{twice}”写了两次。")
    gone = plan.sectors.exclude(pk__in=[each.key for each in sectors if each.key])
    if used := gone.filter(projects__isnull=False).first():
        raise Refusal(f"行业“{used}”下还有项目，不能去掉。")
    gone.delete()
    known = {each.pk: each for each in plan.sectors.all()}
    # Two may have changed their names with each other.
    for key in known:
        Sector.objects.filter(pk=key).update(name=f"{key}#")
    for order, each in enumerate(sectors, 1):
        row = known.get(each.key) or Sector(plan=plan)
        row.name, row.lead, row.order = each.name, each.lead, order
        row.save()


def _described(plan):
    rules = plan.class_rules.select_related("action", "also")
    told = {
        f"{rule.get_klass_display()}": f"{rule.action.number}"
        + (f"，{rule.also.number}同时调度" if rule.also else "")
        + f"，{rule.get_rhythm_display()}"
        for rule in rules
    }
    sectors = plan.sectors.select_related("lead")
    return told | {"行业": "、".join(f"{each.name}（{each.lead}）" if each.lead else each.name for each in sectors)}
