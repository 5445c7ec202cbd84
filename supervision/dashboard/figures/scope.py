"""What a paper looks at: plans, months and the moment its figures are drawn as of; each kind of record is read once."""

import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property

from kit import clock, deadlines
from reports.dashboard.programme import Programme
from reports.dashboard.stood import filed, stood
from reports.models import Period, Workday
from supervision.dashboard.directives import latest, then
from supervision.models import Directive, Item, Occasion
from tasks.derived import Rule
from tasks.models import Indicator, Plan, Project, Task, TaskChange, driven_by
from units.models import Unit, User

# A paper says the same whoever draws it: it reads as those who oversee.
EYES = User(role=User.Role.INSPECTOR)


class Scope:
    """``first`` and ``last`` months of what is written about; ``unit`` and ``leader`` are for drafts about one.

    What was corrected by ``known`` is seen, whatever the moment: a correction tells again of the moment of the paper it mends.
    """

    def __init__(self, plans, first, last=None, moment=None, *, known=None, unit=None, leader=None):
        self.plans = sorted(plans, key=lambda plan: plan.pk)
        self.first, self.last = first, last or first
        self.moment = moment or clock.now()
        self.known = known or self.moment
        self.records, self.printed, self.corrected, self.briefs = {}, {}, {}, {}
        self.unit, self.leader = unit, leader
        self._programmes, self._names, self._driven = {}, {}, {}

    @property
    def plan(self):
        return self.plans[0] if len(self.plans) == 1 else None

    @property
    def day(self):
        return clock.local(self.moment).date()

    @property
    def ends_on(self):
        """The last day that is told of: of the months, or the moment's while they run."""
        return min(self.day, deadlines.last_day(self.last))

    @property
    def months_words(self):
        """2015年9月, 2015年1至9月."""
        first, last = self.first, self.last
        if first == last:
            return f"{first.year}年{first.month}月"
        until = f"{last.month}月" if first.year == last.year else f"{last.year}年{last.month}月"
        return f"{first.year}年{first.month}{'' if first.year == last.year else '月'}至{until}"

    @property
    def until_words(self):
        """9月底, or while the month runs 10月20日."""
        end = self.ends_on
        return f"{end.month}月底" if end == deadlines.last_day(end) else f"{end.month}月{end.day}日"

    def chosen(self, plan=None):
        """The plans a figure is of: the one named by its key, else all."""
        return [each for each in self.plans if plan is None or each.pk == plan]

    def address(self, name, **query):
        """A list with the rows behind a figure, of the paper's own month and plan where it has one."""
        told = {name: value for name, value in query.items() if value not in (None, "")}
        return reverse(name) + (f"?{urlencode(told)}" if told else "")

    def of_month(self, plan=None):
        only = plan or (self.plan.pk if self.plan else None)
        return {"plan": only, "month": f"{self.last:%Y-%m}"}

    @cached_property
    def tasks(self):
        return stood(EYES, self.plans, self.last, self.moment, known=self.known)

    @cached_property
    def tasks_before(self):
        """The same for the month before; nothing where that was not closed everywhere, as pages have it."""
        month = deadlines.previous_month(self.last)
        rows = Period.objects.visible_to(EYES).of(self.plans).filter(month=month, closed_at__lte=self.known)
        if rows.count() < len(self.plans):
            return []
        return stood(EYES, self.plans, month, self.moment, known=self.known)

    @cached_property
    def due_next(self):
        first = deadlines.next_month(self.last)
        rows = Task.objects.visible_to(EYES).actions().in_force().open().filter(plan__in=self.plans)
        return list(rows.filter(due_on__range=(first, deadlines.last_day(first))).order_by("due_on", "plan", "order"))

    def names_of(self, unit):
        """Every name under which a unit, and what was merged into it, may be on record."""
        if unit not in self._names:
            own = Unit.objects.visible_to(EYES).filter(pk__in=Unit.objects.behind([unit]).values("pk"))
            self._names[unit] = {name for pair in own.values_list("name", "other_names__name") for name in pair if name}
        return self._names[unit]

    @cached_property
    def closed(self):
        """Keys of the plans whose last month was closed by then."""
        rows = Period.objects.visible_to(EYES).of(self.plans).filter(month=self.last, closed_at__lte=self.known)
        return set(rows.values_list("plan", flat=True))

    @cached_property
    def reports(self):
        return filed(EYES, self.plans, self.first, self.last, self.moment)

    def programme(self, plan):
        if plan.pk not in self._programmes:
            with clock.telling(self.moment):
                self._programmes[plan.pk] = Programme(EYES, plan, min(self.last, plan.last_over))
        return self._programmes[plan.pk]

    @cached_property
    def programmes(self):
        rows = Project.objects.visible_to(EYES).filter(task__plan__in=self.plans).order_by()
        keys = set(rows.values_list("task__plan", flat=True))
        return {plan.pk: self.programme(plan) for plan in self.plans if plan.pk in keys}

    def driven(self, action):
        """(classes, causes) of an action (its key), as its dispatch goes through them."""
        if action not in self._driven:
            self._driven[action] = driven_by(action)
        return self._driven[action]

    def led(self, plan, leader):
        return set(
            Project.objects.visible_to(EYES)
            .filter(task__plan=plan)
            .of_leader(User(pk=leader))
            .values_list("pk", flat=True)
        )

    def invested_indicator(self, plan):
        """What the plan promised of its projects' money, for the statistics' figure beside ours; None without one."""
        rows = [each for each in self._indicators if each.plan_id == plan.pk and each.derived == Rule.MONEY.value]
        return rows[0] if rows else None

    @cached_property
    def _indicators(self):
        return Indicator.objects.visible_to(EYES).filter(plan__in=self.plans).with_figures()

    @cached_property
    def is_workday(self):
        return Workday.test()

    @property
    def latest(self):
        with clock.telling(self.moment):
            return latest(self.is_workday)

    @cached_property
    def directives(self):
        """Those issued about these plans, each with ``then`` and ``unit_then``, in the order they were issued."""
        rows = Directive.objects.visible_to(EYES).of(self.plans, withdrawn=True)
        rows = then(rows, self.moment + datetime.timedelta(microseconds=1)).select_related("issuer", "unit", "task")
        return list(rows.order_by("sent_at", "pk"))

    @cached_property
    def occasions(self):
        days = (self.first, self.ends_on)
        rows = Occasion.objects.visible_to(EYES).of(self.plans).held().filter(held_on__range=days)
        return list(rows.with_scope().order_by("held_on", "pk"))

    @cached_property
    def items(self):
        """What those settled or found, as far as others than who held them read it: of interviews nothing."""
        rows = Item.objects.visible_to(EYES).filter(occasion__in=[each.pk for each in self.occasions])
        rows = rows.filter(Occasion.open_to_others("occasion__")).exclude(occasion__kind=Occasion.Kind.INTERVIEW)
        return list(rows.select_related("occasion__unit", "unit").order_by("occasion__held_on", "occasion", "number"))

    @cached_property
    def changes(self):
        rows = TaskChange.objects.visible_to(EYES).agreed().filter(task__plan__in=self.plans)
        first, end = clock.start_of(self.first), min(clock.end_of(self.ends_on), self.moment)
        return list(
            rows.filter(decided_at__gte=first, decided_at__lte=end).select_related("task").order_by("decided_at", "pk")
        )


def plans_of(paper):
    return Plan.objects.visible_to(EYES).filter(papers=paper.pk)


def scope_of(paper, moment=None):
    """The scope of a stored paper, as of ``moment`` or its own; one that mends another is of that one's moment, by what is known since."""
    month = paper.month or clock.local(paper.as_of).date().replace(day=1)
    plans = plans_of(paper).select_related("office", "rules")
    known, first = moment or paper.as_of, paper
    while first.replaces_id:
        first = first.replaces
    return Scope(plans, month, paper.until or month, known if first == paper else first.as_of, known=known)
