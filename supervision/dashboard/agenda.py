"""What one dispatch goes through: its projects, the worst first, with the sums of all and what is to be said of one."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.functional import cached_property

from kit import clock
from kit.deadlines import last_day, previous_month, workdays_between
from kit.rates import Rate
from reports.dashboard.programme import Programme
from reports.dashboard.stand import SEVERITY, Points, completed_of, rate_of, summed
from reports.models import Entry, MonthlyReport, Workday
from supervision.models import Item, Occasion
from supervision.permissions import can_keep
from tasks.derived import Rule
from tasks.lights import Judgement, Light
from tasks.models import Milestone, Project, driven_by


@dataclass(frozen=True)
class Sums(Points):
    """Of all projects on the agenda: money in 万元, 开工 and 竣工 with both numbers, lights, last month's decisions."""

    count: int
    done: Decimal
    due: Decimal
    year: Decimal
    started: Rate
    completed: Rate
    red: int
    yellow: int
    kept: Rate


@dataclass(frozen=True)
class Approval:
    """A node handed in and not returned: how many workdays it waits, with whom, and how many it may."""

    title: str
    unit: str
    waited: int
    limit: int | None

    @property
    def is_late(self):
        return self.limit is not None and self.waited > self.limit


@dataclass(frozen=True)
class Focus:
    """The one project that is talked about."""

    project: Project
    judged: Judgement
    due_share: Decimal | None
    problem: str
    overdue: tuple
    goal: Milestone | None
    promises: tuple
    approvals: tuple
    decided: tuple


class Agenda:
    """One month's dispatch of a plan: of ``action``, of ``sector``, or of all.

    Money, lights and rates are those of the list of key projects (Programme): of the last month that is over.
    """

    def __init__(self, user, plan, month, action=None, sector=None):
        self.user, self.plan, self.month, self.action, self.sector = user, plan, month, action, sector
        self.day = min(clock.today(), last_day(month))
        self.programme = Programme(user, plan)
        if month < self.programme.month:
            self.programme = Programme(user, plan, month)

    @property
    def scope_words(self):
        if self.action:
            return f"{self.action.number}{self.action.short_title}"
        return f"{self.sector}行业" if self.sector else "全部项目"

    @property
    def lead(self):
        """The unit that runs it."""
        return self.action.lead if self.action else self.sector.lead if self.sector else self.plan.office

    @property
    def next_number(self):
        return max((item.number for item in self._items if item.occasion.month == self.month), default=0) + 1

    @property
    def over(self):
        """The month by whose end it judges."""
        return self.programme.month

    @cached_property
    def _is_here(self):
        """Whether a project belongs here: by its class or sector, a package once; or held up by what the action clears."""
        if self.sector:
            return lambda stand: stand.package is None and stand.sector == self.sector.pk
        if self.action is None:
            return lambda stand: stand.package is None
        classes, causes = driven_by(self.action)
        return lambda stand: stand.package is None and stand.klass in classes or stand.cause in causes

    @cached_property
    def meeting(self):
        rows = Occasion.objects.visible_to(self.user).of_scope(self.plan, self.action, self.sector)
        return rows.filter(month=self.month).with_scope().first()

    @cached_property
    def lines(self):
        """Red and yellow first, in the order of the list within a light."""
        found = [each for each in self.programme.register.stands if not each.stopped and self._is_here(each)]
        return sorted(found, key=lambda line: SEVERITY[line.light])

    @cached_property
    def sums(self):
        lines = self.lines
        listed = {line.pk for line in lines}
        # A part that is here for its cause beside its package: the package has its money.
        money = summed(line for line in lines if line.package not in listed)
        lights = summed(lines).lights
        last = [item for item in self._items if item.occasion.month < self.month]
        return Sums(
            count=len(lines),
            done=money.done,
            due=money.due,
            year=money.year,
            started=rate_of(Rule.STARTED_SHARE, lines),
            completed=completed_of(lines, self.plan.ends_on),
            red=lights[Light.RED],
            yellow=lights[Light.YELLOW],
            kept=Rate(sum(item.kept == Item.Kept.KEPT for item in last), len(last)),
        )

    @cached_property
    def _items(self):
        """What this dispatch settled this month and the month before."""
        rows = Item.objects.visible_to(self.user).filter(
            occasion__kind=Occasion.Kind.MEETING,
            occasion__title="",
            occasion__plan=self.plan,
            occasion__action=self.action,
            occasion__sector=self.sector,
            occasion__month__in=[previous_month(self.month), self.month],
        )
        return list(rows.select_related("unit", "occasion").order_by("occasion__month", "number"))

    def project_of(self, line):
        return Project.objects.visible_to(self.user).get(pk=line.pk)

    def place_of(self, pk):
        """The place of a project in the lines, the first without one; None when it is not among them."""
        if pk is None:
            return 0 if self.lines else None
        return next((place for place, line in enumerate(self.lines) if line.pk == pk), None)

    def focus(self, line):
        """All that is to be said of one project of the agenda."""
        self.programme.register.look([line.pk])
        rows = Project.objects.visible_to(self.user).with_people().select_related("task")
        project = rows.prefetch_related("task__milestones__unit").get(pk=line.pk)
        nodes = list(project.task.milestones.all())
        late = [each for each in nodes if not self._is_done(each) and each.due_on < self.day]
        goal = next((each for each in nodes if each.goal), None)
        return Focus(
            project=project,
            judged=line.judged,
            due_share=line.due_share,
            problem=self._problem(project),
            overdue=tuple((each, (self.day - each.due_on).days) for each in late),
            goal=goal if goal and not self._is_done(goal) and goal.due_on >= self.day else None,
            promises=tuple(map(self._judgeable, self._promises(project))),
            approvals=tuple(self._approvals(nodes)),
            decided=tuple(self.decided(project.pk)),
        )

    def _is_done(self, node):
        return node.done_on is not None and node.done_on <= self.day

    def _problem(self, project):
        """What the service unit last filed about what holds it up, in its own words."""
        rows = Entry.objects.visible_to(self.user).filter(task=project.pk, report__period__month__lte=self.month)
        rows = rows.exclude(report__status__in=MonthlyReport.OWING).exclude(invested=None)
        rows = rows.order_by("-report__period__month")
        return rows.values_list("problems", flat=True).first() or ""

    def _promises(self, project):
        """What was promised of it last month, and what is still open of before."""
        rows = Item.objects.visible_to(self.user).promises(self.plan, self.month).filter(project=project)
        rows = rows.filter(Q(occasion__month=previous_month(self.month)) | Q(kept=Item.Kept.OPEN))
        rows = rows.select_related("unit", "occasion__action", "occasion__sector")
        rows = rows.prefetch_related("occasion__action__responsibilities__unit")
        return rows.order_by("occasion__month", "number")

    def _judgeable(self, item):
        """The same with ``may``: whether this person says if it was kept."""
        item.occasion.plan = self.plan
        item.may = can_keep(self.user, item.occasion)
        return item

    def _approvals(self, nodes):
        waiting = [each for each in nodes if each.handed_in_on and not self._is_done(each)]
        is_workday = Workday.test() if waiting else None
        for each in waiting:
            waited = workdays_between(each.handed_in_on, self.day, is_workday)
            yield Approval(each.title, str(each.unit or ""), waited, each.limit_workdays)

    def decided(self, project):
        """What this month's meeting settled so far about a project (key), or about none."""
        return [item for item in self._items if item.project_id == project and item.occasion.month == self.month]
