"""The rules of a plan's calendar: laid down, written, changed, dropped by the plan's office."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kit.forms import number_of
from kit.moves import require
from supervision.actions.rhythms import drop_rhythm, keep_rhythm, lay_down
from supervision.dashboard.rhythm import rhythms_of
from supervision.forms.rhythm import RhythmForm
from supervision.permissions import can_keep_rhythm
from supervision.views.occasions import names_of
from tasks.models import Plan
from units.views.typed import taken_in


def _plan(request, pk):
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("office", "follows"), pk=pk)
    require(can_keep_rhythm(request.user, plan))
    return plan


@require_http_methods(["GET", "HEAD", "POST"])
def rhythm_rules(request, pk):
    plan = _plan(request, pk)
    form = RhythmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with taken_in(request, form, "title"):
            made = keep_rhythm(plan, request.user, **form.values)
            messages.success(request, f"“{made.title}”已放入日历。")
            return redirect("rhythm_rules", pk)
    rules = rhythms_of(request.user).filter(plan=plan).prefetch_related("units")
    return _show(request, "supervision/rhythm_rules.html", form, plan=plan, rules=rules)


@require_POST
def rhythm_lay_down(request, pk):
    plan = _plan(request, pk)
    made = lay_down(plan, request.user)
    messages.success(request, f"已放入{len(made)}条规则，可以逐条修改。")
    return redirect("rhythm_rules", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def rhythm_rule(request, pk):
    rhythm = get_object_or_404(rhythms_of(request.user).prefetch_related("units"), pk=pk)
    require(can_keep_rhythm(request.user, rhythm.plan))
    if request.method == "POST" and "drop" in request.POST:
        drop_rhythm(rhythm, request.user)
        messages.success(request, f"“{rhythm.title}”已从日历删去。")
        return redirect("rhythm_rules", rhythm.plan_id)
    form = RhythmForm(request.POST or None, rhythm=rhythm)
    if request.method == "POST" and form.is_valid():
        seen = number_of(request.POST.get("version", ""))
        with taken_in(request, form, "title"):
            keep_rhythm(rhythm.plan, request.user, rhythm=rhythm, seen_version=seen, **form.values)
            messages.success(request, f"“{form.cleaned_data['title']}”已保存。")
            return redirect("rhythm_rules", rhythm.plan_id)
    return _show(request, "supervision/rhythm_rule.html", form, rhythm=rhythm, plan=rhythm.plan)


def _show(request, template, form, **context):
    context |= {"form": form, "unit_names": names_of(request.user)}
    return render(request, template, context, status=422 if form.errors else 200)
