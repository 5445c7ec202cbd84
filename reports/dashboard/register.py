"""The register of key projects read for one month: every project's money, light and days, in questions that do not grow with it.

The light of a month's end follows from the turning days on the row, unless something was accepted for a later month since: then
the project is judged anew by what was on record then.
"""

import datetime
from decimal import Decimal

from django.db.models import OuterRef, Q, Sum
from django.utils.functional import cached_property

from kit.deadlines import last_day
from kit.statements import Exists
from reports.dashboard.stand import Stand
from tasks import derived, programme
from tasks.lights import Light
from tasks.models import ClassChange, Measure, Milestone, Responsibility, Task

NOTHING = (Decimal(0), Decimal(0), Decimal(0))
LIGHTS = {each.value: each for each in Light}
Kind = Milestone.Kind
# Stands for the steps that were done: there is something to judge.
DONE = programme.Node("", datetime.date.min, done_on=datetime.date.min)
# As many keys as are asked for one by one.
FEW = 256
NODE = ("task", "kind", "title", "due_on", "goal", "done_on", "told_in")
COLUMNS = (
    "pk",
    "package",
    "task__number",
    "name",
    "klass",
    "sector",
    "cause",
    "year_plan",
    "listed_from",
    "stopped_on",
    "stopped_from",
    "task__status",
    "task__progress_month",
    "task__starts_on",
    "task__recovering_until",
    "task__excuse",
    "task__excused_until",
    "light_now",
)


