"""The summary of half a year or a year on one page: of a plan, of a unit, of what a county leader follows."""

from dataclasses import dataclass

from django.db.models import F
from django.utils.functional import cached_property

from kit import clock
from supervision.dashboard.figures.comparing import drafted
from supervision.dashboard.figures.scope import EYES, Scope
from supervision.dashboard.papers import span_words
from supervision.models import Paper
from supervision.permissions import can_read_summary
from tasks.models import Plan, Project, ProjectPerson, Task
from units.models import Unit

HALF, YEAR = "half", "year"
MOST_ROWS = 15
SPANS = {HALF: "上半年", YEAR: "全年"}


@dataclass(frozen=True)
class Summary:
    """One page of the exhibition. ``leader`` is (key, name) of an account; without unit and leader it is of the plan whole."""

    plan: Plan
    span: str
    unit: Unit | None = None
    leader: tuple | None = None

    @property
    def months(self):
        """First and last; of a year that runs up to the month that runs."""
        months = self.plan.months
        months = [
            each for each in months if self.span != HALF or each.month <= 6 and each.year == self.plan.year
        ] or months[:1]
        over = [each for each in months if each <= clock.today()]
        return months[0], over[-1] if over else months[0]

    @property
    def is_running(self):
        """There is more of it to come."""
        return self.months[1] >= clock.today().replace(day=1)

    @property
    def title(self):
        whose = f"{self.unit}" if self.unit else f"{self.leader[1]}同志联系项目" if self.leader else ""
        named = self.plan.short_title.removeprefix(f"{self.plan.year}年")
        return f"{whose}{span_words(*self.months) or self.plan.year}{named}总结"

    @cached_property
    def blocks(self):
        """What the paper says; its annexes and long tables stay with the paper, so that it is a page to be looked at."""
        scope = Scope([self.plan], *self.months, unit=self.unit, leader=self._account)
        found = drafted(Paper.Kind.SUMMARY, scope)
        return [vars(each) for each in found if len(each.content.get("rows", ())) <= MOST_ROWS and each.kind != "ANNEX"]

    @property
    def _account(self):
        return self.leader and Leader(*self.leader)


@dataclass(frozen=True)
class Leader:
    """Key and name of the account of who is written of."""

    pk: int
    name: str


def units_of(plan, user):
    """Units with a part in the plan whose summary this person reads."""
    tasks = Task.objects.visible_to(user).in_force().filter(plan=plan)
    units = Unit.objects.visible_to(user).filter(responsibilities__task__in=tasks.values("pk")).distinct()
    return [each for each in units.order_by("order", "pk") if can_read_summary(user, plan, each)]


def leaders_of(plan):
    """[(key, name)] of county leaders with an account who follow projects of the plan."""
    rows = Project.objects.visible_to(EYES).filter(task__plan=plan, people__role=ProjectPerson.Role.LEADER)
    rows = rows.exclude(people__user=None).annotate(key=F("people__user"), called=F("people__user__name"))
    return sorted(set(rows.order_by().values_list("key", "called")), key=lambda pair: pair[1])
