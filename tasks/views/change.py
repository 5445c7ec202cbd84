"""Changes of tasks: asked for by the unit, decided by the plan's office, listed for both."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.forms import told_on
from kit.moves import require
from kit.sheets import exported
from kit.tables import Table
from tasks.actions.changes import agree_change, ask_change, decline_change, withdraw_change
from tasks.filters import ChangeFilter
from tasks.forms.change import ChangeDecisionForm, ChangeForm
from tasks.models import TaskChange
from tasks.permissions import can_ask_change, can_manage_task
from tasks.tables import CHANGES
from tasks.views.task import get_task


@require_http_methods(["GET", "POST"])
def change_ask(request, pk):
    task = get_task(request, pk)
    if task.is_project:
        raise Http404("a project has its timetable")
    require(can_ask_change(request.user, task))
    form = ChangeForm(request.POST or None, initial={"text": task.text})
    if form.is_valid():
        with told_on(form):
            ask_change(task, request.user, **form.cleaned_data)
            messages.success(request, "已提出申请，等待主管办公室审定。审定结果会发到消息里。")
            return redirect("task", pk)
    context = {"task": task, "form": form, "judged": task.judgement(), "waiting": task.changes.waiting().first()}
    return render(request, "tasks/change_ask.html", context)


def _change(request, pk):
    rows = TaskChange.objects.visible_to(request.user)
    rows = rows.select_related("task__plan__office", "task__plan__rules", "by__unit", "decided_by__unit")
    return get_object_or_404(rows.prefetch_related("task__responsibilities__unit", "task__milestones"), pk=pk)


@require_safe
def change_page(request, pk):
    return _show(request, _change(request, pk), ChangeDecisionForm())


def _show(request, change, form):
    user, task = request.user, change.task
    context = {
        "change": change,
        "task": task,
        "form": form if change.is_waiting and can_manage_task(user, task) else None,
        "may_withdraw": change.is_waiting and can_ask_change(user, task),
        "events": change.events.newest(),
    }
    return render(request, "tasks/change.html", context, status=422 if form.errors else 200)


@require_POST
def change_decide(request, pk):
    change = _change(request, pk)
    require(can_manage_task(request.user, change.task))
    form = ChangeDecisionForm(request.POST)
    if form.is_valid():
        agreed = form.cleaned_data["decision"] == form.AGREE
        with told_on(form):
            (agree_change if agreed else decline_change)(change, request.user, note=form.cleaned_data["note"])
            messages.success(request, "已同意，任务已改。" if agreed else "已答复：不同意。")
            return redirect("change", pk)
    return _show(request, change, form)


@require_POST
def change_withdraw(request, pk):
    withdraw_change(_change(request, pk), request.user)
    messages.success(request, "已撤回申请。")
    return redirect("change", pk)


@require_safe
def change_list(request):
    require(request.user.does_business)
    rows = TaskChange.objects.visible_to(request.user).select_related("task__plan", "decided_by")
    asked = ChangeFilter(request.GET, rows, user=request.user)
    table = Table(
        CHANGES,
        asked.qs.order_by("-at", "-pk"),
        params=request.GET,
        empty="没有任务变更申请。责任单位在任务页面申请延期、调整、持续推进。",
        name="任务变更",
        css="stack",
    )
    if request.GET.get("format") == "xlsx":
        return exported(table, "任务变更一览表", "统计时间")
    return render(request, "tasks/changes.html", {"filter": asked, "table": table})
