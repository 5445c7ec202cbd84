"""Key projects taken along when their plan is begun anew for another year, and what a month accepted afterwards still moves."""

from dataclasses import dataclass

from kit.moves import change
from kit.rates import written
from kit.refusal import Refusal
from kit.trace import differences
from tasks.actions.turning import settle
from tasks.models import (
    CauseRule,
    ClassChange,
    Milestone,
    Project,
    ProjectClass,
    ProjectPerson,
    Task,
    TaskEvent,
)

FOLLOWED = "上年数据变动"
Kind = Milestone.Kind
FINISHED = (Kind.COMPLETE, Kind.COMMISSION, Kind.CAPACITY)
# The year's own columns begin empty or anew, all others stay the project's.
YEARLY = ("printed_number", "sector", "before", "year_plan", "goal_words")
STEP = ("title", "kind", "stage", "weight", "unit_id", "person", "handed_in_on", "limit_workdays")


@dataclass(frozen=True)
class CarriedProject:
    """One project that goes along, and the class it has in the new plan."""

    project: Project
    klass: str


def proposed_class(project):
    """What began this year goes on next year; every other class stays what it is."""
    return ProjectClass.CONTINUED if project.klass == ProjectClass.NEW else ProjectClass(project.klass)


def staying(project):
    """Return why a project stays behind, in one word; "" where it may go along. Reads the task's milestones."""
    if project.is_stopped:
        return "已调出"
    done = {each.kind: each for each in project.task.milestones.all() if each.done_on}
    if found := next((done[kind] for kind in FINISHED if kind in done), None):
        return f"已{found.get_kind_display()}"
    goal = next((each for each in project.task.milestones.all() if each.goal), None)
    return "已办结" if project.task.status == Task.Status.DONE and goal is None else ""


def candidates(plan):
    """The projects of a plan with all that carrying them reads, their units with those that took their place."""
    rows = Project.objects.filter(task__plan=plan).with_course().with_people().select_related("package__task")
    units = ("places", "people__unit", "task__milestones__unit", "task__responsibilities__unit")
    rows = rows.prefetch_related("labels", *(f"{unit}__successor" for unit in units))
    return rows.order_by("task__order", "pk")


def check(plan, choice):
    """Refuse what cannot go along: what stays behind, a class without its action, a part without its package."""
    chosen = {each.project.pk for each in choice.projects}
    actions = {each.task.pk for each in choice.tasks}
    for each in choice.projects:
        project = each.project
        if why := staying(project):
            raise Refusal(f"项目{project}{why}，留在原方案，不能带入。")
        if project.package_id and project.package_id not in chosen:
            raise Refusal(f"项目{project}属于打包项目{project.package}，请把打包项目一并勾选。")
    rules = {rule.klass: rule for rule in plan.class_rules.select_related("action")}
    for klass in sorted({each.klass for each in choice.projects}):
        rule, label = rules.get(klass), ProjectClass(klass).label
        if rule is None:
            raise Refusal(f"还没有设定“{label}”项目属于哪项行动，请先在“项目设置”中设定，再结转。")
        if rule.action_id not in actions:
            raise Refusal(
                f"“{label}”项目属于{rule.action.called}，该项没有带入；请勾选{rule.action.called}，或者不带入这类项目。"
            )


