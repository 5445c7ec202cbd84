"""The key projects built at a township's place: how each stands, what was said of it, what may be said now."""

from dataclasses import dataclass, field

from django.utils.functional import cached_property

from kit import clock
from reports.models import Entry, Period, PlaceRemark
from tasks.models import Project, Responsibility


def said_at_places(projects, periods, user):
    """{project key: remarks of its townships} on these months (of plans of their own), as far as ``user`` reads them."""
    found = {}
    if projects:
        rows = PlaceRemark.objects.visible_to(user).filter(project__in=projects, period__in=periods)
        for row in rows.order_by("unit_id"):
            found.setdefault(row.project_id, []).append(row)
    return found


@dataclass
class PlaceRow:
    """One project with the month its township may speak of (None where none is open), and the latest that was said."""

    project: Project
    judged: object
    period: Period | None
    entry: Entry | None = None
    remark: PlaceRemark | None = None
    earlier: list = field(default_factory=list)
    # The box to write in, set by the page.
    form: object = None


class PlaceProjects:
    """Everything on the page of one township's projects."""

    def __init__(self, user):
        self.user, self.now = user, clock.now()

    @cached_property
    def projects(self):
        rows = Project.objects.visible_to(self.user).running().built_at(self.user.units)
        rows = rows.with_course().prefetch_related("task__responsibilities__unit")
        return list(rows.order_by("-task__plan__year", "task__order", "pk"))

    @cached_property
    def periods(self):
        """{plan key: its newest month that may be written of}."""
        plans = {each.task.plan_id for each in self.projects}
        rows = Period.objects.visible_to(self.user).filter(plan__in=plans, opens_at__lte=self.now, closed_at=None)
        return {row.plan_id: row for row in rows.select_related("plan").order_by("month")}

    @cached_property
    def rows(self):
        entries, remarks = self._entries(), {}
        own = PlaceRemark.objects.visible_to(self.user).filter(project__in=self.projects, unit=self.user.unit_id)
        for row in own.select_related("period"):
            remarks.setdefault(row.project_id, []).append(row)
        return [self._row(each, entries.get(each.pk), remarks.get(each.pk, [])) for each in self.projects]

    def _entries(self):
        """{project: what its service unit last filed}; keys first, a year's texts are not read for the last month."""
        rows = Entry.objects.visible_to(self.user).filter(
            task__in=[each.pk for each in self.projects], role=Responsibility.Role.LEAD
        )
        latest = dict(rows.order_by("report__period__month").values_list("task", "pk"))
        found = Entry.objects.visible_to(self.user).filter(pk__in=latest.values()).select_related("report__period")
        return {entry.task_id: entry for entry in found}

    def _row(self, project, entry, remarks):
        period = self.periods.get(project.task.plan_id)
        now = next((each for each in remarks if period and each.period_id == period.pk), None)
        earlier = [each for each in remarks if each is not now][:1]
        return PlaceRow(project, project.judgement(clock.today()), period, entry, now, earlier)
