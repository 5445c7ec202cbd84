"""Key projects in bulk: the register of one plan, and what its months write into it."""

import datetime
from decimal import Decimal

from django.db.models import F

from bench.rows import BATCH
from bench.words import PLACES, PROBLEMS, pick, text
from kit import deadlines, pinyin
from reports.models import Standing
from tasks.actions.classes import set_up
from tasks.actions.listing import LETTERS
from tasks.models import (
    Amount,
    ClassChange,
    ClassRule,
    Indicator,
    Label,
    Measure,
    Milestone,
    Project,
    ProjectClass,
    ProjectPerson,
    Reading,
    Responsibility,
    Task,
)

Kind = Milestone.Kind
CLASSES = [ProjectClass.NEW] * 3 + [ProjectClass.CONTINUED] * 4 + list(ProjectClass)[2:]
CAUSES = ("GROUND", "FUNDS", "APPROVAL", "BLOCKED")
# What a project spends of its month's plan, in percent.
PACES = (100, 40, 95, 65, 110, 90)
# How many projects a service unit has, at most; of forty one is a package of the two that follow.
EACH, PACKED = 20, 40
DERIVED = (("开工率", "STARTED_SHARE", "%"), ("重点项目投资", "MONEY", "亿元"), ("资金到位率", "FUNDS_SHARE", "%"))