class ProjectCopy:
    """The programme's part of a roll-over: ``tasks`` are the new actions by the old ones' keys, ``unit_of`` the units of today."""

    def __init__(self, plan, new, tasks, unit_of):
        self.plan, self.new, self.tasks, self.unit_of = plan, new, tasks, unit_of
        self.sectors, self.rules, self.projects = {}, {}, {}

    def frame(self):
        """Sectors with their lead units, and the rule of every class and cause whose action goes along."""
        for old in self.plan.sectors.select_related("lead__successor"):
            self.sectors[old.pk] = copied(old, plan=self.new, lead=self.unit_of(old.lead))
            self.sectors[old.pk].save()
        for old in self.plan.class_rules.all():
            if action := self.tasks.get(old.action_id):
                self.rules[old.klass] = copied(old, plan=self.new, action=action, also=self.tasks.get(old.also_id))
                self.rules[old.klass].save()
        CauseRule.objects.bulk_create(
            copied(old, plan=self.new, action=self.tasks[old.action_id])
            for old in self.plan.cause_rules.all()
            if old.action_id in self.tasks
        )

    def project(self, carried, order, by):
        """Write one project and return (the new task, what the trace says changed); its unit's part is written by who calls."""
        old = carried.project
        task = Task.objects.create(
            plan=self.new,
            kind=Task.Kind.PROJECT,
            parent=self.rules[carried.klass].action,
            number=old.code,
            order=order,
            short_title=old.task.short_title,
            text=old.task.text,
            also_named=old.task.also_named,
            starts_on=self.new.months[0],
            due_on=self.new.ends_on,
            pace=Task.Pace.MILESTONES,
            origin=Task.Origin.DOCUMENT,
            continues=old.task,
        )
        project = Project.objects.create(
            task=task,
            klass=carried.klass,
            sector=self.sectors.get(old.sector_id),
            before=old.invested,
            first_total=old.total,
            listed_from=self.new.months[0],
            package=self.projects.get(old.package_id),
            **{name: getattr(old, name) for name in Project.OWN if name not in YEARLY},
        )
        self.projects[old.pk] = project
        ClassChange.objects.create(project=project, klass=project.klass, from_month=project.listed_from, by=by)
        self._people(old, project)
        self._nodes(old, task)
        settle([project])
        return task, {
            "类别": [old.get_klass_display(), project.get_klass_display()],
            "上年末累计投资（万元）": [_words(old.before), _words(project.before)],
        }

    def _people(self, old, project):
        project.labels.set(old.labels.all())
        project.places.set(filter(None, map(self.unit_of, old.places.all())))
        people = [copied(each, project=project, unit=self.unit_of(each.unit)) for each in old.people.all()]
        ProjectPerson.objects.bulk_create(people)

    def _nodes(self, old, task):
        """What is still open goes along, an approval with the day it was handed in; which one is the goal is for the new year to say."""
        years = self.new.year - self.plan.year
        for each in old.task.milestones.all():
            if each.done_on is None:
                due = each.due_on if each.due_on >= task.starts_on else moved(each.due_on, years)
                due = min(max(due, task.starts_on), task.due_on)
                values = {name: getattr(each, name) for name in STEP}
                unit = self.unit_of(each.unit)
                values["unit_id"] = unit.pk if unit else None
                Milestone.objects.create(task=task, due_on=due, first_due_on=due, **values)


def copied(row, **changed):
    """The row once more, not saved yet, with what is ``changed``."""
    columns = [each for each in row._meta.concrete_fields if not each.primary_key and each.name not in changed]
    return type(row)(**{each.attname: getattr(row, each.attname) for each in columns}, **changed)


def moved(day, years):
    """Return ``day`` so many years later; the 29th of February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def follow(project, was, by, note):
    """Bring a month of the old year that is accepted or taken back into ``before`` of the project that continues ``project``.

    ``was`` is what the project had come to before it. A figure that the office has corrected since by hand stays.
    """
    now = project.invested
    if now == was:
        return
    rows = Project.objects.filter(task__continues=project.pk, before=was)
    for later in rows.select_related("task__plan__rules", "package").prefetch_related("amounts", "parts__amounts"):
        come_to = later.invested
        change(later, before=now)
        changes = differences({"上年末累计投资（万元）": _words(was)}, {"上年末累计投资（万元）": _words(now)})
        TaskEvent.write(later.task, by, FOLLOWED, note=note, changes=changes)
        follow(later, come_to, by, note)


def _words(value):
    return "" if value is None else written(value)
