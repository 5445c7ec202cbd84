"""What the plan's office does to the list: puts projects on it, corrects them, names their people, changes class, stops, resumes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from kit import clock
from kit.forms import kept_rows, told_on
from kit.moves import require
from reports.actions import listing
from tasks.actions.listing import Person, Told
from tasks.forms.project import (
    ClassForm,
    ListingForm,
    PersonFormSet,
    ResumeForm,
    RevisionForm,
    StopForm,
)
from tasks.models import Plan, Project
from tasks.permissions import can_manage_plan
from units.models import Unit


def managed_plan(request, pk):
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("office", "rules"), pk=pk)
    require(can_manage_plan(request.user, plan))
    return plan


def _managed(request, pk):
    rows = Project.objects.visible_to(request.user).select_related("task__plan", "task__parent", "sector")
    rows = rows.prefetch_related("task__responsibilities__unit", "places", "labels", "people__unit", "classes")
    project = get_object_or_404(rows, pk=pk)
    require(can_manage_plan(request.user, project.task.plan))
    return project


def _page(request, template, **context):
    context["unit_names"] = Unit.objects.visible_to(request.user).active().values_list("name", "initials")
    return render(request, f"reports/project/{template}.html", context)


def _told(form):
    values = form.cleaned_data
    units = [values["lead"], *values["supports"]] if values["lead"] else []
    return Told(form.told, values["content"], units, values["spots"], values["marks"])


@require_http_methods(["GET", "POST"])
def project_add(request, pk):
    plan = managed_plan(request, pk)
    form = ListingForm(request.POST or None, plan=plan)
    if form.is_valid():
        values = form.cleaned_data
        with told_on(form):
            project = listing.list_project(
                plan,
                request.user,
                values["klass"],
                _told(form),
                code=values["code"],
                package=values["package"],
                month=values["month"],
                as_decided=not values["added"],
                reason=values["reason"],
                paper=values["paper"],
            )
            messages.success(request, f"已列入，编号{project.code}。")
            return redirect("project", project.pk)
    return _page(request, "add", plan=plan, form=form)


@require_http_methods(["GET", "POST"])
def project_edit(request, pk):
    project = _managed(request, pk)
    name = str(project)
    first = {
        "content": project.content,
        "lead": str(project.service_unit or ""),
        "supports": "、".join(map(str, project.task.supports)),
        "spots": "、".join(map(str, project.places.all())),
        "marks": "、".join(map(str, project.labels.all())),
    }
    form = RevisionForm(request.POST or None, instance=project, initial=first, plan=project.task.plan)
    if form.is_valid():
        with told_on(form):
            values = form.cleaned_data
            listing.revise_project(project, request.user, _told(form), note=values["note"], package=values["package"])
            messages.success(request, "项目资料已保存。")
            return redirect("project", pk)
    return _page(request, "edit", project=project, called=name, form=form)


@require_http_methods(["GET", "POST"])
def project_people(request, pk):
    project = _managed(request, pk)
    rows = [
        {"role": each.role, "name": each.name, "unit": str(each.unit or ""), "phone": each.phone}
        for each in project.people.all()
    ]
    formset = PersonFormSet(request.POST or None, initial=rows, prefix="p")
    if formset.is_valid():
        people = [Person(row["role"], row["name"], row["unit"], row["phone"]) for row in kept_rows(formset, "name")]
        listing.revise_project(project, request.user, Told(people=people))
        messages.success(request, "责任人已保存。")
        return redirect("project", pk)
    return _page(request, "people", project=project, formset=formset)


@require_http_methods(["GET", "POST"])
def project_class(request, pk):
    project = _managed(request, pk)
    months = [month for month in project.task.plan.months if month > project.classes.all()[::-1][0].from_month]
    now = clock.today().replace(day=1)
    form = ClassForm(request.POST or None, months=months, initial={"month": f"{now:%Y-%m}"})
    if form.is_valid():
        values = form.cleaned_data
        with told_on(form):
            listing.change_class(
                project, request.user, values["klass"], values["month"], reason=values["reason"], paper=values["paper"]
            )
            messages.success(request, "类别已变更。")
            return redirect("project", pk)
    return _page(request, "act", project=project, form=form, title="变更类别", button="变更")


@require_http_methods(["GET", "POST"])
def project_stop(request, pk):
    project = _managed(request, pk)
    form = StopForm(request.POST or None, initial={"on": clock.today()})
    if form.is_valid():
        values = form.cleaned_data
        with told_on(form):
            listing.stop_project(project, request.user, values["on"], reason=values["reason"], paper=values["paper"])
            messages.success(request, "已调出，以后各月不再报送。")
            return redirect("project", pk)
    return _page(request, "act", project=project, form=form, title="调出重点项目", button="调出")


@require_http_methods(["GET", "POST"])
def project_resume(request, pk):
    project = _managed(request, pk)
    form = ResumeForm(request.POST or None)
    if form.is_valid():
        with told_on(form):
            listing.resume_project(project, request.user, reason=form.cleaned_data["reason"])
            messages.success(request, "已恢复列入。")
            return redirect("project", pk)
    return _page(request, "act", project=project, form=form, title="恢复列入", button="恢复")
