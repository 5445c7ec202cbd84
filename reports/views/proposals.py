"""Self-chosen tasks of townships: proposed, corrected and taken back by the unit, decided by the office."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kit import clock
from kit.forms import told_on
from kit.moves import require
from reports.actions.proposals import decide_task, propose_task, revise_task, take_task_back
from tasks.actions.proposals import MOST_A_YEAR
from tasks.forms.proposals import DecisionForm, ProposalForm
from tasks.models import Plan, Task
from tasks.permissions import can_propose_task, can_revise_proposal
from tasks.views.task import managed_task


@require_http_methods(["GET", "POST"])
def task_propose(request):
    plans = [plan for plan in Plan.objects.visible_to(request.user) if can_propose_task(request.user, plan)]
    require(plans)
    plans = [plan for plan in plans if plan.ends_on >= clock.today()]
    form = ProposalForm(request.POST or None, plans=plans)
    if form.is_valid():
        with told_on(form):
            propose_task(unit=request.user.unit, by=request.user, **form.cleaned_data)
            messages.success(request, "已申报，等待主管办公室受理。受理结果会发到消息里。")
            return redirect("task_propose")
    seen, unit = Task.objects.visible_to(request.user), request.user.unit_id
    left = {year: MOST_A_YEAR - seen.chosen_by(unit, year).count() for year in {plan.year for plan in plans}}
    own = seen.of_unit(unit).filter(origin=Task.Origin.SELF_CHOSEN)
    own = own.select_related("plan").order_by("-plan__year", "-pk")
    context = {"form": form, "own": own, "left": max(left.values(), default=0), "most": MOST_A_YEAR}
    return render(request, "reports/propose.html", context)


def own_proposal(request, pk):
    rows = Task.objects.visible_to(request.user).filter(origin=Task.Origin.SELF_CHOSEN).select_related("plan")
    task = get_object_or_404(rows, pk=pk)
    require(can_revise_proposal(request.user, task))
    return task


@require_http_methods(["GET", "POST"])
def task_revise(request, pk):
    task = own_proposal(request, pk)
    first = {name: getattr(task, name) for name in ("short_title", "text", "due_on")} | {"plan": task.plan_id}
    form = ProposalForm(request.POST or None, plans=[task.plan], initial=first)
    if form.is_valid():
        form.cleaned_data.pop("plan")
        with told_on(form):
            revise_task(task, request.user, **form.cleaned_data)
            messages.success(request, "已修改，主管办公室会看到改动。")
            return redirect("task_propose")
    return render(request, "reports/propose_revise.html", {"task": task, "form": form})


@require_POST
def task_take_back(request, pk):
    task = take_task_back(own_proposal(request, pk), request.user)
    messages.success(request, f"已撤回“{task.short_title}”，不再占用申报数。")
    return redirect("task_propose")


@require_http_methods(["GET", "POST"])
def task_decide(request, pk):
    task = managed_task(request, pk)
    if task.origin != Task.Origin.SELF_CHOSEN:
        raise Http404("no proposal")
    form = DecisionForm(
        request.POST or None, initial={"seen": task.events.newest().values_list("pk", flat=True).first()}
    )
    if form.is_valid():
        accepted = form.cleaned_data.pop("decision") == form.ACCEPT
        with told_on(form):
            decide_task(task, request.user, accepted=accepted, **form.cleaned_data)
            messages.success(request, "已采纳，列入方案。" if accepted else "已答复：不采纳。")
            return redirect("task", pk)
    others = Task.objects.visible_to(request.user).of_unit(task.lead.pk).filter(plan__year=task.plan.year)
    others = others.filter(origin=Task.Origin.SELF_CHOSEN)
    others = others.exclude(pk=task.pk).select_related("plan")
    return render(request, "reports/decide.html", {"task": task, "form": form, "others": others})
