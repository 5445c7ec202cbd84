"""What stands beside rows: fetched by kept statements, it is what Django fetches."""

import datetime

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models
from django.db.models import Manager, Prefetch, prefetch_related_objects
from django.test.utils import CaptureQueriesContext

from kit.statements import fetch_related
from supervision.models import Directive
from tasks.models import Milestone, Project, Responsibility, Task
from tests.supervision.directives import hand_down
from units.models import Unit

D = datetime.date
pytestmark = pytest.mark.django_db
LEADS = Responsibility.objects.filter(role="LEAD").select_related("unit")
# The rows, what is fetched beside them, and the way one walks there.
BESIDE = {
    "the row a key names": (Responsibility, "unit"),
    "a row or none": (Unit, "successor"),
    "a row and on": (Responsibility, "task__plan__office"),
    "those that name it": (Task, "responsibilities"),
    "those and on": (Task, "responsibilities__unit__contacts"),
    "the one that names it": (Task, "project"),
    "the one and on": (Task, "project__task__plan"),
    "the one it is one with": (Project, "task__project"),
    "of many": (Project, "places"),
    "of many and on": (Project, "places__responsibilities"),
    "of many, from behind": (Unit, "helped_directives"),
    "of its own kind": (Task, "overlaps"),
    "chosen": (Task, Prefetch("responsibilities", LEADS), "responsibilities__unit"),
    "chosen of many": (Project, Prefetch("places", Unit.objects.order_by("-name"))),
    "chosen of a key": (Responsibility, Prefetch("unit", Unit.objects.select_related("successor")), "unit__successor"),
    "under another name": (Task, Prefetch("milestones", Milestone.objects.order_by("-due_on"), "steps"), "steps"),
    "with what is beside them": (Task, Prefetch("responsibilities", LEADS.prefetch_related("unit__contacts"))),
}


@pytest.fixture
def county(make_project, task, town, civil, labour, inspector, programme):
    """Projects at one and two places, a unit merged, a paper with two helpers, tasks with and without a project."""
    make_project("标准厂房", places=[town])
    make_project("湘江大道", places=[town, labour], supports=[labour])
    for day in (D(2015, 9, 1), D(2015, 10, 1)):
        Milestone.objects.create(task=task, title="完成调研", due_on=day, weight=1)
    task.overlaps.add(programme.tasks.first())
    Unit.objects.filter(pk=civil.pk).update(successor=labour)
    hand_down(inspector, civil, helpers=[labour, town])


def walked(rows, path):
    """[(key, what stands beside it)] of rows, on along ``path``; what is beside is not asked for again."""
    name, _, rest = path.partition("__")
    return [(row.pk, walked(_beside(row, name), rest) if name else None) for row in rows]


def _beside(row, name):
    try:
        found = getattr(row, name)
    except ObjectDoesNotExist:
        return []
    found = found.all() if isinstance(found, Manager) else found
    return [] if found is None else [found] if isinstance(found, models.Model) else list(found)


def fetched(fetch, model, lookup, path):
    """(what stands beside all rows of the model, how many questions that took)."""
    rows = list(model.objects.order_by("pk"))
    with CaptureQueriesContext(connection) as asked:
        fetch(rows, lookup)
    with CaptureQueriesContext(connection) as again:
        found = walked(rows, path)
    assert not again.captured_queries
    return found, len(asked)


@pytest.mark.parametrize("name", BESIDE)
def test_it_is_what_django_fetches_with_as_many_questions(name, county):
    model, lookup, *path = BESIDE[name]
    path = path[0] if path else getattr(lookup, "prefetch_to", lookup)
    found, asked = fetched(fetch_related, model, lookup, path)
    assert any(beside for _, beside in found)
    assert (found, asked) == fetched(prefetch_related_objects, model, lookup, path)


@pytest.mark.parametrize("name", BESIDE)
def test_django_makes_none_of_it(name, county, monkeypatch):
    model, lookup, *_ = BESIDE[name]
    monkeypatch.setattr(models, "prefetch_related_objects", lambda *args: pytest.fail("left to Django"))
    assert list(model.objects.prefetch_related(lookup))


def test_what_is_not_known_is_left_to_django(county):
    steps = Prefetch("milestones", to_attr="steps")
    task = Project.objects.first().task
    fetch_related([task], steps, "steps__unit")
    assert [step.unit for step in task.steps] == [step.unit for step in task.milestones.all()]
    with pytest.raises(AttributeError, match="Cannot find 'nowhere'"):
        fetch_related([task], "nowhere")


def test_what_is_there_is_not_asked_for_again(county, django_assert_num_queries):
    rows = list(Task.objects.prefetch_related("responsibilities__unit"))
    with django_assert_num_queries(0):
        fetch_related(rows, "responsibilities__unit")
        fetch_related([], "responsibilities__unit")
    with django_assert_num_queries(1):
        fetch_related(rows, "responsibilities__unit__contacts")


def test_what_was_fetched_is_filtered_on_as_rows_of_the_one_it_is_beside(county):
    (directive,) = Directive.objects.prefetch_related("helpers")
    assert {unit.name for unit in directive.helpers.exclude(name="朱亭镇")} == {"县人社局"}
    for task in Task.objects.prefetch_related("responsibilities"):
        assert list(task.responsibilities.filter(role="LEAD")) == list(LEADS.filter(task=task))
