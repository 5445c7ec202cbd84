"""Who visited what in a month. The number each leader owes is shown beside the visits made; nobody is ranked by it."""

from dataclasses import dataclass

from supervision.models import Occasion
from tasks.models import Project, ProjectPerson

A_MONTH = 2


@dataclass(frozen=True)
class Visitor:
    """A county leader with the visits of one month."""

    name: str
    made: int
    owed: int = A_MONTH


def visits_of(user, month):
    """Return the visits of a month this person reads, with leader, project and items."""
    rows = Occasion.objects.visible_to(user).visits().filter(month=month).with_scope()
    return rows.prefetch_related("items")


def visitors(user, visits):
    """Return the leaders who answer for projects, and whoever went besides, by name as they are listed."""
    people = Project.objects.visible_to(user).running().filter(people__role=ProjectPerson.Role.LEADER)
    listed = people.order_by("people__name").values_list("people__name", flat=True)
    made = {}
    for visit in visits:
        made[visit.leader.name] = made.get(visit.leader.name, 0) + 1
    return [Visitor(name, made.get(name, 0)) for name in dict.fromkeys([*listed, *sorted(made)])]
