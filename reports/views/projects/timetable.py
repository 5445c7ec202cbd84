"""A project's timetable: proposed by its service unit or in its place, decided by the unit that leads its action."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.forms import told_on
from kit.moves import require
from reports.views.projects.differences import differences
from tasks.actions.schedules import (
    DAYS,
    PRESETS,
    Kind,
    Step,
    accept_schedule,
    amounts_in,
    decline_schedule,
    planned,
    propose_schedule,
    steps_in,
    steps_of,
    withdraw_schedule,
)
from tasks.forms.timetable import AmountsForm, DecisionForm, NodeFormSet, amount_name, node_rows
from tasks.models import Milestone, Project, Schedule
from tasks.permissions import can_decide_schedule, can_propose_schedule, can_withdraw_schedule, leads
from units.models import Unit

PREFIX = "n"


def _project(request, pk):
    rows = Project.objects.visible_to(request.user).select_related("task__plan", "task__parent")
    rows = rows.prefetch_related(
        "amounts", "task__milestones", "task__responsibilities__unit", "task__parent__responsibilities__unit"
    )
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
def project_timetable(request, pk):
    """A press on a preset adds its nodes to what was typed; nothing is written."""
    project = _project(request, pk)
    require(can_propose_schedule(request.user, project))
    months, waiting = (
        project.task.plan.months,
        project.schedules.visible_to(request.user).waiting().select_related("by__unit").first(),
    )
    if "preset" in request.POST:
        typed, rows = request.POST.dict(), _typed_rows(request.POST) + _preset(request.POST["preset"])
        return _page(request, project, AmountsForm(initial=typed, months=months), _nodes(rows), waiting)
    if request.method == "GET":
        amounts, steps = _standing(project, waiting)
        first = {amount_name(of, month): f"{value:f}" for of, row in amounts.items() for month, value in row.items()}
        first["reason"] = waiting.reason if waiting else ""
        return _page(
            request, project, AmountsForm(initial=first, months=months), _nodes(_shown(request.user, steps)), waiting
        )
    form = AmountsForm(request.POST, months=months)
    nodes = NodeFormSet(request.POST, prefix=PREFIX)
    if form.is_valid() and nodes.is_valid():
        with told_on(form):
            steps = [Step(**row) for row in node_rows(nodes)]
            propose_schedule(project, request.user, form.amounts, steps, reason=form.cleaned_data["reason"])
            messages.success(request, "计划表已提出，等待审定。审定结果会发到消息里。")
            return redirect("project", pk)
    return _page(request, project, form, nodes, waiting)


def _standing(project, waiting):
    if waiting:
        return amounts_in(waiting.content), steps_in(waiting.content)
    return planned(project), steps_of(project)


def _names(user, steps):
    """{key: name} of the units in these nodes, also of those that are no more."""
    return dict(Unit.objects.visible_to(user).filter(pk__in=[step.unit_id for step in steps]).values_list("pk", "name"))


def _shown(user, steps):
    names = _names(user, steps)
    return [{**vars(step), "unit": names.get(step.unit_id, "")} for step in steps]


def _typed_rows(data):
    """The rows as they were typed, right or wrong."""
    names = [*NodeFormSet.form.base_fields, "DELETE"]
    rows = [{name: form[name].value() for name in names} for form in NodeFormSet(data, prefix=PREFIX)]
    return [row for row in rows if row["title"]]


def _preset(stage):
    titles = PRESETS.get(stage, ())
    return [{"title": title, "kind": DAYS.get(title, Kind.STEP), "stage": stage} for title in titles]


def _nodes(rows):
    return NodeFormSet(initial=rows, prefix=PREFIX)


def _page(request, project, form, nodes, waiting):
    context = {
        "project": project,
        "form": form,
        "nodes": nodes,
        "waiting": waiting,
        "in_place": not leads(request.user, project.task),
        "presets": [(stage.value, stage.label) for stage in Milestone.Stage],
        "unit_names": Unit.objects.visible_to(request.user).active().values_list("name", "initials"),
    }
    return render(request, "reports/project/timetable.html", context)


def _schedule(request, pk, serial):
    rows = Schedule.objects.visible_to(request.user).filter(project=pk, serial=serial)
    rows = rows.select_related("project__task__plan", "project__task__parent", "by__unit", "decided_by__unit")
    return get_object_or_404(rows, project__in=Project.objects.visible_to(request.user).values("pk"))


@require_safe
def project_schedule(request, pk, serial):
    return _show(request, _schedule(request, pk, serial), DecisionForm())


def _show(request, schedule, form):
    schedule.project = project = _project(request, schedule.project_id)
    waits = schedule.status == Schedule.Status.PROPOSED
    earlier = project.schedules.visible_to(request.user).filter(
        status=Schedule.Status.ACCEPTED, serial__lt=schedule.serial
    )
    before = None if waits else earlier.order_by("-serial").first()
    if waits:
        base = planned(project), steps_of(project)
    else:
        base = (amounts_in(before.content), steps_in(before.content)) if before else ({}, [])
    amounts, steps = amounts_in(schedule.content), steps_in(schedule.content)
    units = _names(request.user, [*base[1], *steps])
    context = {
        "project": project,
        "schedule": schedule,
        "form": form,
        "changes": differences(*base, amounts, steps, project.task.plan.months, units),
        "units": units,
        "compared": waits or before is not None,
        "before": before,
        "events": schedule.events.newest(),
        "may_decide": waits and can_decide_schedule(request.user, project),
        "may_withdraw": waits and can_withdraw_schedule(request.user, schedule),
    }
    return render(request, "reports/project/schedule.html", context)


@require_POST
def project_schedule_decide(request, pk, serial):
    schedule = _schedule(request, pk, serial)
    require(can_decide_schedule(request.user, schedule.project))
    form = DecisionForm(request.POST)
    if form.is_valid():
        accepted = form.cleaned_data["decision"] == form.ACCEPT
        with told_on(form):
            (accept_schedule if accepted else decline_schedule)(schedule, request.user, note=form.cleaned_data["note"])
            messages.success(request, "已审定，列为现行计划。" if accepted else "已答复：不采纳。")
            return redirect("project", pk)
    return _show(request, schedule, form)


@require_POST
def project_schedule_withdraw(request, pk, serial):
    withdraw_schedule(_schedule(request, pk, serial), request.user)
    messages.success(request, "已撤回这版计划表。")
    return redirect("project", pk)
