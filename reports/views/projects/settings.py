"""项目设置: how a plan sorts its key projects: classes, causes and their actions, sectors and the units that lead them, labels."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kit.forms import kept_rows
from kit.refusal import Refusal
from reports.views.projects.office import managed_plan
from tasks.actions.programme import Belongs, Field, arrange, labels_of
from tasks.forms.programme import CauseForm, ClassRuleForm, LabelForm, SectorFormSet
from tasks.models import ProjectClass, Task
from units.models import Unit


@require_http_methods(["GET", "POST"])
def plan_programme(request, pk):
    plan = managed_plan(request, pk)
    actions = Task.objects.visible_to(request.user).actions().in_force().filter(plan=plan).order_by("order")
    actions = list(actions)
    classes, sectors = _classes(request, plan, actions), _sectors(request, plan)
    causes, labels = (
        _causes(request, plan, actions),
        LabelForm(request.POST or None, prefix="label", labels=labels_of(plan)),
    )
    problem, forms = "", [*classes, causes, sectors, labels]
    if request.method == "POST" and all(form.is_valid() for form in forms):
        try:
            arrange(plan, request.user, _belongs(classes), _fields(sectors), causes.cleaned_data, labels.names)
        except Refusal as refusal:
            problem = str(refusal)
        else:
            messages.success(request, "项目设置已保存。")
            return redirect("plan", pk)
    context = {
        "plan": plan,
        "classes": classes,
        "causes": causes,
        "sectors": sectors,
        "labels": labels,
        "problem": problem,
        "wrong": problem or sectors.total_error_count() or any(form.errors for form in [*classes, causes, labels]),
        "unit_names": Unit.objects.visible_to(request.user).active().values_list("name", "initials"),
    }
    return render(request, "reports/project/settings.html", context)


def _causes(request, plan, actions):
    first = dict(plan.cause_rules.values_list("cause", "action"))
    return CauseForm(request.POST or None, prefix="cause", initial=first, actions=actions)


def _classes(request, plan, actions):
    rules = {rule.klass: rule for rule in plan.class_rules.all()}
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
    return [Field(row["name"], row["lead"], row["key"]) for row in kept_rows(sectors, "name")]
