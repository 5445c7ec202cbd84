"""The key projects of a plan as its official sheets list them: by class, a package once with its parts below, sums exact."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.functional import cached_property

from kit.deadlines import last_day
from kit.rates import percent
from reports.models import MonthlyReport
from tasks.models import Measure, Milestone, Project, ProjectClass, ProjectPerson, Responsibility

NONE = Decimal(0)
Kind, Role = Milestone.Kind, ProjectPerson.Role


@dataclass(frozen=True)
class Money:
    """Money of one project, or of several together, up to a month; None is not said and counts as nothing in a sum."""

    total: Decimal | None = None
    before: Decimal | None = None
    year: Decimal | None = None
    due: Decimal | None = None
    done: Decimal | None = None
    arrived: Decimal | None = None
    land: Decimal | None = None
    contract: Decimal | None = None
    contract_land: Decimal | None = None
    planned: dict = field(default_factory=dict)

    @property
    def share(self):
        """Percent of the year's plan that is done: rounded once to one decimal, uncapped."""
        return percent(self.done or NONE, self.year, 1) if self.year else None


SUMMED = ("total", "before", "year", "due", "done", "arrived", "land", "contract", "contract_land")


def together(moneys):
    moneys = list(moneys)
    sums = {name: _sum(getattr(each, name) for each in moneys) for name in SUMMED}
    months = {month for each in moneys for month in each.planned}
    return Money(**sums, planned={month: _sum(each.planned.get(month) for each in moneys) for month in months})


def _sum(values):
    said = [value for value in values if value is not None]
    return sum(said, NONE) if said else None


@dataclass(frozen=True)
class Line:
    """One project of a list; a part of a package has no number and is in no sum."""

    project: Project
    klass: str
    money: Money
    number: int | None = None
    shape: str = ""

    @property
    def key(self):
        return self.project.pk

    @property
    def is_part(self):
        return self.project.package_id is not None

    @property
    def name(self):
        return f"其中：{self.project.name}" if self.is_part else self.project.name

    def people(self, role):
        return [each for each in self.project.people.all() if each.role == role]

    def named(self, role):
        return "、".join(each.name for each in self.people(role))

    @cached_property
    def nodes(self):
        return list(self.project.task.milestones.all())

    def day(self, kind):
        return next((each for each in self.nodes if each.kind == kind), None)

    def is_completed_in(self, plan):
        node = self.day(Kind.COMPLETE)
        return node is not None and node.due_on <= plan.ends_on


@dataclass(frozen=True)
class Block:
    """Lines under one head with their sums; ``rank`` 0 is all, 1 a class, 2 a part of a class."""

    head: str
    rank: int
    count: int
    money: Money
    lines: tuple[Line, ...] = ()


