"""Key projects put on the list: one, or a whole county's at once by the same door."""

import re
from contextlib import nullcontext
from dataclasses import dataclass, field

from django.db import transaction

from kit import names
from kit.moves import lock, require
from kit.refusal import Refusal
from tasks.actions.assignment import put_parts, refuse_parts
from tasks.actions.classes import rule_of, rules_of
from tasks.actions.schedules import put_amounts, put_nodes, refuse_nodes
from tasks.actions.turning import settle
from tasks.models import ClassChange, Label, Plan, Project, ProjectClass, ProjectPerson, Task, TaskEvent
from tasks.permissions import can_manage_plan
from units.models import User

LETTERS = {
    ProjectClass.NEW: "K",
    ProjectClass.CONTINUED: "X",
    ProjectClass.PREPARED: "T",
    ProjectClass.STUDIED: "Y",
    ProjectClass.CONTRACTED: "Z",
}


@dataclass(frozen=True)
class Person:
    """Who answers for a project, as typed: the role, the name, the unit (or None), the phone."""

    role: str
    name: str
    unit: object = None
    phone: str = ""


@dataclass
class Told:
    """What is said of a project when it is put on the list or corrected: ``values`` by the names of Project.OWN.

    ``units`` are the service unit and those that help; ``amounts`` {measure: {month: planned}}; ``nodes`` as
    ``tasks.actions.schedules.Step``. None leaves a part as it is.
    """

    values: dict = field(default_factory=dict)
    content: str | None = None
    units: list | None = None
    places: list | None = None
    labels: list | None = None
    people: list | None = None
    amounts: dict | None = None
    nodes: list | None = None


@dataclass(eq=False)
class Listing:
    """One project to be put on the list; what it is a part of (``package``) is a Project, or a Listing that stands before it."""

    klass: str
    told: Told
    code: str = ""
    package: "Project | Listing | None" = None


class Codes:
    """The codes of a plan and of those it was begun from: a letter and two digits or more, never given twice."""

    def __init__(self, plan, given=()):
        numbers = {*Task.objects.filter(plan__in=_line_of(plan)).values_list("number", flat=True), *given}
        self.last = {}
        for letter, serial in (found.groups() for number in numbers if (found := re.fullmatch(r"(\D)(\d+)", number))):
            self.last[letter] = max(self.last.get(letter, 0), int(serial))

    def next(self, klass):
        letter = LETTERS[ProjectClass(klass)]
        self.last[letter] = self.last.get(letter, 0) + 1
        return f"{letter}{self.last[letter]:02d}"


def _line_of(plan):
    """The keys of a plan and of those it was begun from."""
    keys = [plan.pk]
    while before := Plan.objects.filter(pk=keys[-1]).values_list("follows", flat=True).get():
        keys.append(before)
    return keys


class Taken:
    """The names and codes that the projects of a plan have, of all but one where that one is corrected."""

    def __init__(self, plan, but=None):
        rows = Project.objects.filter(task__plan=plan).exclude(pk=but).values_list("name", "task__number")
        self.names, self.codes = {names.key(name) for name, _ in rows}, {code for _, code in rows}

    def take(self, name, code=""):
        if code and code in self.codes:
            raise Refusal(f"编号{code}已用于另一个项目。")
        if names.key(name) in self.names:
            raise Refusal(f"本方案已有同名项目“{name}”，请在名称中区分。")
        self.names.add(names.key(name))
        self.codes.add(code)


def list_project(plan, by, klass, told, *, code="", package=None, **how):
    """Put one project on the list and return it; ``how`` as ``list_projects``."""
    return list_projects(plan, by, [Listing(klass, told, code, package)], **how)[0]


@transaction.atomic
def list_projects(plan, by, listings, *, month=None, as_decided=True, reason="", paper="", naming=nullcontext):
    """Put projects on the list from ``month`` on (the plan's first without one) and return them in this order.

    ``as_decided`` says that they stand on the year's list as first decided; what comes later needs a reason. What is
    refused of one is raised within ``naming(listing)``, which may say whose it is. All are written or none.
    """
    plan = lock(plan)
    require(not by or can_manage_plan(by, plan))
    month = month or plan.months[0]
    if not as_decided and not reason.strip():
        raise Refusal("年中增补项目须写明原因。")
    rules, taken = rules_of(plan), Taken(plan)
    for each in listings:
        with naming(each):
            _refuse(each, rules, taken, month)
    tasks = _tasks_of(plan, listings, rules, month, as_decided=as_decided)
    projects = _projects_of(listings, tasks, month, as_decided=as_decided)
    ClassChange.objects.bulk_create(
        ClassChange(project=each, klass=each.klass, from_month=month, reason=reason, paper=paper, by=by)
        for each in projects
    )
    put_told([(project, each.told) for project, each in zip(projects, listings, strict=True)], by)
    settle(projects)
    note = "；".join(part for part in (reason.strip(), paper.strip()) if part)
    TaskEvent.objects.bulk_create(
        TaskEvent.made(each.task, by, "列入重点项目", note=note, changes={"类别": ["", ProjectClass(each.klass).label]})
        for each in projects
    )
    return projects


