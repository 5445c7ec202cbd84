"""How one key project stands at a month's end, and several together: money in 万元, exact, rounded once to one decimal, uncapped."""

import datetime
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from kit.rates import Rate, percent
from tasks import derived
from tasks.lights import Light
from tasks.models import Project, ProjectClass

NONE = Decimal(0)
CAUSES = dict(Project._meta.get_field("cause").choices)
CLASSES = dict(ProjectClass.choices)
SEVERITY = {light: place for place, light in enumerate((Light.RED, Light.YELLOW, Light.GREEN, Light.GREY, Light.BLUE))}


class Points:
    """What ``done`` and ``due`` (both up to the month) are of the ``year``'s money."""

    __slots__ = ()

    @property
    def share(self):
        return percent(self.done, self.year, 1)

    @property
    def due_share(self):
        return percent(self.due, self.year, 1)

    @property
    def ahead(self):
        """Points ahead of the month curve, below zero behind it; None without money."""
        return percent(self.done - self.due, self.year, 1)

    @property
    def lag(self):
        """The same the other way round: points behind the month curve."""
        return percent(self.due - self.done, self.year, 1)


@dataclass(slots=True, eq=False)
class Stand(Points):
    """One project, its money for the months up to the one shown; ``register`` tells why its light is what it is."""

    pk: int
    package: int | None
    code: str
    name: str
    klass: str
    sector: int | None
    unit: int | None
    unit_name: str
    cause: str
    stopped: datetime.date | None
    year: Decimal
    due: Decimal
    done: Decimal
    light: Light
    # Its own days (开工, 竣工, ...): when they are due, and which are on record; of a package also those of its parts.
    dues: dict
    days: frozenset
    # Whether the goal of its year is accepted; None without one.
    goal: bool | None
    register: object

    @property
    def klass_words(self):
        return CLASSES[self.klass]

    @property
    def cause_words(self):
        return CAUSES.get(self.cause, "")

    @property
    def is_judged(self):
        return self.light in (Light.RED, Light.YELLOW)

    @property
    def judged(self):
        return self.register.judged(self)

    @property
    def brief(self):
        """Why it is red or yellow, in a few words: 落后43.1点 · 用地征拆."""
        if not self.is_judged:
            return "已调出" if self.stopped else ""
        return " · ".join(part for part in (self.judged.brief, self.cause_words) if part)

    def has(self, day):
        return day in self.days

    @property
    def severity(self):
        """The worst first; within a light, who is farthest behind."""
        behind = (self.due - self.done) / self.year if self.year else NONE
        return SEVERITY[self.light], -behind, self.code


@dataclass(frozen=True)
class Sums(Points):
    """Several projects together."""

    count: int = 0
    year: Decimal = NONE
    due: Decimal = NONE
    done: Decimal = NONE
    lights: Counter = field(default_factory=Counter)

    @property
    def red(self):
        return self.lights[Light.RED]

    @property
    def yellow(self):
        return self.lights[Light.YELLOW]


def summed(stands):
    """Exactly of these; what was stopped stands among the figures of a programme only where it says so."""
    year = due = done = NONE
    lights, count = Counter(), 0
    for each in stands:
        year, due, done, count = year + each.year, due + each.due, done + each.done, count + 1
        lights[each.light] += 1
    return Sums(count, year, due, done, lights)


def rate_of(rule, stands):
    """A rate of days (``tasks.derived``) among these projects."""
    return Rate(*derived.counted(rule, stands))


def completed_of(stands, until):
    """竣工: of the 续建 that are to be completed by ``until``, or were completed without having to."""
    day = derived.COMPLETE
    asked = [each for each in stands if each.has(day) or day in each.dues and each.dues[day] <= until]
    return rate_of(derived.Rule.COMPLETED, asked)
