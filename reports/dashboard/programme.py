"""The key projects of one plan at a month's end: money, lights, rates. What a page, sheet or meeting says of them is computed here.

Everything is asked of the plan as a whole, in a number of questions that does not grow with its projects, and summed exactly.
"""

import datetime
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.db.models import OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from kit import clock
from kit.deadlines import last_day, previous_month, workdays_between
from kit.rates import Rate, percent, rounded
from kit.statements import Exists
from reports.models import MonthlyReport, Standing, Workday
from tasks import programme
from tasks.lights import Light
from tasks.models import (
    ClassChange,
    Measure,
    Milestone,
    Project,
    ProjectClass,
    Responsibility,
)
from units.models import User

NONE = Decimal(0)
CAUSES = dict(Project._meta.get_field("cause").choices)
CLASSES = dict(ProjectClass.choices)
Kind = Milestone.Kind
LEAD = Responsibility.Role.LEAD


class Points:
    """What ``done`` and ``due`` (both up to the month) are of the ``year``'s money: exact, rounded once to one decimal, uncapped."""

    @property
    def share(self):
        return percent(self.done, self.year, 1)

    @property
    def due_share(self):
        return percent(self.due, self.year, 1)

    @property
    def ahead(self):
        """Points ahead of the month curve, below zero behind it; None without money."""
        return rounded(Fraction(self.done - self.due) * 100 / Fraction(self.year), 1) if self.year else None


@dataclass(frozen=True, slots=True)
class Stand(Points):
    """How one project stands: money in 万元 for the months up to the one shown, and what its light follows from."""

    pk: int
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
    day: datetime.date
    course: programme.Course
    rules: programme.Rules
    settled: dict
    # Its own days (开工, 竣工, ...): (when due, whether on record).
    days: dict

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
        return programme.judge(self.course, self.rules, self.day, **self.settled)

    @property
    def brief(self):
        """Why it is red or yellow, in a few words: 落后43.1点 · 用地征拆."""
        if not self.is_judged:
            return "已调出" if self.stopped else ""
        return " · ".join(part for part in (self.judged.brief, self.cause_words) if part)

    def has(self, kind):
        return self.days.get(kind, (None, False))[1]

    @property
    def severity(self):
        """The worst first; within a light, who is farthest behind."""
        behind = (self.due - self.done) / self.year if self.year else NONE
        return SEVERITY[self.light], -behind, self.code


SEVERITY = {light: place for place, light in enumerate((Light.RED, Light.YELLOW, Light.GREEN, Light.GREY, Light.BLUE))}


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


def summed(stands):
    """Exactly of these; what was stopped stands among the figures of a programme only where it says so."""
    rows = list(stands)
    year, due, done = (sum(map(read, rows), NONE) for read in (_year, _due, _done))
    return Sums(len(rows), year, due, done, Counter(each.light for each in rows))


def _year(stand):
    return stand.year


def _due(stand):
    return stand.due


def _done(stand):
    return stand.done


def grouped(stands, key):
    """{value of ``key``: Sums}; ``key`` may give several values for one project (townships), which then stands in each."""
    found = {}
    for each in stands:
        value = key(each)
        for one in value if isinstance(value, tuple) else (value,):
            found.setdefault(one, []).append(each)
    return {value: summed(rows) for value, rows in found.items()}


