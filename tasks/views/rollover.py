"""A plan carried into another year: choose, look at it, carry it out."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kit.forms import told_on
from kit.moves import require
from tasks.actions.carrying import check
from tasks.actions.rollover import roll_over
from tasks.actions.takeback import built_on, counted, take_back_roll_over
from tasks.forms.rollover import RollOverForm, TakeBackForm
from tasks.models import Plan, Task
from tasks.permissions import can_manage_plan


def _plan(request, pk):
    return get_object_or_404(Plan.objects.visible_to(request.user).select_related("office", "rules", "follows"), pk=pk)


@require_http_methods(["GET", "POST"])
def plan_roll_over(request, pk):
    """The form; with ``act`` preview what would be written, with ``act`` carry the writing of it."""
    plan = _plan(request, pk)
    require(can_manage_plan(request.user, plan))
    form = RollOverForm(request.POST or None, plan=plan)
    act = request.POST.get("act", "")
    if act in ("preview", "carry") and form.is_valid():
        with told_on(form):
            return _ahead(request, plan, form, act)
    return render(request, "tasks/rollover.html", {"plan": plan, "form": form}, status=422 if _is_wrong(form) else 200)


def _ahead(request, plan, form, act):
    if act == "preview":
        check(plan, form.choice)
        return render(request, "tasks/rollover_preview.html", _preview(plan, form))
    new = roll_over(plan, request.user, form.heading, form.choice)
    messages.success(request, f"已结转到{new.year}年，带入{form.choice.counted}。")
    return redirect("plan_carried", new.pk)


def _is_wrong(form):
    return form.is_bound and bool(form.errors)


def _preview(plan, form):
    first = form.heading.starts_on
    gone = {
        part.unit.name: part.unit.answering(first)
        for line in [*form.carried_lines, *(line.project for line in form.carried_projects)]
        for part in line.task.responsibilities.all()
        if part.unit.answering(first) != part.unit
    }
    choice = form.choice
    picked = {each.task.pk for each in choice.tasks}
    return {
        "plan": plan,
        "form": form,
        "heading": form.heading,
        "choice": choice,
        "left_projects": [line for line in form.projects if not line.picked],
        "gone": gone,
        "left": [task for task in form.tasks if task.is_open and task.pk not in picked],
        "sections": [each for each in form.sections if each.pk in form.ticked],
        "parts": [(field.label, field.name, form.cleaned_data[field.name]) for field in form.parts],
        "left_parts": sum(not form.cleaned_data[field.name] for field in form.parts),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def plan_take_back(request, pk):
    plan = _plan(request, pk)
    require(can_manage_plan(request.user, plan))
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with told_on(form):
            old = take_back_roll_over(plan, request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"已撤回结转，{plan.named}已撤去。")
            return redirect("plan", old.pk)
    context = {"plan": plan, "form": form, "built_on": built_on(plan), "total": counted(plan)}
    return render(request, "tasks/take_back.html", context, status=422 if _is_wrong(form) else 200)


@require_safe
def plan_carried(request, pk):
    plan = _plan(request, pk)
    tasks = Task.objects.visible_to(request.user).filter(plan=plan).carried_over().order_by("order", "pk")
    tasks = tasks.select_related("continues__plan", "continues__project", "project")
    return render(request, "tasks/carried.html", {"plan": plan, "tasks": tasks})
