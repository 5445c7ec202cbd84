"""Who may do what to plans and tasks."""

from tasks.models import SourceKind
from units.models import User


def can_manage_plan(user, plan):
    """The plan's office staff assign, date, regroup and judge its tasks."""
    return user.is_authenticated and user.role == User.Role.OFFICE and user.unit_id == plan.office_id


def can_manage_task(user, task):
    return can_manage_plan(user, task.plan)


def can_propose_task(user, plan):
    """A township proposes one or two reform tasks of its own (notice, reform plan, 四、(二))."""
    files = user.is_authenticated and user.role in User.FILERS
    return bool(files and user.unit and user.unit.is_township and plan.kind == plan.Kind.REFORM)


def can_revise_proposal(user, task):
    return bool(task.lead) and user.unit_id == task.lead.pk and can_propose_task(user, task.plan)


def can_record_reading(user, indicator, kind=None):
    """The plan's office enters every figure; a unit that of its own source: what it answers for, or the statistics it keeps.

    Without a ``kind``, whether there is one that they enter.
    """
    return bool(sources_of(user, indicator) if kind is None else kind in sources_of(user, indicator))


def can_divide(user, indicator):
    """The unit that answers for an indicator says what each township is to bring of it, or the plan's office."""
    return SourceKind.UNIT in sources_of(user, indicator)


def sources_of(user, indicator):
    """Return the sources whose figures somebody enters."""
    if can_manage_plan(user, indicator.plan):
        return [kind for kind in SourceKind if not indicator.is_computed(kind)]
    if not (user.is_authenticated and user.does_business and user.unit_id):
        return []
    keepers = {SourceKind.UNIT: indicator.unit_id, SourceKind.STATISTICS: indicator.statistics_unit_id}
    return [kind for kind, unit in keepers.items() if unit == user.unit_id]


def can_set_up_plans(user):
    """The administrator enters plans and loads their tasks from sheets; what becomes of them is the office's."""
    return user.is_authenticated and user.role == User.Role.ADMIN


def can_load_plans(user):
    """Office staff and the administrator read plan documents in, correct what was read, and write it."""
    return user.is_authenticated and user.role in User.BRINGERS


def can_add_to_plan(user, plan):
    """Tasks that a document brings join a plan that is there by its own office or the administrator."""
    return can_manage_plan(user, plan) or can_set_up_plans(user)


def leads(user, task):
    """Whoever may act for the unit that leads a task: its 填报人, its head, its office staff."""
    acts = user.is_authenticated and user.does_business and not user.sees_everything and user.unit_id
    return bool(acts) and task is not None and task.lead is not None and task.lead.pk == user.unit_id


def can_propose_schedule(user, project):
    """The service unit proposes its project's plan by month and its nodes, or those who decide on it do so in its place."""
    return leads(user, project.task) or can_decide_schedule(user, project)


def can_withdraw_schedule(user, schedule):
    return can_propose_schedule(user, schedule.project) and user.unit_id == schedule.by.unit_id


def can_decide_schedule(user, project):
    """The unit that leads the project's action accepts them, or the plan's office for it."""
    return leads(user, project.action) or can_manage_plan(user, project.task.plan)


def can_ask_change(user, task):
    """The unit that leads a task asks for more time, another text, or to go on; a key project has its timetable for that."""
    return not task.is_project and leads(user, task)
