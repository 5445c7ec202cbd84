"""Whom and what a round measures: the subjects with their units and projects, the months, the rows that several metrics read."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import cached_property

from kit import clock
from kit.deadlines import last_day, next_month
from reports.dashboard.register import Register
from reports.models import Workday
from tasks.models import Project, Responsibility, Task


@dataclass(frozen=True)
class Who:
    """One subject. ``project`` of a project; ``envoy_of`` are the projects of an envoy; a unit has those it serves."""

    key: str
    name: str
    unit: int | None = None
    project: int | None = None
    envoy_of: frozenset = frozenset()

    @property
    def is_unit(self):
        return self.project is None and not self.envoy_of


@dataclass(frozen=True)
class Metric:
    """``of(scope)`` is {subject key: Measured}. ``fits`` are the kinds of subjects, ``events`` the words its counts may have.

    ``has_due`` says that what was done is compared with what was due; ``unit`` is what the value is counted in.
    """

    key: str
    label: str
    unit: str
    fits: tuple[str, ...]
    of: Callable
    rule: str
    events: tuple[str, ...] = ()
    has_due: bool = False


UNIT, PROJECT, ENVOY = "UNIT", "PROJECT", "ENVOY"
ALL = (UNIT, PROJECT, ENVOY)
METRICS: dict[str, Metric] = {}


def metric(key, label, unit, rule, events=(), *, rows, fits=(UNIT,), has_due=False):
    """Enter a function of (scope, rows of one subject): its Measured, or None where there is nothing to say of it.

    ``rows`` of a scope are {subject key: its rows}, read once for all metrics that go by them.
    """

    def enter(measure):
        def of(scope):
            told = {key: measure(scope, own) for key, own in scope.once(rows).items()}
            return {key: measured for key, measured in told.items() if measured}

        METRICS[key] = Metric(key, label, unit, fits, of, rule, tuple(events), has_due)
        return measure

    return enter


def besides(counts):
    """，迟报2次，缺报1次: of what happened at all."""
    return "".join(f"，{word}{n}次" for word, n in counts.items() if n)


@dataclass
class Scope:
    """The months from ``first`` to ``last`` of one plan, as on record at ``moment``, for these subjects.

    ``taken_over`` is {abolished unit: who answers for it}.
    """

    plan: object
    first: datetime.date
    last: datetime.date
    moment: datetime.datetime
    subjects: tuple[Who, ...]
    taken_over: Mapping
    kept: dict = field(default_factory=dict)

    @property
    def end(self):
        """The last day of the months, or the day of the moment where that comes first."""
        return min(last_day(self.last), clock.local(self.moment).date())

    @property
    def passed(self):
        return min(last_day(self.last), clock.local(self.moment).date() - datetime.timedelta(days=1))

    @property
    def starts_at(self):
        return clock.start_of(self.first)

    @property
    def ends_at(self):
        return min(clock.start_of(next_month(self.last)), self.moment)

    def once(self, read):
        if read not in self.kept:
            self.kept[read] = read(self)
        return self.kept[read]

    @cached_property
    def is_workday(self):
        return Workday.test()

    @cached_property
    def by_unit(self):
        """{key of a unit: key of the subject}; what a unit took over counts as its own."""
        own = {who.unit: who.key for who in self.subjects if who.is_unit}
        taken = {old: own[new] for old, new in self.taken_over.items() if new in own and old not in own}
        return own | taken

    @cached_property
    def register(self):
        """The key projects of the plan as on the list of the last month."""
        return Register(Project.objects.filter(task__plan=self.plan), self.plan, self.last, self.last)

    @cached_property
    def running(self):
        """What sums and rates are of: a package once, nothing that was stopped."""
        return [each for each in self.register.stands if each.package is None and not each.stopped]

    @cached_property
    def by_project(self):
        """{key of a project: keys of the subjects it counts for}."""
        found = {}
        for who in self.subjects:
            for project in {who.project, *who.envoy_of} - {None}:
                found.setdefault(project, []).append(who.key)
        if self.by_unit:
            for each in self.register.stands:
                if each.unit in self.by_unit:
                    found.setdefault(each.pk, []).append(self.by_unit[each.unit])
        return found

    @cached_property
    def by_task(self):
        """{key of a task or project: keys of the subjects that answer for it}."""
        found = {key: list(subjects) for key, subjects in self.by_project.items()}
        if self.by_unit:
            parts = Responsibility.objects.in_force().filter(role="LEAD", task__plan=self.plan, unit__in=self.by_unit)
            parts = parts.filter(task__kind=Task.Kind.ACTION).order_by()
            for task, unit in parts.values_list("task", "unit"):
                found.setdefault(task, []).append(self.by_unit[unit])
        return found

    def gathered(self, pairs: Iterable):
        """{subject key: [row, ...]} of (subject keys, row)."""
        found = {}
        for keys, row in pairs:
            for key in keys:
                found.setdefault(key, []).append(row)
        return found

    def projects(self):
        """{subject key: its running projects}, in the order of the list."""
        return self.gathered((self.by_project.get(each.pk, ()), each) for each in self.running)
