"""Who is responsible: for one task, or for several at once."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kit.forms import number_of, told_on
from kit.moves import require
from reports.actions.assignment import assign_task
from tasks.forms.assignment import AssignmentForm
from tasks.models import Task
from tasks.permissions import can_manage_task
from tasks.views.task import managed_task
from units.models import Unit


@require_http_methods(["GET", "POST"])
def task_assign(request, pk):
    """Who joined owes this month, who left no longer does."""
    task = managed_task(request, pk)
    first = {"lead": task.lead.name if task.lead else ""}
    form = AssignmentForm(request.POST or None, initial=first, units=task.supports)
    if form.is_valid():
        with told_on(form):
            _assign(form, [task], request.user)
            messages.success(request, "责任单位已保存。")
            return redirect("task", pk)
    return _page(request, form, [task], reverse("task", args=[pk]))


@require_http_methods(["GET", "POST"])
def task_assign_many(request):
    tasks = _picked(request)
    if not tasks:
        messages.warning(request, "请先勾选要分解的任务。")
        return redirect(f"{reverse('task_list')}?tab=unassigned")
    form = AssignmentForm(request.POST or None)
    if form.is_valid():
        with told_on(form):
            _assign(form, tasks, request.user)
            messages.success(request, f"已分解{len(tasks)}项任务。")
            return redirect(f"{reverse('task_list')}?tab=unassigned")
    return _page(request, form, tasks, f"{reverse('task_list')}?tab=unassigned")


def _picked(request):
    """One that is not theirs to assign stops everything."""
    keys = [number_of(key) for key in (request.POST or request.GET).getlist("pick")]
    tasks = list(Task.objects.visible_to(request.user).filter(pk__in=keys).with_people())
    require(all(can_manage_task(request.user, task) for task in tasks))
    return tasks


@transaction.atomic
def _assign(form, tasks, by):
    values = form.cleaned_data
    for task in tasks:
        assign_task(task, values["lead"], values["supports"], by, note=values["note"])


def _page(request, form, tasks, back):
    names = Unit.objects.visible_to(request.user).active().values_list("name", "initials")
    return render(request, "reports/assign.html", {"form": form, "tasks": tasks, "back": back, "unit_names": names})