class Programme:
    """One plan's key projects with the money of the months up to ``month``, as on the list of the month ``listed``.

    Without ``month`` it is the last one that is over, and the list of today: a project listed or stopped this month already is.
    """

    def __init__(self, user, plan, month=None):
        self.user, self.plan = user, plan
        today = clock.today()
        this = min(max(today.replace(day=1), plan.months[0]), plan.months[-1])
        self.newest = plan.last_over
        self.month = month or self.newest
        self.listed = this if self.month == self.newest else self.month
        self.is_over = last_day(self.month) <= today
        # Figures are of the month's end, even where the first month of a plan is still running.
        self.day = last_day(self.month)
        self.asked_on = min(today, last_day(self.listed))

    @property
    def month_words(self):
        return f"{self.month.year}年{self.month.month}月"

    @property
    def until(self):
        """1-9月, as heads of columns say it."""
        first = self.plan.months[0]
        if first == self.month:
            return f"{first.month}月"
        year = "" if first.year == self.month.year else f"{self.month.year}年"
        return f"{first.month}-{year}{self.month.month}月"

    @property
    def months(self):
        """The months that can be looked at, the newest first."""
        return [month for month in reversed(self.plan.months) if month <= self.newest]

    @cached_property
    def projects(self):
        return Project.objects.visible_to(self.user).filter(task__plan=self.plan)

    @cached_property
    def rules(self):
        return self.plan.rules.as_programme if self.plan.rules else programme.Rules()

    @cached_property
    def stands(self):
        """Every project that the list counts, a package once, in the order of the list; those stopped by then too."""
        rows = self.projects.counted().filter(listed_from__lte=self.listed)
        done = Milestone.objects.filter(task=OuterRef("pk"), done_on__lte=self.day)
        rows = rows.annotate(some=Exists(done.filter(Q(told_in=None) | Q(told_in__lte=self.day))))
        return tuple(map(self._stand, rows.order_by("task__order", "pk").values_list(*COLUMNS)))

    @cached_property
    def running(self):
        """What every sum, light and rate is of."""
        return [each for each in self.stands if not each.stopped]

    @cached_property
    def stopped(self):
        return [each for each in self.stands if each.stopped]

    def _stand(self, row):
        (pk, code, name, klass, sector, cause, year_plan, listed_from, stopped_on, stopped_from) = row[:10]
        starts_on, recovering, excuse, excused, some = row[10:]
        year, due, done = self._money.get(pk, (NONE, NONE, NONE))
        year = year if year_plan is None else year_plan
        nodes = self._nodes.get(pk, ())
        if some and not any(node.is_done(self.day) for node in nodes):
            nodes = (*nodes, DONE)
        planned, spent = ((self.month, due),) if due else (), ((self.month, done),) if done else ()
        course = programme.Course(max(listed_from, starts_on), year, planned, spent, nodes)
        gone = stopped_on if stopped_from and stopped_from <= self.listed else None
        settled = {
            "excused": (excuse or "经批准") if excused and excused >= self.day else "",
            "recovering": bool(recovering and recovering >= self.day),
            "stopped": gone and min(gone, self.day),
        }
        unit, unit_name = self._units.get(pk, (None, ""))
        return Stand(
            pk=pk,
            code=code,
            name=name,
            klass=self._classes.get(pk, klass),
            sector=sector,
            unit=unit,
            unit_name=unit_name,
            cause=cause,
            stopped=gone,
            year=year,
            due=due,
            done=done,
            light=programme.light_of(course, self.rules, self.day, **settled),
            day=self.day,
            course=course,
            rules=self.rules,
            settled=settled,
            days=self._days.get(pk, {}),
        )

    @cached_property
    def _money(self):
        """{project: (planned in the year, due, done)} of investment; a package's is that of its parts."""
        over = Q(amounts__month__lte=self.month)
        rows = self.projects.filter(amounts__measure=Measure.INVESTED).order_by()
        rows = rows.values_list(Coalesce("package", "pk")).annotate(
            year=Sum("amounts__planned"),
            due=Sum("amounts__planned", filter=over),
            done=Sum("amounts__actual", filter=over),
        )
        return {pk: (year or NONE, due or NONE, done or NONE) for pk, year, due, done in rows}

    @cached_property
    def _steps(self):
        """The nodes that decide: late ones, goals, and the projects' own days."""
        late = Q(due_on__lt=self.day) & (Q(done_on=None) | Q(done_on__gt=self.day) | Q(told_in__gt=self.day))
        rows = Milestone.objects.of(self.plan).filter(task__in=self.projects.order_by().values("pk"))
        rows = rows.filter(late | Q(goal=True) | ~Q(kind=Kind.STEP) | Q(title__in=self.fulfilling))
        return list(rows.order_by("due_on", "pk").values_list(*NODE))

    @cached_property
    def fulfilling(self):
        return list(self.plan.rules.fulfilled_by) if self.plan.rules else []

    @cached_property
    def _nodes(self):
        found = {}
        for task, kind, title, due_on, goal, done_on, told_in in self._steps:
            node = programme.Node(title, due_on, 1, goal, kind == Kind.START, done_on, told_in)
            found.setdefault(task, []).append(node)
        return found

    @cached_property
    def _days(self):
        """{project: {kind of day, or FULFILLED: (due on, on record)}}."""
        found, fulfilling = {}, set(self.fulfilling)
        for task, kind, title, due_on, _, done_on, told_in in self._steps:
            done = done_on is not None and done_on <= self.day and (told_in is None or told_in <= self.day)
            days = found.setdefault(task, {})
            if kind != Kind.STEP:
                days[kind] = (due_on, done)
            if done and (title in fulfilling or kind != Kind.STEP and Kind(kind).label in fulfilling):
                days[FULFILLED] = (due_on, True)
        return found

    @cached_property
    def _classes(self):
        """{project: class} where it has another since: the last one from a month up to the list's."""
        later = ClassChange.objects.filter(project=OuterRef("pk"), from_month__gt=self.listed)
        rows = self.projects.filter(Exists(later), classes__from_month__lte=self.listed)
        return dict(rows.order_by("classes__from_month", "classes__pk").values_list("pk", "classes__klass"))

    @cached_property
    def _units(self):
        rows = self.projects.filter(task__responsibilities__role=LEAD).order_by()
        rows = rows.values_list("pk", "task__responsibilities__unit", "task__responsibilities__unit__name")
        return {pk: (unit, name) for pk, unit, name in rows}

    @cached_property
    def sums(self):
        return summed(self.running)

    @property
    def stopped_money(self):
        """What was accepted of projects stopped since: in the year's total, in no rate, said apart."""
        return sum((each.done for each in self.stopped), NONE)

    def of_class(self, klass):
        return [each for each in self.running if each.klass == klass]

    def _rate(self, rows, kind):
        return Rate(sum(each.has(kind) for each in rows), len(rows))

    @property
    def started(self):
        """开工率: of all 新开工 on the list, whatever month they were to start in."""
        return self._rate(self.of_class(ProjectClass.NEW), Kind.START)

    @property
    def completed(self):
        """Of the 续建 that are to be completed in the plan's time."""
        rows = [each for each in self.of_class(ProjectClass.CONTINUED) if self._is_due(each, self.plan.ends_on)]
        return self._rate(rows, Kind.COMPLETE)

    @property
    def to_be_completed(self):
        """How many 续建 were to be completed by now."""
        return sum(self._is_due(each, self.day) for each in self.of_class(ProjectClass.CONTINUED))

    def _is_due(self, stand, day):
        return Kind.COMPLETE in stand.days and stand.days[Kind.COMPLETE][0] <= day

    @property
    def fulfilled(self):
        """履约率: which nodes fulfil a contract stands in the plan's rules."""
        return self._rate(self.of_class(ProjectClass.CONTRACTED), FULFILLED)

    @property
    def at_capacity(self):
        """投产达效率: of those commissioned."""
        return self._rate([each for each in self.running if each.has(Kind.COMMISSION)], Kind.CAPACITY)

    @property
    def since(self):
        """{light: how many more than at the end of the month before}, where that month was closed."""
        before = Standing.objects.visible_to(self.user).filter(
            period__plan=self.plan, period__month=previous_month(self.month), task__kind="PROJECT"
        )
        before = Counter(before.order_by().values_list("light", flat=True))
        if not before:
            return {}
        return {light: self.sums.lights[light] - before[light.value] for light in (Light.RED, Light.YELLOW)}

    @cached_property
    def approvals(self):
        """What waits for an approving unit, the longest overdue first."""
        running = self.projects.running(self.listed).order_by().values("pk")
        rows = Milestone.objects.of(self.plan).filter(task__in=running, handed_in_on__lte=self.asked_on)
        rows = rows.filter(Q(done_on=None) | Q(done_on__gt=self.asked_on)).exclude(limit_workdays=None).order_by("pk")
        rows = list(rows.values_list(*APPROVAL))
        is_workday = Workday.test() if rows else None
        found = [Waiting(*row, waited=workdays_between(row[5], self.asked_on, is_workday)) for row in rows]
        return sorted(found, key=lambda each: (-each.over, -each.waited, each.code))

    @property
    def overdue_approvals(self):
        return [each for each in self.approvals if each.over]

    @cached_property
    def gaps(self):
        """Projects that lack one of 五个一, as they stand now."""
        missing = self.projects.missing()
        rows = self.projects.filter(pk__in=missing).order_by("task__order", "pk").values_list(*GAP) if missing else ()
        return [Gap(*row, missing[row[0]]) for row in rows]

    @cached_property
    def led(self):
        """Keys of the projects this county leader answers for (我联系的项目)."""
        if self.user.role != User.Role.LEADER:
            return set()
        return set(self.projects.of_leader(self.user).order_by().values_list("pk", flat=True))

    @cached_property
    def unreported(self):
        """Keys of the projects whose report of the running month is still owed, as far as the person may know of it."""
        reports = MonthlyReport.objects.visible_to(self.user).owing()
        reports = reports.filter(period__plan=self.plan, period__month=self.listed, entries__task__kind="PROJECT")
        rows = reports.order_by().values_list(Coalesce("entries__task__project__package", "entries__task"), flat=True)
        return set(rows)

    @cached_property
    def filed(self):
        """(accepted, waiting) projects' reports of the month shown, as far as the person may know of them."""
        reports = MonthlyReport.objects.visible_to(self.user).filter(
            period__plan=self.plan, period__month=self.month, entries__task__kind="PROJECT"
        )
        states = Counter(reports.order_by().values_list("status", flat=True))
        return states[MonthlyReport.Status.ACCEPTED], states[MonthlyReport.Status.SUBMITTED]


COLUMNS = (
    "pk",
    "task__number",
    "name",
    "klass",
    "sector",
    "cause",
    "year_plan",
    "listed_from",
    "stopped_on",
    "stopped_from",
    "task__starts_on",
    "task__recovering_until",
    "task__excuse",
    "task__excused_until",
    "some",
)
NODE = ("task", "kind", "title", "due_on", "goal", "done_on", "told_in")
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
FULFILLED = "FULFILLED"
# Stands for the steps that were done, where no other is known: there is something to judge.
DONE = programme.Node("", datetime.date.min, done_on=datetime.date.min)
