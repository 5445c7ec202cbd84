"""What a key project waits for or lacks: approvals that were handed in, and the five that a project is to have."""

import datetime
from dataclasses import dataclass

from django.db.models import Q

from kit.deadlines import workdays_between
from reports.dashboard.stand import CLASSES
from reports.models import Workday
from tasks.models import Milestone

APPROVAL = (
    "task",
    "task__number",
    "task__project__name",
    "title",
    "unit__name",
    "handed_in_on",
    "limit_workdays",
)
GAP = ("pk", "task__number", "name", "klass")


@dataclass(frozen=True)
class Waiting:
    """An approval that was handed in and has not come back: waited and allowed, in workdays."""

    project: int
    code: str
    name: str
    title: str
    unit_name: str
    handed_in_on: datetime.date
    limit: int
    waited: int

    @property
    def over(self):
        return max(self.waited - self.limit, 0)


@dataclass(frozen=True)
class Gap:
    """What is missing of 五个一 at one project."""

    pk: int
    code: str
    name: str
    klass: str
    missing: tuple[str, ...]

    @property
    def klass_words(self):
        return CLASSES[self.klass]


def approvals_of(plan, projects, day):
    """What of these projects waits for an approving unit on ``day``, the longest overdue first."""
    rows = Milestone.objects.of(plan).filter(task__in=projects.order_by().values("pk"), handed_in_on__lte=day)
    rows = rows.filter(Q(done_on=None) | Q(done_on__gt=day)).exclude(limit_workdays=None).order_by("pk")
    rows = list(rows.values_list(*APPROVAL))
    is_workday = Workday.test() if rows else None
    waited = {since: workdays_between(since, day, is_workday) for since in {row[5] for row in rows}}
    found = [Waiting(*row, waited=waited[row[5]]) for row in rows]
    return sorted(found, key=lambda each: (-each.over, -each.waited, each.code))


def gaps_of(projects):
    missing = projects.missing()
    rows = projects.filter(pk__in=missing).order_by("task__order", "pk").values_list(*GAP) if missing else ()
    return [Gap(*row, missing[row[0]]) for row in rows]
