"""我联系的项目: what a county leader has to know of each project they answer for, the worst first."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from reports.dashboard.stand import Stand, summed
from reports.models import Entry, MonthlyReport
from tasks.models import Project, ProjectPerson, Responsibility

FILED = (MonthlyReport.Status.SUBMITTED, MonthlyReport.Status.ACCEPTED)


@dataclass(frozen=True)
class Led:
    """One project: how it stands, whom to ring up, what its service unit last said of it."""

    stand: Stand
    envoys: list
    said: Entry | None

    @property
    def goal(self):
        return self.stand.register.course(self.stand).goal


class LedProjects:
    """Those of a Programme that its reader answers for; what was stopped is asked of nobody."""

    def __init__(self, programme):
        self.programme = programme

    @cached_property
    def stands(self):
        led = [each for each in self.programme.running if each.pk in self.programme.led]
        return sorted(led, key=lambda each: each.severity)

    @cached_property
    def sums(self):
        return summed(self.stands)

    @cached_property
    def projects(self):
        envoys, said = self._envoys(), self._said()
        self.programme.register.look([each.pk for each in self.stands])
        return [Led(each, envoys.get(each.pk, []), said.get(each.pk)) for each in self.stands]

    def _envoys(self):
        rows = Project.objects.visible_to(self.programme.user).filter(pk__in=[each.pk for each in self.stands])
        rows = rows.filter(people__role=ProjectPerson.Role.ENVOY).order_by("people__order", "people__pk")
        found = {}
        for pk, name, phone in rows.values_list("pk", "people__name", "people__phone"):
            found.setdefault(pk, []).append((name, phone))
        return found

    def _said(self):
        """What the service unit of each filed last."""
        rows = Entry.objects.visible_to(self.programme.user).filter(
            task__in=[each.pk for each in self.stands], role=Responsibility.Role.LEAD, report__status__in=FILED
        )
        rows = rows.select_related("report__period").order_by("report__period__month")
        return {each.task_id: each for each in rows}
