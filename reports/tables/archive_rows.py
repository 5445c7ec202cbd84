"""What is on record of a plan's key projects, row by row as an archive keeps it; read piece by piece, for whoever may archive the plan."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from reports.fields import ENTRY
from reports.line import asked_in
from reports.models import MonthlyReport, Submission
from tasks.actions.schedules import Step, amounts_in, steps_in
from tasks.models import Amount, ClassChange, Measure, Project, ProjectClass, Responsibility, Schedule

CHUNK = 500
NOTHING = Decimal(0)
MEASURED = tuple(zip(Measure, ("invested", "arrived", "land"), strict=True))


@dataclass(frozen=True)
class Month:
    """One project in one month: the class it then had, and what the register says, {(measure, column): amount}."""

    project: Project
    month: date
    klass: str
    said: dict


@dataclass(frozen=True)
class Filed:
    """What one unit said of a project in the report that was accepted for a month; ``said`` as it was asked then."""

    month: date
    unit: str
    accepted_at: datetime
    content: dict
    project: Project | None
    said: dict = field(default_factory=dict)

    @property
    def is_leading(self):
        return self.content["role"] == Responsibility.Role.LEAD

    def words(self, name):
        return asked_in(self.content)[name].words(self.said[name])

    @property
    def nodes(self):
        """The nodes that were told as done, with their days."""
        titles = self.content["nodes"]
        days = ((title, self.content.get(f"node_{key}")) for key, title in titles.items())
        return "；".join(f"{title} {day}" for title, day in days if day)


@dataclass(frozen=True)
class Planned:
    """One month of one version of a project's timetable, {measure: amount}."""

    schedule: Schedule
    month: date
    planned: dict


@dataclass(frozen=True)
class PlannedStep:
    schedule: Schedule
    step: Step


@dataclass(frozen=True)
class Checked:
    """One month, what the register and what the accepted reports say of a measure: {measure: (register, reports)}."""

    month: date
    sums: dict


def projects(plan):
    """All that were ever listed, packages and their parts, with what their rows of the register say."""
    rows = Project.objects.filter(task__plan=plan).select_related("task__parent", "sector", "package__task")
    rows = rows.prefetch_related("labels", "places", "people__unit", "task__responsibilities__unit")
    return rows.order_by("task__order", "pk")


def months(plan):
    """Yield a Month for each project and month of which the register says anything."""
    classes = {}
    for project, since, klass in ClassChange.objects.filter(project__task__plan=plan).values_list(
        "project", "from_month", "klass"
    ):
        classes.setdefault(project, []).append((since, klass))
    rows = Amount.objects.of(plan).select_related("project__task").order_by("project__task__order", "project", "month")
    for (key, month), found in groupby(rows.iterator(chunk_size=CHUNK), key=lambda row: (row.project_id, row.month)):
        found = list(found)
        klass = max((each for each in classes.get(key, ()) if each[0] <= month), default=(None, ""))[1]
        said = {
            (row.measure, column): getattr(row, column) for row in found for column in ("first", "planned", "actual")
        }
        yield Month(found[0].project, month, ProjectClass(klass).label if klass else "", said)


def filed(plan, periods):
    """Yield a Filed for every project of every accepted report of these periods, months in their order."""
    known = {each.pk: each for each in Project.objects.filter(task__plan=plan).select_related("task")}
    rows = Submission.objects.filter(report__period__in=periods, report__status=MonthlyReport.Status.ACCEPTED)
    rows = rows.exclude(accepted_at=None).order_by("report__period__month", "report__serial")
    for row in rows.select_related("report__period").iterator(chunk_size=50):
        for content in row.content["entries"]:
            asked = asked_in(content)
            if asked is not ENTRY:
                said = {name: each.value(content.get(name)) for name, each in asked.items()}
                month = row.report.period.month
                yield Filed(month, row.content["unit"], row.accepted_at, content, known.get(content["task"]), said)


def checked(plan, periods):
    """Compare, month by month, what the register says with the sum of what was accepted for it from the leading units."""
    carriers = Project.objects.filter(task__plan=plan).carriers()
    register = Amount.objects.filter(project__in=carriers.values("pk")).totals("month")
    reports = {}
    for line in filed(plan, periods):
        for measure, name in MEASURED if line.is_leading else ():
            key = (line.month, measure)
            reports[key] = reports.get(key, NOTHING) + (line.said[name] or NOTHING)
    for month in sorted(each.month for each in periods):
        both = {
            measure: (register.get((month, measure), (NOTHING, NOTHING))[1], reports.get((month, measure), NOTHING))
            for measure in Measure
        }
        yield Checked(month, both)


def version_months(schedules):
    """Yield a Planned for every month that a version plans anything in."""
    for each in schedules:
        amounts = amounts_in(each.content)
        for month in sorted({month for of in amounts.values() for month in of}):
            yield Planned(each, month, {measure: of.get(month) for measure, of in amounts.items()})


def version_nodes(schedules):
    return (PlannedStep(each, step) for each in schedules for step in steps_in(each.content))
