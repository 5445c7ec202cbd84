"""How a plan sorts its key projects: classes and their actions, sectors and the units that lead them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kit.refusal import Refusal
from reports.views.projects.office import managed_plan
from tasks.actions.programme import Belongs, Field, arrange
from tasks.forms.programme import ClassRuleForm, SectorFormSet
from tasks.models import ProjectClass, Task
from units.models import Unit


@require_http_methods(["GET", "POST"])
def plan_programme(request, pk):
    plan = managed_plan(request, pk)
    classes, sectors = _classes(request, plan), _sectors(request, plan)
    problem = ""
    if request.method == "POST" and all([*(form.is_valid() for form in classes), sectors.is_valid()]):
        try:
            arrange(plan, request.user, _belongs(classes), _fields(sectors))
        except Refusal as refusal:
            problem = str(refusal)
        else:
            messages.success(request, "类别和行业已保存。")
            return redirect("plan", pk)
    context = {
        "plan": plan,
        "classes": classes,
        "sectors": sectors,
        "problem": problem,
        "wrong": problem or sectors.total_error_count() or any(form.errors for form in classes),
        "unit_names": Unit.objects.visible_to(request.user).active().values_list("name", "initials"),
    }
    return render(request, "reports/project/settings.html", context)


def _classes(request, plan):
    rules = {rule.klass: rule for rule in plan.class_rules.all()}
    actions = Task.objects.visible_to(request.user).actions().in_force().filter(plan=plan).order_by("order")
    forms = []
    for klass in ProjectClass:
        rule = rules.get(klass.value)
        first = {"action": rule.action_id, "also": rule.also_id, "rhythm": rule.rhythm} if rule else {}
        forms.append(
            ClassRuleForm(
                request.POST or None, prefix=klass.value, initial=first, actions=actions, klass=klass, rule=rule
            )
        )
    return forms


def _sectors(request, plan):
    rows = [
        {"name": each.name, "lead": str(each.lead or ""), "key": each.pk}
        for each in plan.sectors.select_related("lead")
    ]
    return SectorFormSet(request.POST or None, initial=rows, prefix="s")


def _belongs(classes):
    values = [(form.klass.value, form.cleaned_data) for form in classes]
    return [Belongs(klass, row["action"], row["also"], row["rhythm"]) for klass, row in values if row["action"]]


def _fields(sectors):
    rows = [form.cleaned_data for form in sectors]
    kept = [row for row in rows if row.get("name") and not row.get("DELETE")]
    return [Field(row["name"], row["lead"], row["key"]) for row in kept]
