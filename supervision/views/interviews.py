"""Interviews: by which rules they are proposed, what waits for a word, and what took place."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from kit.moves import require
from supervision.actions.grounds import decide_ground
from supervision.actions.interviews import propose_interviews
from supervision.dashboard.occasions import exposed
from supervision.forms.interviews import ProposingForm
from supervision.forms.occasions import plans_of
from supervision.forms.rounds import DecisionForm
from supervision.models import Ground, Occasion
from supervision.permissions import acts_for_a_unit, can_arrange
from supervision.views.occasions import act_on
from tasks.models import Plan

RECENT = 100


@require_http_methods(["GET", "HEAD", "POST"])
def interview_list(request):
    require(request.user.does_business)
    plans = plans_of(request.user) if acts_for_a_unit(request.user) else []
    form = ProposingForm(request.POST or None, plans=plans)
    if request.method == "POST":
        require(bool(plans))
        if form.is_valid():
            made = propose_interviews(form.cleaned_data["plan"], request.user)
            messages.success(request, f"按规则新拟议{len(made)}次约谈。" if made else "按规则没有新的约谈要拟议。")
            return redirect("interview_list")
    rows = Occasion.objects.visible_to(request.user).filter(kind=Occasion.Kind.INTERVIEW).with_people()
    rows = list(rows.order_by("-held_on", "-pk")[:RECENT])
    context = {
        "ruled": Plan.objects.visible_to(request.user).running().current_first(),
        "waiting": [each for each in rows if each.status == Occasion.Status.PROPOSED],
        "others": [each for each in rows if each.status != Occasion.Status.PROPOSED],
        "exposed": exposed(request.user, rows),
        "form": form if plans else None,
    }
    return render(request, "supervision/interviews.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def ground(request, pk):
    seen = Occasion.objects.visible_to(request.user).order_by().values("pk")
    rows = Ground.objects.of(seen).select_related("occasion__plan__office", "occasion__unit", "subject")
    row = get_object_or_404(rows, pk=pk)
    require(can_arrange(request.user, row.occasion))
    form, act = DecisionForm(request.POST or None), partial(decide_ground, row, request.user)
    note = f"{row.words}。{row.moved}"
    return act_on(request, row.occasion, form, act, "重新研究", "已记下研究结果。", note=note)
