"""Self-chosen tasks of townships: proposed by the unit, decided by the office."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kit import clock
from kit.refusal import Refusal
from reports.actions.proposals import decide_task, propose_task
from tasks.actions.proposals import MOST_A_YEAR
from tasks.forms.proposals import DecisionForm, ProposalForm
from tasks.models import Plan, Task
from tasks.permissions import can_propose_task
from tasks.views.task import managed_task


@require_http_methods(["GET", "POST"])
def task_propose(request):
    """A township's own proposals with how they stand, and a form for the next."""
    plans = [plan for plan in Plan.objects.visible_to(request.user) if can_propose_task(request.user, plan)]
    if not plans:
        raise PermissionDenied
    plans = [plan for plan in plans if plan.ends_on >= clock.today()]
    form = ProposalForm(request.POST or None, plans=plans)
    if form.is_valid() and _propose(form, request.user):
        messages.success(request, "已申报，等待主管办公室受理。受理结果会发到消息里。")
        return redirect("task_propose")
    seen, unit = Task.objects.visible_to(request.user), request.user.unit_id
    left = {year: MOST_A_YEAR - seen.chosen_by(unit, year).count() for year in {plan.year for plan in plans}}
    own = seen.of_unit(unit).filter(origin=Task.Origin.SELF_CHOSEN)
    own = own.select_related("plan").order_by("-plan__year", "-pk")
    context = {"form": form, "own": own, "left": max(left.values(), default=0), "most": MOST_A_YEAR}
    return render(request, "reports/propose.html", context)


def _propose(form, by):
    values = dict(form.cleaned_data)
    try:
        propose_task(values.pop("plan"), by.unit, by, **values)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_http_methods(["GET", "POST"])
def task_decide(request, pk):
    """The office accepts a proposal into the plan, or declines it with a reason."""
    task = managed_task(request, pk)
    if task.origin != Task.Origin.SELF_CHOSEN:
        raise Http404("no proposal")
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        accepted = form.cleaned_data["decision"] == form.ACCEPT
        try:
            decide_task(task, request.user, accepted=accepted, note=form.cleaned_data["note"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已采纳，列入方案。" if accepted else "已答复：不采纳。")
            return redirect("task", pk)
    others = Task.objects.visible_to(request.user).of_unit(task.lead.pk).filter(plan__year=task.plan.year)
    others = others.filter(origin=Task.Origin.SELF_CHOSEN)
    others = others.exclude(pk=task.pk).select_related("plan")
    return render(request, "reports/decide.html", {"task": task, "form": form, "others": others})
