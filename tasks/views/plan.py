"""The plans: what they are, how they are reported on and judged."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kit import charts, clock
from kit.moves import require
from kit.rates import percent
from tasks.actions.plans import change_reporting
from tasks.actions.schedule import change_rules
from tasks.forms.plans import ProgrammeRulesForm, ReportingForm, RulesForm
from tasks.lights import Light
from tasks.models import Group, Plan, Task
from tasks.permissions import can_load_plans, can_manage_plan

LIGHTS = (Light.BLUE, Light.GREEN, Light.YELLOW, Light.RED, Light.GREY)
EVENTS = 15


def _bar(lights, title):
    return charts.stacked_bar([(each.label, lights.get(each.value, 0), each.tone) for each in LIGHTS], title=title)


def _phase_now(phases, day):
    return next((phase for phase in phases if phase.starts_on <= day <= phase.ends_on), None)


@require_safe
def plan_list(request):
    plans = Plan.objects.visible_to(request.user).current_first().select_related("office").prefetch_related("phases")
    counts = Task.objects.visible_to(request.user).actions().in_force().light_counts("plan")
    rows = [
        {
            "plan": plan,
            "bar": _bar(counts.get(plan.pk, {}), str(plan)),
            "total": sum(counts.get(plan.pk, {}).values()),
            "phase": _phase_now(plan.phases.all(), clock.today()),
        }
        for plan in plans
    ]
    return render(request, "tasks/plans.html", {"rows": rows, "can_load": can_load_plans(request.user)})


def _get_plan(request, pk):
    rows = Plan.objects.visible_to(request.user).select_related("office", "rules", "follows")
    return get_object_or_404(rows, pk=pk)


def _managed_plan(request, pk):
    plan = _get_plan(request, pk)
    require(can_manage_plan(request.user, plan))
    return plan


@require_safe
def plan_page(request, pk):
    plan, day = _get_plan(request, pk), clock.today()
    counts = plan.tasks.actions().in_force().light_counts("section")
    groups = list(plan.groups.select_related("office").prefetch_related("grouplead_set__unit", "members__unit"))
    events = Paginator(plan.events.newest(), EVENTS)
    return render(
        request,
        "tasks/plan.html",
        {
            "plan": plan,
            "phases": [{"phase": each, "state": _state(each, day)} for each in plan.phases.all()],
            "time": _time_share(plan, day),
            "leading": [group for group in groups if group.kind == Group.Kind.LEADING],
            "working": [group for group in groups if group.kind == Group.Kind.WORKING],
            "sections": _sections(plan, counts),
            "total": sum(sum(lights.values()) for lights in counts.values()),
            "versions": plan.rule_versions.all(),
            "events": events.get_page(request.GET.get("events")),
            "has_projects": plan.kind == Plan.Kind.BREAKTHROUGH and plan.class_rules.exists(),
            "can_manage": can_manage_plan(request.user, plan),
            "may_see_archives": request.user.sees_everything or can_manage_plan(request.user, plan),
            "followed": Plan.objects.visible_to(request.user).filter(follows=plan),
        },
    )


def _state(phase, day):
    if phase.ends_on < day:
        return "is-done"
    return "is-now" if phase.starts_on <= day else ""


def _time_share(plan, day):
    whole = (plan.ends_on - plan.starts_on).days + 1
    return percent(min(max((day - plan.starts_on).days + 1, 0), whole), whole)


def _sections(plan, counts):
    rows = [(section, str(section)) for section in plan.sections.select_related("group")]
    if None in counts:
        rows.append((None, "其他任务" if rows else "全部任务"))
    return [
        {
            "section": section,
            "title": title,
            "bar": _bar(counts.get(section and section.pk, {}), title),
            "total": sum(counts.get(section and section.pk, {}).values()),
        }
        for section, title in rows
    ]


@require_http_methods(["GET", "POST"])
def plan_reporting(request, pk):
    plan = _managed_plan(request, pk)
    form = ReportingForm(request.POST or None, instance=plan)
    if form.is_valid():
        change_reporting(plan, request.user, **form.cleaned_data)
        messages.success(request, "报送规则已保存，从以后开启的报送期起适用。")
        return redirect("plan", pk)
    return render(request, "tasks/plan_reporting.html", {"plan": plan, "form": form})


@require_http_methods(["GET", "POST"])
def plan_rules(request, pk):
    plan = _managed_plan(request, pk)
    form = (ProgrammeRulesForm if plan.class_rules.exists() else RulesForm)(
        request.POST or None, instance=None, initial=_rules_now(plan)
    )
    if form.is_valid():
        change_rules(plan, request.user, **form.cleaned_data)
        messages.success(request, "已启用新的亮灯规则，全部任务已按新规则重新评灯。")
        return redirect("plan", pk)
    context = {"plan": plan, "form": form, "versions": plan.rule_versions.all()}
    return render(request, "tasks/plan_rules.html", context | {"has_projects": "start_months" in form.fields})


def _rules_now(plan):
    if not plan.rules:
        return {}
    now = {name: getattr(plan.rules, name) for name in ProgrammeRulesForm.Meta.fields}
    return now | {"fulfilled_by": "、".join(plan.rules.fulfilled_by)}
