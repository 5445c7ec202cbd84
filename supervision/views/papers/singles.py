"""Papers to one unit, begun from the page of what they are about."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kit.forms import number_of
from kit.refusal import Refusal
from supervision.actions.papers import singles
from supervision.models import Occasion
from supervision.views.deeds import PAPERS
from supervision.views.directives import directive_of
from tasks.models import Plan


@require_POST
def slip_new(request, pk, kind):
    row = directive_of(request, pk)
    if kind not in PAPERS:
        raise Http404("no such paper")
    return _begun(request, lambda: singles.start_slip(row, request.user, PAPERS[kind]), "directive", pk)


@require_POST
def notice_new(request, pk):
    row = get_object_or_404(Occasion.objects.visible_to(request.user), pk=pk)
    return _begun(request, lambda: singles.start_notices(row, request.user), "occasion", pk)


@require_POST
def commitments_new(request):
    plan = get_object_or_404(Plan.objects.visible_to(request.user), pk=number_of(request.POST.get("plan", "")))
    try:
        units, new = singles.start_commitments(plan, request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("paper_list")
    done = f"新起草责任书{new}份" if new else "没有缺的"
    messages.success(request, f"{plan.short_title}{units}个责任单位：{done}。")
    return redirect(f"{reverse('paper_list')}?kind=COMMITMENT&plan={plan.pk}")


def _begun(request, begin, page, pk):
    try:
        begun = begin()
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect(page, pk)
    papers = begun if isinstance(begun, list) else [begun]
    if len(papers) == 1:
        return redirect("paper_edit" if papers[0].is_draft else "paper", papers[0].pk)
    messages.success(request, f"通知书{len(papers)}份，一个单位一份。")
    return redirect(f"{reverse('paper_list')}?kind={papers[0].kind}")
