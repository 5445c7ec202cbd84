"""Summaries and the exhibition of a year: one page per plan, per unit, per leader, to be shown and printed."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kit.forms import number_of
from kit.moves import require
from supervision.dashboard.summaries import SPANS, YEAR, Summary, leaders_of, units_of
from supervision.permissions import can_draft_papers, can_read_summary
from tasks.models import Plan
from units.models import Unit, User


def _plans(user):
    return Plan.objects.visible_to(user).select_related("office").current_first()


@require_safe
def summary_list(request):
    user = request.user
    require(user.role in User.BUSINESS)
    plans = list(_plans(user))
    asked = number_of(request.GET.get("plan", ""))
    own = next((each for each in plans if each.office_id == user.unit_id), plans[0] if plans else None)
    plan = next((each for each in plans if each.pk == asked), own)
    span = request.GET.get("span") if request.GET.get("span") in SPANS else YEAR
    whole = plan is not None and can_read_summary(user, plan)
    context = {
        "plans": plans,
        "plan": plan,
        "span": span,
        "spans": SPANS,
        "whole": whole,
        "units": units_of(plan, user) if plan else (),
        "leaders": leaders_of(plan) if whole else (),
        "may_draft": whole and can_draft_papers(user),
        "months": Summary(plan, span).months if whole else (),
    }
    return render(request, "supervision/summaries.html", context)


@require_safe
def summary(request, pk, span):
    if span not in SPANS:
        raise Http404("no such span")
    plan = get_object_or_404(_plans(request.user), pk=pk)
    unit = leader = None
    if key := request.GET.get("unit"):
        unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=number_of(key))
    require(can_read_summary(request.user, plan, unit))
    if key := request.GET.get("leader"):
        leader = next((each for each in leaders_of(plan) if each[0] == number_of(key)), None)
        if leader is None or unit:
            raise Http404("no such leader")
    return render(request, "supervision/summary.html", {"summary": Summary(plan, span, unit, leader)})
