"""One key project: its page, and the one-page card (台账) that is printed of it."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kit import clock
from kit.records import checksum
from reports.dashboard.project import ProjectCard
from reports.permissions import can_say_at_place
from reports.views.projects.drawings import gantt_of
from tasks.models import Milestone, Project
from tasks.permissions import can_decide_schedule, can_manage_task, can_propose_schedule, leads

EVENTS = 6


def project_of(request, pk):
    """Return the project with all its page shows; 404 when it is not there for them."""
    rows = Project.objects.visible_to(request.user).with_people().select_related("package__task")
    rows = rows.select_related("task__plan__rules", "task__plan__office", "task__parent")
    return get_object_or_404(
        rows.prefetch_related(
            "amounts",
            "parts__amounts",
            "parts__task",
            "labels",
            "classes__by",
            "people__unit",
            "task__parent__responsibilities__unit",
            Prefetch("task__milestones", Milestone.objects.select_related("unit")),
        ),
        pk=pk,
    )


@require_safe
def project_page(request, pk):
    project, user = project_of(request, pk), request.user
    card = ProjectCard(project, user)
    events = Paginator(project.task.events.newest(), EVENTS)
    return render(
        request,
        "reports/project/page.html",
        {
            "project": project,
            "task": project.task,
            "card": card,
            "gantt": gantt_of(card),
            "events": events.get_page(request.GET.get("events")),
            "may_manage": can_manage_task(user, project.task),
            "may_propose": can_propose_schedule(user, project),
            "may_say": not project.is_stopped and can_say_at_place(user, project),
            "is_service": leads(user, project.task),
            "may_decide": can_decide_schedule(user, project),
        },
    )


@require_safe
def project_print(request, pk):
    project = project_of(request, pk)
    card = ProjectCard(project, request.user)
    printed = [project.code, project.name, card.judged.reason, *(figure.value for figure in card.figures)]
    return render(
        request,
        "reports/project/print.html",
        {
            "project": project,
            "task": project.task,
            "card": card,
            "across": (across := _across(len(card.nodes))),
            "node_rows": _side_by_side(card.nodes, across),
            "printed_at": clock.now(),
            "seal": checksum(printed)[:8].upper(),
        },
    )


def _across(count):
    """How many nodes stand side by side, so that all of it keeps to one sheet."""
    return 1 if count <= 6 else 2 if count <= 12 else 3


def _side_by_side(lines, across):
    """Rows of (number, line), filled column by column; None where the last one ends early."""
    numbered = list(enumerate(lines, 1))
    high = -(-len(numbered) // across)
    numbered += [(None, None)] * (high * across - len(numbered))
    return [numbered[row::high] for row in range(high)]
