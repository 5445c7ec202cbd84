"""Who may do what to units and accounts."""

from units.models import User


def can_manage_accounts(user):
    return user.is_authenticated and user.role == User.Role.ADMIN


def can_manage_units(user):
    return user.is_authenticated and user.role == User.Role.ADMIN


def can_name_contacts(user, unit):
    """The administrator may help out."""
    if not user.is_authenticated:
        return False
    own = user.unit_id == unit.pk and user.role in User.WITH_UNIT
    return own or user.role == User.Role.ADMIN


def can_switch_signing(user, unit):
    """The unit's head decides whether reports pass over the head's desk; the administrator may help out."""
    if not user.is_authenticated:
        return False
    return user.role == User.Role.ADMIN or (user.role == User.Role.HEAD and user.unit_id == unit.pk)


def can_see_contacts(user, unit):
    """Names and phone numbers are for those who work with the unit: itself, offices, leaders, inspectors, administrator."""
    own = user.is_authenticated and user.unit_id == unit.pk and user.role in User.WITH_UNIT
    return own or can_see_phones(user)


def can_see_phones(user):
    return user.is_authenticated and user.role in (*User.OVERLOOKERS, User.Role.ADMIN)


def can_read_trace(user):
    return user.is_authenticated and user.role == User.Role.AUDITOR


def can_add_units(user):
    """An office adds the units that a plan of its names."""
    return user.is_authenticated and user.role in User.BRINGERS
