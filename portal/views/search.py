"""Search from any page: tasks, units and plans by number, name, word, pinyin or initials."""

from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kit import names
from supervision.models import Directive, Experience, Occasion, Paper, Round
from tasks.models import Plan, Project, Task
from tasks.models.plan import nearness
from units.models import Unit

TASKS = 20
OTHERS = 8
LONGEST = 60


@require_safe
def search(request):
    """The task of exactly this number comes first, then titles, then the rest."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    context = {"words": words}
    if words:
        page = Paginator(_tasks(request.user, words), TASKS).get_page(request.GET.get("page"))
        _judged_as_projects(request.user, page)
        units = Unit.objects.visible_to(request.user).search(words)[: OTHERS + 1]
        context |= {
            "page_obj": page,
            "tasks": [{"task": task, "judged": task.judgement(), "exact": task.place == 0} for task in page],
            "units": units[:OTHERS],
            "more_units": len(units) > OTHERS,
            "directives": _directives(request.user, words)[:OTHERS],
            "occasions": _occasions(request.user, words)[:OTHERS],
            "experiences": Experience.objects.visible_to(request.user).saying(words).select_related("unit")[:OTHERS],
            "papers": Paper.objects.visible_to(request.user).search(words).order_by("-at", "-pk")[:OTHERS],
            "rounds": _rounds(request.user, words)[:OTHERS],
            "plans": _plans(request.user, words)[:OTHERS],
        }
    return render(request, "portal/search.html", context)


def _tasks(user, words):
    numbered = Task.objects.visible_to(user).numbered(words)
    place = Case(
        When(pk__in=numbered.values("pk"), then=Value(0)),
        When(names.holds(words, "short_title"), then=Value(1)),
        default=Value(2),
    )
    rows = Task.objects.visible_to(user).search(words) | numbered
    rows = rows.with_people().prefetch_related("milestones")
    return rows.annotate(place=place).order_by("place", nearness("plan__"), "-plan__year", "plan_id", "order", "pk")


def _judged_as_projects(user, tasks):
    keys = {task.pk: task for task in tasks if task.is_project}
    if keys:
        for project in Project.objects.visible_to(user).with_course().filter(pk__in=keys):
            keys[project.pk].project = project


def _directives(user, words):
    """Open ones first, then the newest."""
    rows = Directive.objects.visible_to(user).search(words).select_related("unit", "issuer")
    return rows.order_by("closed_at", "-sent_at", "-pk")


def _occasions(user, words):
    """By name, place or notice; what was said is not searched."""
    rows = Occasion.objects.visible_to(user).filter(names.holds(words, "title", "place", "letter_number"))
    return rows.with_scope().order_by("-held_on", "-pk")


def _rounds(user, words):
    """By the name of their scheme, the newest first."""
    rows = Round.objects.visible_to(user).filter(names.holds(words, "scheme__name"))
    return rows.select_related("scheme").order_by("-month", "-pk")


def _plans(user, words):
    named = names.holds(words, "title", "short_title", "document_number")
    return Plan.objects.visible_to(user).filter(named).select_related("office").current_first()
