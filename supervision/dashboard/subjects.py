"""Who is compared with whom by a scheme: its units, or the projects and envoys of its plan, each in its group."""

from dataclasses import dataclass

from supervision.dashboard.metrics.scope import Who
from supervision.models.scheme import Scheme
from tasks.models import Project, ProjectPerson
from units.models import Unit

Subjects = Scheme.Subjects


@dataclass(frozen=True)
class Listed:
    """One subject in its group. ``unit`` is who is talked to about it: itself, the service unit, the envoy's unit."""

    who: Who
    unit: int | None
    group: str
    group_key: int | None
    group_order: int
    outside: bool

    @staticmethod
    def key_of(kind, unit, project, name):
        """The key of a subject, by what a round keeps of it."""
        if kind == Subjects.PROJECT:
            return f"project-{project}"
        return f"unit-{unit}" if kind == Subjects.UNIT else f"envoy-{unit}-{name}"


def subjects_of(scheme, until, taken_over):
    """[Listed] in the order of groups, within each as units and projects are listed; abolished units stand as their successors."""
    groups = list(scheme.groups.prefetch_related("units").order_by("order", "pk"))
    if scheme.subjects == Subjects.UNIT:
        return _units(groups, taken_over)
    of_unit = {unit.pk: group for group in groups for unit in group.units.all()}
    rest = next((group for group in groups if not group.units.all()), None)
    rows = _projects(scheme, until) if scheme.subjects == Subjects.PROJECT else _envoys(scheme, until)
    found = []
    for who, unit in rows:
        group = of_unit.get(unit, rest)
        if group:
            found.append(_listed(who, unit, group))
    return sorted(found, key=lambda each: each.group_order)


def _listed(who, unit, group):
    return Listed(who, unit, group.name, group.pk, group.order, group.is_outside)


def _units(groups, after):
    found, seen = [], set()
    names = dict(Unit.objects.filter(pk__in=set(after.values()) - {None}).values_list("pk", "name"))
    for group in groups:
        for unit in sorted(group.units.all(), key=lambda unit: (unit.order, unit.pk)):
            key = after.get(unit.pk, unit.pk)
            if key is None or key in seen:
                continue
            seen.add(key)
            who = Who(f"unit-{key}", names.get(key, unit.name), unit=key)
            found.append(_listed(who, key, group))
    return found


def _projects(scheme, until):
    """A package counts once."""
    rows = Project.objects.filter(task__plan=scheme.plan_id).counted().running(until)
    rows = rows.filter(task__responsibilities__role="LEAD").order_by("task__order", "pk")
    for pk, name, number, unit in rows.values_list("pk", "name", "task__number", "task__responsibilities__unit"):
        yield Who(f"project-{pk}", f"{number} {name}"[:80], project=pk), unit


def _envoys(scheme, until):
    """One person of a unit, with all projects they go to."""
    projects = Project.objects.filter(task__plan=scheme.plan_id).counted().running(until)
    rows = ProjectPerson.objects.filter(role=ProjectPerson.Role.ENVOY, project__in=projects.order_by().values("pk"))
    found = {}
    for name, unit, project in rows.order_by("project__task__order", "pk").values_list("name", "unit", "project"):
        found.setdefault((name, unit), set()).add(project)
    for (name, unit), own in found.items():
        yield Who(f"envoy-{unit}-{name}", name, envoy_of=frozenset(own)), unit
