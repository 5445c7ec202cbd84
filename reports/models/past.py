"""What was accepted before the month of some entries: of a task its progress, of a key project what its line is compared with."""

from decimal import Decimal

from reports.line import Past, Step
from reports.models.entry import Entry
from tasks.models import Measure, Milestone, Project


def past_of(entries):
    """{task id: progress this unit last had accepted, or the project's Past}, for entries of one unit and month."""
    entries = list(entries)
    return Entry.objects.accepted_before(entries) | lines_past(entries)


def lines_past(entries):
    """{task id: Past} of the key projects among the entries of one month."""
    lines = {entry.task_id: entry for entry in entries if entry.task.is_project}
    projects = Project.objects.filter(pk__in=lines).with_course() if lines else ()
    return {each.pk: _past(each, lines[each.pk].report.period) for each in projects}


def _past(project, period):
    month, task = period.month, project.task
    earlier = [row for row in project.amounts.all() if row.month < month]
    planned = [row for row in project.amounts.all() if (row.month, row.measure) == (month, Measure.INVESTED)]
    return Past(
        course=project.course,
        rules=project.rules,
        month=month,
        day=period.last_day,
        total=project.total,
        before=project.before,
        arrived=_sum(earlier, Measure.ARRIVED, "actual"),
        land=_sum(earlier, Measure.LAND, "actual"),
        land_owed=project.contract_land or _sum(project.amounts.all(), Measure.LAND, "planned"),
        planned=planned[0].planned if planned else None,
        excused=task.excuse_on(period.last_day),
        recovering=bool(task.recovering_until and task.recovering_until >= period.last_day),
        steps=tuple(
            Step(node.pk, node.title, node.due_on, node.goal or node.kind == Milestone.Kind.COMPLETE)
            for node in task.milestones.all()
        ),
    )


def _sum(rows, measure, name):
    return sum((getattr(row, name) or Decimal(0) for row in rows if row.measure == measure), Decimal(0))
