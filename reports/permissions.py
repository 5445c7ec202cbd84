"""Who may do what to reports. These ask who somebody is; what state a report is in, its action asks."""

from tasks.permissions import can_manage_plan
from units.models import User


def answers_for(user, report):
    """Is it the person's unit that answers for this report: its own, or one merged into it?"""
    if not user.is_authenticated or user.unit_id is None:
        return False
    return user.unit_id == report.unit_id or report.unit.answering() == user.unit


def can_file(user, report):
    """A unit's own people write and submit its report."""
    return answers_for(user, report) and user.role in User.WITH_UNIT


def can_sign(user, report):
    """The head of the unit signs it off."""
    return answers_for(user, report) and user.role == User.Role.HEAD


def can_review(user, report):
    """Staff of the plan's office decide on it; nobody decides on another office's plan."""
    return can_manage_plan(user, report.period.plan)


def can_manage_period(user, period):
    """The plan's office opens, closes and extends its periods."""
    return can_manage_plan(user, period.plan)


def can_see_overview(user):
    """Offices, leaders and inspectors look over all units."""
    return user.is_authenticated and user.role in User.OVERLOOKERS


def can_oversee(user, plan):
    """Every report of a plan, so its official sheets: its own office, leaders and inspectors."""
    return can_manage_plan(user, plan) or (user.is_authenticated and user.sees_everything)


def can_archive(user, plan):
    """Who reads all of a plan's year takes it home."""
    return can_oversee(user, plan)
