"""Who may dispatch projects, and who answers for what was settled."""

from tasks.permissions import can_manage_plan, leads
from units.models import User


def can_dispatch(user, plan, action=None, sector=None):
    """The unit that leads an action for its projects, a sector's lead for the sector, the plan's office for all."""
    if can_manage_plan(user, plan):
        return True
    if action is not None:
        return action.plan_id == plan.pk and leads(user, action)
    acts = user.is_authenticated and user.does_business and not user.sees_everything and user.unit_id
    return bool(acts) and sector is not None and sector.plan_id == plan.pk and sector.lead_id == user.unit_id


def can_read_dispatch(user, plan, action=None, sector=None):
    """Whoever dispatches, and who sees everything."""
    return can_dispatch(user, plan, action, sector) or (user.is_authenticated and user.sees_everything)


def can_record_visit(user, plan, leader):
    """A county leader for themselves, the plan's office for them."""
    own = user.is_authenticated and user.role == User.Role.LEADER and user.pk == leader.pk
    return own or can_manage_plan(user, plan)


def can_record_visits(user):
    """Who may record any: leaders, and offices for them."""
    return user.is_authenticated and user.role in (User.Role.LEADER, User.Role.OFFICE)


def can_confirm_word(user, word):
    """Whoever acts for the envoy's unit."""
    acts = user.is_authenticated and user.role in User.WITH_UNIT
    return acts and word.confirming_unit is not None and word.confirming_unit.pk == user.unit_id


def can_keep(user, occasion):
    """Write, correct and settle an occasion, and say later whether its items were kept."""
    if occasion.kind == occasion.Kind.VISIT:
        return can_record_visit(user, occasion.plan, occasion.leader)
    return can_dispatch(user, occasion.plan, occasion.action, occasion.sector)


def can_keep_rhythm(user, plan):
    """The plan's office sets the rules of its calendar."""
    return can_manage_plan(user, plan)


def can_note_duty(user, plan, unit):
    """Whoever acts for the unit whose duty it is, a 督查室 too, and the plan's office for it."""
    acts = user.is_authenticated and user.role in (*User.WITH_UNIT, User.Role.INSPECTOR)
    return can_manage_plan(user, plan) or (acts and user.unit_id == unit.pk)
