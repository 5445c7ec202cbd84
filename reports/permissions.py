"""Who may do what to reports. These ask who somebody is; what state a report is in, its action asks."""

from tasks.models import Project
from tasks.permissions import can_manage_plan
from units.models import User


def answers_for(user, report):
    """The unit's own, or one merged into it."""
    if not user.is_authenticated or user.unit_id is None:
        return False
    return user.unit_id == report.unit_id or report.unit.answering() == user.unit


def can_file(user, report):
    return answers_for(user, report) and user.role in User.WITH_UNIT


def can_sign(user, report):
    return answers_for(user, report) and user.role == User.Role.HEAD


def can_review(user, report):
    return can_manage_plan(user, report.period.plan)


def can_manage_period(user, period):
    return can_manage_plan(user, period.plan)


def can_see_overview(user):
    return user.is_authenticated and user.role in User.OVERLOOKERS


def can_oversee(user, plan):
    """Every report of a plan, so its official sheets too."""
    return can_manage_plan(user, plan) or (user.is_authenticated and user.sees_everything)


def can_lead_projects(user):
    """County leaders answer for key projects, by name."""
    return user.is_authenticated and user.role == User.Role.LEADER


def can_archive(user, plan):
    return can_oversee(user, plan)


def can_say_at_place(user, project):
    """The township a project is built at, or what it was merged into, may say something of it; it owes nothing."""
    acts = user.is_authenticated and user.role in User.WITH_UNIT and user.unit_id
    return bool(acts) and Project.objects.filter(pk=project.pk).built_at(user.units).exists()
