"""A unit's year: month by month how its reports stood, and how far each of its tasks came."""

from dataclasses import dataclass, field

from reports.dashboard.timeliness import rates
from reports.models import Entry, MonthlyReport, Standing
from tasks.models import Plan, Responsibility, Task

LEAD = Responsibility.Role.LEAD


@dataclass
class PlanYear:
    plan: Plan
    months: list
    reports: dict
    tasks: list = field(default_factory=list)

    @property
    def counts(self):
        return rates(report.facts() for report in self.reports.values())


@dataclass(frozen=True)
class Step:
    """A task in one month: what was accepted from this unit, and, where it leads, the light frozen at month's end.

    A supporting unit reports on its own part, which the light of the task does not judge.
    """

    progress: int | None
    leads: bool
    light: str = ""
    reason: str = ""


@dataclass(frozen=True)
class TaskYear:
    task: Task
    role: str
    steps: dict


def years_of(unit, user):
    rows = MonthlyReport.objects.visible_to(user).filter(unit=unit)
    return sorted(set(rows.values_list("period__plan__year", flat=True)), reverse=True)


def record_of(unit, user, year):
    rows = MonthlyReport.objects.visible_to(user).filter(unit=unit, period__plan__year=year)
    plans = {}
    for report in rows.with_mark().select_related("period__plan").order_by("period__plan_id", "period__month"):
        plan = report.period.plan
        known = plans.setdefault(plan.pk, PlanYear(plan, plan.months, {}))
        known.reports[report.period.month] = report
    for task in _tasks(unit, user, plans):
        plans[task.task.plan_id].tasks.append(task)
    return list(plans.values())


def _tasks(unit, user, plans):
    accepted = Entry.objects.visible_to(user).accepted().filter(report__unit=unit, report__period__plan__in=plans)
    rows = accepted.as_corrected().values_list("task_id", "report__period__month", "stands", "role")
    said = {(task, month): (value, role == LEAD) for task, month, value, role in rows}
    parts = unit.responsibilities.in_force().actions().filter(task__plan__in=plans).select_related("task")
    parts = list(parts.order_by("task__plan_id", "task__order"))
    standings = Standing.objects.visible_to(user).filter(task__in=[part.task_id for part in parts])
    lights = {
        (task, month): (light, reason)
        for task, month, light, reason in standings.values_list("task_id", "period__month", "light", "reason")
    }
    for part in parts:
        plan, steps = plans[part.task.plan_id], {}
        for month in plan.months:
            place = part.task_id, month
            value, leads = said.get(place, (None, part.role == LEAD))
            judged = lights.get(place, ("", "")) if leads and month in plan.reports else ()
            steps[month] = Step(value, leads, *judged)
        yield TaskYear(part.task, part.get_role_display(), steps)