class Register:
    """``projects`` of one plan with the money of the months up to ``month``, as on the list of the month ``listed``."""

    def __init__(self, projects, plan, month, listed):
        self.projects, self.plan, self.month, self.listed = projects, plan, month, listed
        self.day = last_day(month)
        self.rules = plan.rules.as_programme if plan.rules else programme.Rules()
        self.fulfilling = list(plan.rules.fulfilled_by) if plan.rules else []
        self._courses, self._looked = {}, {}

    @cached_property
    def stands(self):
        """Every project listed by then, packages and their parts alike, in the order of the list; those stopped by then too."""
        found = [self._stand(row) for row in self._rows]
        self.look([each.pk for each in found if each.light is None])
        for each in found:
            if each.light is None:
                each.light = programme.light_of(self.course(each), self.rules, self.day, **self._courses[each.pk][2])
        return found

    @cached_property
    def _rows(self):
        rows = self.projects.filter(listed_from__lte=self.listed).with_light(self.day)
        return list(rows.order_by("task__order", "pk").values_list(*COLUMNS))

    def _stand(self, row):
        pk, package, code, name, klass, sector, cause, year_plan, listed_from, stopped_on, stopped_from = row[:11]
        status, spent_until, starts_on, recovering, excuse, excused, light = row[11:]
        year, due, done = self._money.get(pk, NOTHING)
        gone = min(stopped_on, self.day) if stopped_from and stopped_from <= self.listed else None
        dues, recorded, goal, is_later = self._days.get(pk, BARE)
        if gone:
            light = Light.GREY
        elif goal:
            light = Light.BLUE
        elif is_later or spent_until and spent_until > self.month or status in (Task.Status.DONE, Task.Status.STOPPED):
            light = None
        settled = {
            "excused": (excuse or "经批准") if excused and excused >= self.day else "",
            "recovering": bool(recovering and recovering >= self.day),
            "stopped": gone,
        }
        self._courses[pk] = max(listed_from, starts_on), (year if year_plan is None else year_plan, due, done), settled
        unit, unit_name = self._units.get(pk, (None, ""))
        return Stand(
            pk,
            package,
            code,
            name,
            self._classes.get(pk, klass),
            sector,
            unit,
            unit_name,
            cause,
            stopped_on if gone else None,
            year if year_plan is None else year_plan,
            due,
            done,
            LIGHTS.get(light, light),
            dues,
            recorded,
            goal,
            self,
        )

    def look(self, keys):
        """Read the nodes of these projects, that they can be judged in words."""
        keys = [key for key in keys if key not in self._looked]
        if not keys:
            return
        rows = Milestone.objects.of(self.plan).filter(task__kind=Task.Kind.PROJECT)
        rows = rows.filter(task__in=keys) if len(keys) <= FEW else rows
        self._looked.update((key, []) for key in keys)
        for task, kind, title, due_on, goal, done_on, told_in in rows.order_by("due_on", "pk").values_list(*NODE):
            nodes = self._looked.setdefault(task, [])
            node = programme.Node(title, due_on, 1, goal, kind == Kind.START, done_on, told_in)
            if goal or kind == Kind.START or not node.is_done(self.day):
                nodes.append(node)
            elif DONE not in nodes:
                nodes.append(DONE)

    def course(self, stand):
        """What it planned and did, as far as the month's light asks: its money in one sum, what is late, its goal."""
        if stand.pk not in self._looked:
            self.look([each.pk for each in self.stands])
        starts_on, (year, due, done), _ = self._courses[stand.pk]
        planned, spent = ((self.month, due),) if due else (), ((self.month, done),) if done else ()
        return programme.Course(starts_on, year, planned, spent, tuple(self._looked[stand.pk]))

    def judged(self, stand):
        return programme.judge(self.course(stand), self.rules, self.day, **self._courses[stand.pk][2])

    @cached_property
    def _money(self):
        """{project: (planned in the year, due, done)} of investment; a package's is that of its parts."""
        over, zero = Q(amounts__month__lte=self.month), Decimal(0)
        rows = self.projects.filter(amounts__measure=Measure.INVESTED).order_by()
        rows = rows.values_list("pk", "package").annotate(
            year=Sum("amounts__planned"),
            due=Sum("amounts__planned", filter=over),
            done=Sum("amounts__actual", filter=over),
        )
        own, packed = {}, {}
        for pk, package, *sums in rows:
            own[pk] = sums = tuple(each or zero for each in sums)
            if package:
                packed[package] = tuple(map(sum, zip(packed.get(package, NOTHING), sums, strict=True)))
        return own | packed

    @cached_property
    def _days(self):
        """{project: (when its own days are due, which are on record, whether its goal is accepted, whether a node was done later)}."""
        later = Q(done_on__gt=self.day) | Q(told_in__gt=self.day)
        wanted = Q(goal=True) | ~Q(kind=Kind.STEP) | Q(title__in=self.fulfilling) | later
        rows = Milestone.objects.of(self.plan).filter(wanted, task__kind=Task.Kind.PROJECT)
        dues, recorded, goals, changed = {}, {}, {}, set()
        for task, kind, title, due_on, goal, done_on, told_in in rows.order_by("due_on", "pk").values_list(*NODE):
            since = derived.recorded_in(done_on, told_in)
            is_done = since is not None and since <= self.month
            if since and not is_done:
                changed.add(task)
            if goal:
                goals[task] = is_done
            if kind != Kind.STEP:
                dues.setdefault(task, {})[kind] = due_on
            if is_done:
                names = derived.days_of_node(kind, title, self.fulfilling)
                recorded.setdefault(task, {}).update((name, since) for name in names)
        self._gather(dues, recorded)
        keys = {*dues, *recorded, *goals, *changed}
        return {
            key: (dues.get(key, {}), frozenset(recorded.get(key, ())), goals.get(key), key in changed) for key in keys
        }

    def _gather(self, dues, recorded):
        """Give packages the days of their parts."""
        parts = {}
        for pk, package, *_ in self._rows:
            if package:
                parts.setdefault(package, []).append(pk)
        for package, own in parts.items():
            for days in (dues, recorded):
                found = derived.days_of_package(days.get(package, {}), [days.get(each, {}) for each in own])
                if found:
                    days[package] = found

    @cached_property
    def _classes(self):
        """{project: class} where it has another since: the last one from a month up to the list's."""
        later = ClassChange.objects.filter(project=OuterRef("pk"), from_month__gt=self.listed)
        rows = self.projects.filter(Exists(later), classes__from_month__lte=self.listed)
        return dict(rows.order_by("classes__from_month", "classes__pk").values_list("pk", "classes__klass"))

    @cached_property
    def _units(self):
        rows = self.projects.filter(task__responsibilities__role=Responsibility.Role.LEAD).order_by()
        rows = rows.values_list("pk", "task__responsibilities__unit", "task__responsibilities__unit__name")
        return {pk: (unit, name) for pk, unit, name in rows}


BARE = ({}, frozenset(), None, False)
