"""What numbers are derived from: the register of key projects as plain values (tasks.derived), in four or five questions."""

from decimal import Decimal

from django.db.models import OuterRef, Q, Sum

from kit.statements import Exists
from tasks import derived
from tasks.models.amount import Amount, Measure
from tasks.models.milestone import Milestone
from tasks.models.plan import Plan, fulfilling
from tasks.models.project import Project
from tasks.models.register import ClassChange


def facts_of(plan_ids):
    """Return {plan: derived.Facts} of the plans that have projects."""
    if not plan_ids:
        return {}
    projects = Project.objects.filter(task__plan__in=plan_ids)
    names = ("pk", "task__plan", "package", "klass", "listed_from", "stopped_from")
    rows = list(projects.order_by("task__order", "pk").values_list(*names))
    if not rows:
        return {}
    changed, days = _changes(plan_ids), _days(plan_ids)
    packages = {package for _, _, package, *_ in rows if package}
    sums = _sums(plan_ids, packages, changed)
    listed = {}
    for key, plan, package, klass, listed_from, stopped in rows:
        if package is None:
            parts = [days.get(part, {}) for part, _, of, *_ in rows if of == key] if key in packages else []
            done = derived.days_of_package(days.get(key, {}), parts)
            classes = tuple(changed.get(key, [(listed_from, klass)]))
            listed.setdefault(plan, []).append(derived.Listed(key, classes, listed_from, stopped, done))
    return {plan: derived.Facts.of(found, sums.get(plan, ())) for plan, found in listed.items()}


def _changes(plan_ids):
    """{project: [(from which month, class)]} of those that had more than one."""
    others = ClassChange.objects.filter(project=OuterRef("project")).exclude(pk=OuterRef("pk"))
    rows = ClassChange.objects.filter(Exists(others), project__task__plan__in=plan_ids)
    found = {}
    for key, month, klass in rows.order_by("from_month").values_list("project", "from_month", "klass"):
        found.setdefault(key, []).append((month, klass))
    return found


def _days(plan_ids):
    """{project: {day: the month from which it is on record}}; what fulfils a contract is the office's to say."""
    named = dict(Plan.objects.filter(pk__in=plan_ids).values_list("pk", "rules__fulfilled_by"))
    rows = Milestone.objects.filter(task__plan__in=plan_ids, task__kind="PROJECT").exclude(done_on=None)
    wanted = {name for names in named.values() for name in (fulfilling() if names is None else names)}
    rows = rows.filter(~Q(kind=Milestone.Kind.STEP) | Q(title__in=wanted))
    found = {}
    columns = ("task", "task__plan", "kind", "title", "done_on", "told_in")
    for key, plan, kind, title, done_on, told_in in rows.order_by("pk").values_list(*columns):
        month = derived.recorded_in(done_on, told_in)
        of, fulfils = found.setdefault(key, {}), fulfilling() if named[plan] is None else named[plan]
        for day in derived.days_of_node(kind, title, fulfils):
            of[day] = min(of.get(day, month), month)
    return found


def _sums(plan_ids, packages, changed):
    """{plan: [derived.Sum]}: summed by the database, except of those that had several classes."""
    names = ("project__task__plan", "month", "measure", "project__klass", "project__stopped_from")
    names = (*names, "project__sector__name")
    rows = Amount.objects.filter(project__task__plan__in=plan_ids).exclude(project__in=packages).order_by()
    found = {}
    for plan, *row in _summed(rows.exclude(project__in=changed), names):
        found.setdefault(plan, []).append(derived.Sum(*row))
    for key, plan, month, measure, _, *rest in _summed(rows.filter(project__in=changed), ("project", *names)):
        klass = next(klass for since, klass in reversed(changed[key]) if since <= month)
        found.setdefault(plan, []).append(derived.Sum(month, measure, klass, *rest))
    return found


def _summed(rows, names):
    for *values, planned, actual in rows.values_list(*names).annotate(p=Sum("planned"), a=Sum("actual")):
        yield *values, planned or Decimal(0), actual


def land_by_place(plan_id, month):
    """{township: 亩 handed over by a month}; a project in two townships stands in both, as in their own tables."""
    rows = Amount.objects.filter(project__task__plan=plan_id, measure=Measure.LAND, month__lte=month)
    rows = rows.exclude(actual=None).order_by().values_list("project__places").annotate(sum=Sum("actual"))
    return {place: land for place, land in rows if place}
