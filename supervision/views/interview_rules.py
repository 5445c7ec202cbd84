"""The rules by which a plan proposes interviews: in words, with their versions; changed one by one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kit.forms import number_of
from kit.moves import require
from supervision.actions.interview_rules import change_interview_rule
from supervision.forms.interviews import InterviewRuleForm
from supervision.interviewing import HELD_WITHIN, REPORTED_WITHIN, TALKERS
from supervision.models import InterviewRule
from supervision.permissions import can_keep_interview_rules
from supervision.views.occasions import names_of
from tasks.models import Plan
from units.views.typed import taken_in


def _plan(request, pk):
    require(request.user.does_business)
    return get_object_or_404(Plan.objects.visible_to(request.user).select_related("office"), pk=pk)


@require_safe
def interview_rules(request, pk):
    plan = _plan(request, pk)
    versions = InterviewRule.objects.visible_to(request.user)
    context = {
        "plan": plan,
        "rules": versions.in_force(plan).values(),
        "versions": versions.of(plan).select_related("plan", "by__unit").order_by("-at", "-pk"),
        "may": can_keep_interview_rules(request.user, plan),
        "held_within": HELD_WITHIN,
        "reported_within": REPORTED_WITHIN,
        "talkers": TALKERS,
    }
    return render(request, "supervision/interview_rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def interview_rule(request, pk, key):
    plan = _plan(request, pk)
    require(can_keep_interview_rules(request.user, plan))
    rule = InterviewRule.objects.visible_to(request.user).in_force(plan).get(key.upper())
    if rule is None:
        raise Http404(key)
    form = InterviewRuleForm(request.POST or None, rule=rule)
    if request.method == "POST" and form.is_valid():
        with taken_in(request, form):
            seen = number_of(request.POST.get("version", ""))
            made = change_interview_rule(plan, request.user, rule.key, seen_version=seen, **form.cleaned_data)
            messages.success(request, f"已改为第{made.version}版，以后的拟议按它办；已拟议的不变。")
            return redirect("interview_rules", pk)
    context = {"plan": plan, "rule": rule, "form": form, "unit_names": names_of(request.user)}
    return render(request, "supervision/interview_rule.html", context, status=422 if form.errors else 200)