def _refuse(listing, rules, taken, month):
    told = listing.told
    rule_of(rules, listing.klass)
    taken.take(told.values["name"], listing.code)
    refuse_parts(*_led(told.units))
    refuse_nodes(told.nodes or ())
    if isinstance(listing.package, Project) and (why := listing.package.why_no_part(listing.klass, month)):
        raise Refusal(why)


def _tasks_of(plan, listings, rules, month, *, as_decided):
    codes = Codes(plan, [each.code for each in listings])
    last = plan.tasks.order_by("order").values_list("order", flat=True).last() or 0
    tasks = [
        Task(
            plan=plan,
            kind=Task.Kind.PROJECT,
            parent=rules[each.klass].action,
            number=each.code or codes.next(each.klass),
            order=last + place,
            short_title=each.told.values["name"][:40],
            text=each.told.content or each.told.values["name"],
            starts_on=month,
            due_on=plan.ends_on,
            pace=Task.Pace.MILESTONES,
            origin=Task.Origin.DOCUMENT if as_decided else Task.Origin.ADDED,
        )
        for place, each in enumerate(listings, 1)
    ]
    for task in tasks:
        task.derive()
    return Task.objects.bulk_create(tasks)


def _projects_of(listings, tasks, month, *, as_decided):
    made = {}
    for each, task in zip(listings, tasks, strict=True):
        package = made[each.package] if isinstance(each.package, Listing) else each.package
        project = made[each] = Project(task=task, klass=each.klass, listed_from=month, package=package)
        put_values(project, each.told.values)
        if as_decided:
            project.first_total, project.first_year_plan = project.total, project.year_plan
    return Project.objects.bulk_create(made.values())


def put_values(project, values):
    if unknown := set(values) - set(Project.OWN):
        raise TypeError(f"a project has no {unknown}")
    for name, value in values.items():
        setattr(project, name, value)


def put_told(pairs, by):
    """Write what stands beside the rows of projects: ``pairs`` are (project, Told); what was not told stays."""

    def said(part):
        return [(each, getattr(told, part)) for each, told in pairs if getattr(told, part) is not None]

    for _, units in said("units"):
        refuse_parts(*_led(units))
    put_parts([(each.task, *_led(units)) for each, units in said("units")], by, note="")
    _put_links(Project.places.through, "unit_id", said("places"))
    labels = _labels({name for _, of in said("labels") for name in of})
    _put_links(
        Project.labels.through, "label_id", [(each, [labels[name] for name in of]) for each, of in said("labels")]
    )
    put_people(said("people"))
    put_amounts(said("amounts"))
    put_nodes(said("nodes"))


def _led(units):
    return (units[0], units[1:]) if units else (None, [])


def _put_links(through, column, pairs):
    through.objects.filter(project__in=[project.pk for project, _ in pairs]).delete()
    links = [(project.pk, key) for project, rows in pairs for key in dict.fromkeys(row.pk for row in rows)]
    through.objects.bulk_create(through(project_id=project, **{column: key}) for project, key in links)


def _labels(wanted):
    """{name: Label}, made where there is none of the name."""
    known = set(Label.objects.filter(name__in=wanted).values_list("name", flat=True))
    Label.objects.bulk_create([Label(name=name) for name in sorted(wanted - known)], ignore_conflicts=True)
    return {label.name: label for label in Label.objects.filter(name__in=wanted)}


def put_people(pairs):
    """Replace who answers for projects, ``pairs`` are (project, Persons); a county leader is tied to the one account of that name."""
    leaders = {}
    for user in User.objects.filter(role=User.Role.LEADER, is_active=True):
        leaders.setdefault(user.name, []).append(user)
    rows = []
    for project, people in pairs:
        for order, person in enumerate(people, 1):
            found = leaders.get(person.name, []) if person.role == ProjectPerson.Role.LEADER else []
            rows.append(
                ProjectPerson(
                    project=project,
                    role=person.role,
                    name=person.name,
                    unit=person.unit,
                    phone=person.phone,
                    user=found[0] if len(found) == 1 else None,
                    order=order,
                )
            )
    ProjectPerson.objects.filter(project__in=[project.pk for project, _ in pairs]).delete()
    ProjectPerson.objects.bulk_create(rows)