class Projects:
    """The register of ``plan``; ``parts`` are {index of a unit: [(number, task, role)]} as Months takes them."""

    def __init__(self, plan, count, units, months, first):
        set_up(plan)
        self.plan, self.count, self.units, self.months, self.first = plan, count, units, months, first
        self.sectors = list(plan.sectors.all())
        self.rules = {rule.klass: rule for rule in ClassRule.objects.filter(plan=plan).select_related("action")}
        self.rare = {klass for klass, rule in self.rules.items() if rule.rhythm == ClassRule.Rhythm.QUARTERLY}
        self.projects = self._register()
        self._plan()
        self._people()
        self._indicators()

    @property
    def parts(self):
        found = {}
        for number, project in enumerate(self.projects):
            if not self.is_package(number):
                found.setdefault(self.unit_of(number), []).append((self.first + number, project.task, "LEAD"))
        return found

    def is_package(self, number):
        return number % PACKED == 0 and number + 2 < self.count

    def package_of(self, number):
        head = number - number % PACKED
        return self.projects[head] if 0 < number - head <= 2 and self.is_package(head) else None

    def unit_of(self, number):
        return number // EACH % len(self.units)

    def class_of(self, number):
        return CLASSES[number % len(CLASSES)]

    def is_stopped(self, number):
        return number % 97 == 50 and len(self.months) > 3

    def asks(self, number, month):
        number -= self.first
        if self.is_stopped(number) and month >= self.months[-3]:
            return False
        return month.month % 3 == 0 or self.projects[number].klass not in self.rare

    def _register(self):
        tasks = Task.objects.bulk_create(map(self._task, range(self.count)), batch_size=BATCH)
        rows = [self._project(number, task) for number, task in enumerate(tasks)]
        Project.objects.bulk_create(rows, batch_size=BATCH)
        self.projects = rows
        packed = [row for number, row in enumerate(rows) if self.package_of(number)]
        for row in packed:
            row.package = self.package_of(row.task.order - self.first)
        Project.objects.bulk_update(packed, ["package"])
        ClassChange.objects.bulk_create(
            (ClassChange(project=row, klass=row.klass, from_month=self.plan.months[0]) for row in rows),
            batch_size=BATCH,
        )
        return rows

    def _task(self, number):
        klass, name = self.class_of(number), self._name(number)
        return Task(
            plan=self.plan,
            kind=Task.Kind.PROJECT,
            parent=self.rules[klass].action,
            number=f"{LETTERS[klass]}{number + 1:04d}",
            order=self.first + number,
            short_title=name[:40],
            initials=pinyin.initials(name)[:60],
            text=text(number),
            starts_on=self.plan.months[0],
            due_on=self.plan.ends_on,
            planned_due_on=self.plan.ends_on,
            judged_from=self.plan.ends_on,
            pace=Task.Pace.MILESTONES,
        )

    def _name(self, number):
        return f"{pick(PLACES, number)}第{number + 1}号{pick(('厂房', '公路', '水库', '学校', '管网'), number, 3)}工程"

    def _project(self, number, task):
        stopped = self.months[-3] if self.is_stopped(number) else None
        year = Decimal(100 * len(self.plan.months) * (number % 9 + 1))
        return Project(
            task=task,
            name=self._name(number),
            klass=self.class_of(number),
            sector=self.sectors[number % len(self.sectors)],
            owner=f"示例公司{number % 60}",
            total=year * 4,
            first_total=year * 4,
            before=year,
            year_plan=None if self.is_package(number) else year,
            first_year_plan=None if self.is_package(number) else year,
            listed_from=self.plan.months[0],
            stopped_on=stopped,
            stopped_from=stopped,
            stop_reason="资金未落实" if stopped else "",
            cause=pick(CAUSES, number) if number % 6 in (1, 3) else "",
            cause_month=self.months[-2] if number % 6 in (1, 3) and len(self.months) > 1 else None,
        )

    def _plan(self):
        measures = {Measure.INVESTED: 100, Measure.ARRIVED: 100, Measure.LAND: 100}
        Amount.objects.bulk_create(
            (
                Amount(project=project, month=month, measure=measure, first=each, planned=each)
                for number, project in enumerate(self.projects)
                if not self.is_package(number)
                for month in self.plan.months
                for measure, money in measures.items()
                for each in [Decimal(money * (number % 9 + 1))]
            ),
            batch_size=BATCH,
        )
        nodes = (node for number, project in enumerate(self.projects) for node in self._nodes(number, project))
        Milestone.objects.bulk_create(nodes, batch_size=BATCH)

    def _nodes(self, number, project):
        """A start, an approval that waits at every fifth, ten steps, and the goal."""
        months = self.plan.months
        start = months[number % len(months)].replace(day=10)
        handed = self.months[-1] - datetime.timedelta(days=number % 40)
        yield Milestone(
            task=project.task, title="开工", kind=Kind.START, due_on=start, done_on=self._done(number, start)
        )
        if number % 5 == 0:
            unit = self.units[number % min(7, len(self.units))]
            waits = {"handed_in_on": handed, "limit_workdays": 10, "unit": unit}
            yield Milestone(task=project.task, title="用地审批", due_on=months[-1], **waits)
        for step in range(10):
            due = months[step * len(months) // 10].replace(day=20)
            done = self._done(number + step, due)
            yield Milestone(task=project.task, title=f"第{step + 1}步", due_on=due, done_on=done)
        yield Milestone(task=project.task, title="竣工", kind=Kind.COMPLETE, due_on=self.plan.ends_on, goal=True)

    def _done(self, number, due):
        return due if number % 7 and due < self.months[-1] else None

    def _people(self):
        ten = Label.objects.create(name="三个十")
        rows, people, places, labels = [], [], [], []
        towns = [unit for unit in self.units if unit.peer_group == "TOWNSHIP"] or self.units
        for number, project in enumerate(self.projects):
            unit = self.units[self.unit_of(number)]
            rows.append(Responsibility(task=project.task, unit=unit, role=Responsibility.Role.LEAD, order=1))
            if number % 11:
                leader = f"示例领导{number % 20}"
                people.append(ProjectPerson(project=project, role=ProjectPerson.Role.LEADER, name=leader))
            people.append(
                ProjectPerson(project=project, role=ProjectPerson.Role.ENVOY, name=f"示例{number}", unit=unit)
            )
            places.append(Project.places.through(project=project, unit=towns[number % len(towns)]))
            if number % 10 == 0:
                labels.append(Project.labels.through(project=project, label=ten))
        for model, found in (
            (Responsibility, rows),
            (ProjectPerson, people),
            (Project.places.through, places),
            (Project.labels.through, labels),
        ):
            model.objects.bulk_create(found, batch_size=BATCH)

    def _indicators(self):
        """Derived ones, each with the statistics department's figure beside it."""
        for order, (name, rule, measure) in enumerate(DERIVED, 1):
            row = Indicator.objects.create(
                plan=self.plan,
                name=name,
                target=70,
                unit_of_measure=measure,
                official="REGISTER",
                derived=rule,
                order=order,
            )
            Reading.objects.bulk_create(
                Reading(indicator=row, month=month, kind="STATISTICS", value=Decimal(40), source="月报")
                for month in self.months[:-1]
            )

    def line(self, entry, number, month):
        """What a unit fills in of one project for one month."""
        number -= self.first
        pace, size = PACES[number % len(PACES)], number % 9 + 1
        entry.invested = entry.arrived = entry.land = Decimal(pace * size)
        entry.shape = f"完成第{month.month}段施工"
        if self.projects[number].cause:
            entry.cause, entry.problems = self.projects[number].cause, pick(PROBLEMS, number, month.month)
            entry.next_steps = "下月底以前协调到位"

    def enter(self, keys, month):
        """What was accepted of a month becomes the register's."""
        for place, pace in enumerate(PACES):
            mine = [each.pk for each in self.projects[place :: len(PACES)] if each.pk in keys]
            Amount.objects.filter(project__in=mine, month=month).update(actual=F("planned") * pace / 100)

    def standings(self, period):
        rows = Project.objects.filter(task__plan=self.plan).running(period.month).with_course()
        for each in rows.prefetch_related("task__responsibilities__unit").order_by("task__order"):
            judged, progress = each.judgement(period.last_day), each.course.progress(period.last_day)
            yield Standing(
                period=period,
                task=each.task,
                task_number=each.code,
                task_title=each.task.short_title,
                lead_name=each.service_unit.name,
                status=Task.status_at(progress),
                progress=progress,
                expected=judged.expected,
                light=judged.light.value,
                reason=judged.reason[:300],
            )

    def settle(self):
        """Progress and the days of the lights, as accepting a report leaves them."""
        day, rows = deadlines.last_day(self.months[-1]), []
        for each in Project.objects.filter(task__plan=self.plan).with_course():
            task = each.task
            task.project = each
            task.progress = each.course.progress(day)
            task.status = Task.Status.STOPPED if each.is_stopped else Task.status_at(task.progress)
            task.progress_month = max((month for month, _ in each.course.spent), default=None)
            task.settle_light()
            rows.append(task)
        names = ["progress", "progress_month", "status", "judged_from", "slow_from", "late_from"]
        Task.objects.bulk_update(rows, names, batch_size=500)