class Listed:
    """The projects on the list of ``month`` in the class they then had, with money up to it; those stopped by then apart.

    ``projects`` and ``entries`` are what the reader may see.
    """

    def __init__(self, plan, month, projects, entries):
        self.plan, self.month, self._visible, self._entries = plan, month, projects, entries
        self.day = last_day(month)

    @cached_property
    def _projects(self):
        rows = self._visible.filter(task__plan=self.plan, listed_from__lte=self.month)
        rows = (
            rows.with_class(self.month)
            .with_course()
            .with_people()
            .prefetch_related("labels", "places", "people", "people__unit")
        )
        return list(rows.order_by("task__order", "pk"))

    @cached_property
    def _shapes(self):
        """{project: 形象进度} as the latest accepted month up to this one says, of what the person may read."""
        rows = self._entries.filter(
            task__plan=self.plan,
            task__kind="PROJECT",
            role=Responsibility.Role.LEAD,
            report__status=MonthlyReport.Status.ACCEPTED,
            report__period__month__lte=self.month,
        )
        return dict(rows.exclude(shape="").order_by("report__period__month").values_list("task", "shape"))

    def _money(self, project):
        rows = [row for row in project.carried if row.measure == Measure.INVESTED]
        planned = {}
        for row in rows:
            if row.planned is not None:
                planned[row.month] = planned.get(row.month, NONE) + row.planned
        others = {
            name: _sum(row.actual for row in project.carried if row.measure == measure and row.month <= self.month)
            for name, measure in (("arrived", Measure.ARRIVED), ("land", Measure.LAND))
        }
        year = project.year_plan if project.year_plan is not None else _sum(planned.values())
        return Money(
            total=project.total,
            before=project.before,
            year=year,
            due=_sum(money for month, money in planned.items() if month <= self.month),
            done=_sum(row.actual for row in rows if row.month <= self.month),
            contract=project.contract_sum,
            contract_land=project.contract_land,
            planned=planned,
            **others,
        )

    def _line(self, project, number=None):
        return Line(
            project, project.class_then or project.klass, self._money(project), number, self._shapes.get(project.pk, "")
        )

    def _is_stopped(self, project):
        return project.stopped_from is not None and project.stopped_from <= self.month

    @cached_property
    def lines(self):
        """What the list counts, in its order."""
        return [self._line(each) for each in self._projects if not each.package_id and not self._is_stopped(each)]

    @cached_property
    def stopped(self):
        return [self._line(each) for each in self._projects if not each.package_id and self._is_stopped(each)]

    @cached_property
    def _parts(self):
        found = {}
        for each in self._projects:
            if each.package_id:
                found.setdefault(each.package_id, []).append(self._line(each))
        return found

    @cached_property
    def sums(self):
        return together(line.money for line in self.lines)

    def blocks(self, classes=tuple(ProjectClass)):
        """All, then the classes in their order, the continued ones by whether they are to be completed in the plan's time."""
        chosen = [line for line in self.lines if line.klass in classes]
        yield Block(f"合计（{len(chosen)}个）", 0, len(chosen), together(line.money for line in chosen))
        number, place = 0, 0
        for klass in classes:
            lines = [line for line in chosen if line.klass == klass]
            if not lines:
                continue
            place += 1
            head = f"{'一二三四五'[place - 1]}、重点{ProjectClass(klass).label}项目（{len(lines)}个）"
            for block in self._of_class(klass, head, lines):
                numbered = []
                for line in block.lines:
                    number += 1
                    numbered.append(replace(line, number=number))
                    numbered += self._parts.get(line.key, ())
                yield Block(block.head, block.rank, block.count, block.money, tuple(numbered))
        if stopped := [line for line in self.stopped if line.klass in classes]:
            head = f"已调出（{len(stopped)}个，不计入合计）"
            yield Block(head, 1, len(stopped), together(line.money for line in stopped), tuple(stopped))

    def _of_class(self, klass, head, lines):
        money = together(line.money for line in lines)
        done, going = (
            [line for line in lines if line.is_completed_in(self.plan) is wanted] for wanted in (True, False)
        )
        if klass != ProjectClass.CONTINUED or not done or not going:
            yield Block(head, 1, len(lines), money, tuple(lines))
            return
        yield Block(head, 1, len(lines), money)
        for mark, word, some in (("一", "竣工投产", done), ("二", "加快建设", going)):
            money = together(line.money for line in some)
            yield Block(f"（{mark}）{word}项目小计（{len(some)}个）", 2, len(some), money, tuple(some))

    def by_sector(self):
        sectors = {each.sector.name: each.sector.order for each in self._projects if each.sector}
        names = sorted(sectors, key=sectors.get)
        return self._grouped(lambda project: (project.sector.name if project.sector else "",), names, "未分行业")

    def by_township(self):
        """A project of several townships stands in the row of each, and once in the total."""
        places = {place.name: place for each in self._projects for place in each.places.all()}
        names = sorted(places, key=lambda name: (places[name].order, places[name].pk))
        return self._grouped(
            lambda project: [each.name for each in project.places.all()] or [""], names, "未填建设地点"
        )

    def _grouped(self, key, names, without):
        found = {}
        for line in self.lines:
            for name in key(line.project):
                found.setdefault(name, []).append(line)
        named = [(name, found[name]) for name in names if name in found]
        named += [(without, found[""])] if "" in found else []
        return [Block(name, 1, len(lines), together(line.money for line in lines)) for name, lines in named]
