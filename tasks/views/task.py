"""One task: its page, and what the plan's office changes about it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kit import clock
from kit.forms import told_on
from kit.moves import require
from kit.refusal import Refusal
from tasks.actions.schedule import excuse, reschedule, set_milestones
from tasks.forms.schedule import ExcuseForm, MilestoneFormSet, ScheduleForm, milestone_rows, scheme_rows
from tasks.models import Task
from tasks.permissions import can_ask_change, can_manage_task
from tasks.tables import left_words
from units.permissions import can_see_contacts

EVENTS = 15


def get_task(request, pk):
    rows = Task.objects.visible_to(request.user).select_related("plan__rules", "plan__office", "section")
    return get_object_or_404(rows.prefetch_related("milestones", "responsibilities__unit__contacts"), pk=pk)


def managed_action(request, pk):
    """A key project has its own forms for what its plan says."""
    task = managed_task(request, pk)
    if task.is_project:
        raise Http404("a project")
    return task


def managed_task(request, pk):
    """Return the task if this person may change it: 404 when it is not there for them, 403 when it is not theirs."""
    task = get_task(request, pk)
    require(can_manage_task(request.user, task))
    return task


@require_safe
def task_page(request, pk):
    task = get_task(request, pk)
    if task.is_project:
        return redirect("project", pk)
    events = Paginator(task.events.newest(), EVENTS)
    return render(
        request,
        "tasks/task.html",
        _years(request.user, task)
        | {
            "task": task,
            "judged": task.judgement(),
            "left": left_words(task, clock.today()),
            "parts": [_part(request.user, part) for part in task.responsibilities.all()],
            "indicators": task.indicators.with_figures(),
            "overlaps": task.overlaps.visible_to(request.user).select_related("plan"),
            "events": events.get_page(request.GET.get("events")),
            "can_manage": can_manage_task(request.user, task),
            "can_ask": task.is_open and not task.is_overdue and can_ask_change(request.user, task),
            "changes": list(task.changes.visible_to(request.user).order_by("serial")),
        },
    )


def _years(user, task):
    seen = Task.objects.visible_to(user)
    origin = None
    if task.continues_id:
        rows = seen.select_related("plan__rules").prefetch_related("milestones", "responsibilities__unit")
        origin = rows.filter(pk=task.continues_id).first()
    return {
        "origin": origin,
        "origin_events": origin.events.newest()[:EVENTS] if origin else (),
        "continued": seen.filter(continues=task.pk).select_related("plan"),
    }


def _part(user, part):
    contacts = part.unit.contacts.all() if can_see_contacts(user, part.unit) else ()
    liaison = next((each for each in contacts if each.post == each.Post.LIAISON), None)
    return {"unit": part.unit, "role": part.get_role_display(), "liaison": liaison}


@require_http_methods(["GET", "POST"])
def task_edit(request, pk):
    task = managed_action(request, pk)
    first = {"short_title": task.short_title, "due_on": task.due_on, "pace": task.pace}
    form = ScheduleForm(request.POST or None, initial=first, task=task)
    if form.is_valid():
        with told_on(form):
            reschedule(task, request.user, **form.cleaned_data)
            messages.success(request, "任务安排已调整。")
            return redirect("task", pk)
    return render(request, "tasks/edit.html", {"task": task, "form": form})


@require_http_methods(["GET", "POST"])
def task_milestones(request, pk):
    task = managed_action(request, pk)
    fields = ("title", "due_on", "done_on", "weight")
    rows = [{name: getattr(each, name) for name in fields} for each in task.milestones.all()]
    if request.GET.get("steps") == "scheme":
        rows += scheme_rows(task, {row["title"] for row in rows})
    formset = MilestoneFormSet(request.POST or None, initial=rows, prefix="m", form_kwargs={"task": task})
    problem = ""
    if formset.is_valid():
        try:
            set_milestones(task, milestone_rows(formset), request.user)
        except Refusal as refusal:
            problem = str(refusal)
        else:
            messages.success(request, "节点已保存。")
            return redirect("task", pk)
    return render(request, "tasks/milestones.html", {"task": task, "formset": formset, "problem": problem})


@require_http_methods(["GET", "POST"])
def task_excuse(request, pk):
    task = managed_task(request, pk)
    form = ExcuseForm(request.POST or None, initial={"until": task.excused_until, "reason": task.excuse})
    if form.is_valid():
        with told_on(form):
            excuse(task, request.user, **form.cleaned_data)
            messages.success(request, "已批准说明，暂不评灯。")
            return redirect("task", pk)
    return render(request, "tasks/excuse.html", {"task": task, "form": form, "judged": task.judgement()})
