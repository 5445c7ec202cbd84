"""What one dispatch goes through: its projects, the worst first, with the sums of all and what is to be said of one."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from kit import clock
from kit.deadlines import last_day, previous_month, workdays_between
from kit.rates import Rate, rounded
from reports.models import Entry, MonthlyReport, Workday
from supervision.models import Item, Occasion
from supervision.permissions import can_keep
from tasks.lights import Judgement, Light
from tasks.models import Amount, Cause, Measure, Milestone, Project, ProjectClass, Task

WORST_FIRST = (Light.RED, Light.YELLOW, Light.GREEN, Light.GREY, Light.BLUE)
NOTHING = (Decimal(0), Decimal(0), Decimal(0))


@dataclass(frozen=True)
class Line:
    """One project of the strip and of the printed list; ``done``, ``due`` and ``year`` in 万元."""

    pk: int
    package: int | None
    code: str
    name: str
    light: Light
    klass: str
    cause: str
    done: Decimal
    due: Decimal
    year: Decimal

    @property
    def lag(self):
        return points(self.due - self.done, self.year)

    @property
    def share(self):
        return points(self.done, self.year)

    @property
    def klass_words(self):
        return ProjectClass(self.klass).label

    @property
    def cause_words(self):
        return Cause(self.cause).label if self.cause else ""

    @property
    def is_judged(self):
        return self.light in (Light.RED, Light.YELLOW)


def points(part, whole):
    """Percent of ``whole``, one decimal; None without a whole."""
    return rounded(Fraction(part) * 100 / Fraction(whole), 1) if whole else None


@dataclass(frozen=True)
class Sums:
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

    @property
    def lag(self):
        return points(self.due - self.done, self.year)

    @property
    def share(self):
        return points(self.done, self.year)


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
    """One month's dispatch of a plan: of ``action``, of ``sector``, or of all; judged as of ``day``."""

    def __init__(self, user, plan, month, action=None, sector=None):
        self.user, self.plan, self.month, self.action, self.sector = user, plan, month, action, sector
        self.day = min(clock.today(), last_day(month))

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
        """The last month that is over by ``day``: money planned for later ones is not due yet."""
        month = self.day.replace(day=1)
        return month if last_day(month) <= self.day else previous_month(month)

    @cached_property
    def rows(self):
        seen = Project.objects.visible_to(self.user).filter(task__plan=self.plan)
        if self.action:
            return seen.on_agenda_of(self.action, self.month).running(self.month)
        rows = seen.counted().running(self.month)
        return rows.filter(sector=self.sector) if self.sector else rows

    @cached_property
    def meeting(self):
        rows = Occasion.objects.visible_to(self.user).of_scope(self.plan, self.action, self.sector)
        return rows.filter(month=self.month).with_scope().first()

    @cached_property
    def lines(self):
        """Red and yellow first, in the order of the list within a light."""
        tasks = Task.objects.visible_to(self.user).filter(pk__in=self.rows.order_by().values("pk"))
        own = ("project__package", "number", "project__name", "project__klass", "project__cause", "project__year_plan")
        rows = tasks.with_light(self.day).order_by("order", "pk").values_list("pk", "light_now", *own)
        return sorted(self._drawn(rows), key=lambda line: WORST_FIRST.index(line.light))

    def _drawn(self, rows):
        money = self._money
        for pk, light, package, code, name, klass, cause, year in rows:
            done, due, planned = money.get(pk, NOTHING)
            year = planned if year is None else year
            yield Line(pk, package, code, name, Light(light), klass, cause, done, due, year)

    @cached_property
    def _money(self):
        """{project: (done, due, planned)} of the year's investment, a package's from its parts."""
        rows = Amount.objects.of(self.plan).filter(measure=Measure.INVESTED).order_by()
        rows = rows.annotate(owner=Coalesce("project__package", "project")).values_list("owner", "project")
        rows = rows.annotate(
            done=Sum("actual", filter=Q(month__lte=self.month)),
            due=Sum("planned", filter=Q(month__lte=self.over)),
            year=Sum("planned"),
        )
        found = {}
        for owner, project, *sums in rows:
            for key in {owner, project}:
                before = found.get(key, NOTHING)
                found[key] = tuple(was + (more or Decimal(0)) for was, more in zip(before, sums, strict=True))
        return found

    @cached_property
    def sums(self):
        lines, days = self.lines, self._days
        listed = {line.pk for line in lines}
        # A part that is here for its cause beside its package: the package has its money.
        carried = [line for line in lines if line.package not in listed]
        new = [line.pk for line in lines if line.klass == ProjectClass.NEW]
        started = sum(days.get((pk, Milestone.Kind.START)) is True for pk in new)
        ends = [done for (task, kind), done in days.items() if kind == Milestone.Kind.COMPLETE and task in listed]
        last = [item for item in self._items if item.occasion.month < self.month]
        return Sums(
            count=len(lines),
            done=sum((line.done for line in carried), Decimal(0)),
            due=sum((line.due for line in carried), Decimal(0)),
            year=sum((line.year for line in carried), Decimal(0)),
            started=Rate(started, len(new)),
            completed=Rate(sum(ends), len(ends)),
            red=sum(line.light == Light.RED for line in lines),
            yellow=sum(line.light == Light.YELLOW for line in lines),
            kept=Rate(sum(item.kept == Item.Kept.KEPT for item in last), len(last)),
        )

    @property
    def _days(self):
        """{(project, kind): whether it is done} of the days of start and completion due by the plan's end."""
        kinds = (Milestone.Kind.START, Milestone.Kind.COMPLETE)
        rows = Milestone.objects.of(self.plan).filter(kind__in=kinds, due_on__lte=self.plan.ends_on)
        found = rows.order_by().values_list("task", "kind", "done_on")
        return {(task, kind): done is not None and done <= self.day for task, kind, done in found}

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
        return self.rows.get(pk=line.pk)

    def place_of(self, pk):
        """The place of a project in the lines, the first without one; None when it is not among them."""
        if pk is None:
            return 0 if self.lines else None
        return next((place for place, line in enumerate(self.lines) if line.pk == pk), None)

    def focus(self, line):
        """All that is to be said of one project of the agenda."""
        project = self.rows.with_course().with_people().select_related("task__plan__rules", "sector").get(pk=line.pk)
        nodes = list(project.task.milestones.all())
        late = [each for each in nodes if not self._is_done(each) and each.due_on < self.day]
        goal = next((each for each in nodes if each.goal), None)
        return Focus(
            project=project,
            judged=project.judgement(self.day),
            due_share=points(line.due, line.year),
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
