"""The first page after signing in: the unit's desk, or the page each other role works from."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kit import backups
from kit.moves import require
from portal.context import beginning
from portal.dashboard.desk import TASKS, Desk
from portal.dashboard.start import steps
from reports.actions.calendar import load_workdays, years_in_use
from tasks.actions.shipped import try_shipped
from tasks.models import Plan
from units.actions.notices import look_over
from units.dashboard import locked
from units.permissions import can_manage_accounts


@require_safe
def home(request):
    """我的工作台 or 首页 for whose menu has it; others are led to where theirs begins."""
    begins = beginning(request.user.role)
    require(begins is not None)
    if begins.name != "home":
        return redirect(begins.name)
    return _start(request) if can_manage_accounts(request.user) else _desk(request)


def _desk(request):
    desk = Desk(request.user)
    tasks = desk.tasks()
    context = {
        "desk": desk,
        "tasks": tasks[:TASKS],
        "several_years": len({task.plan.year for task, _ in tasks}) > 1,
        "task_count": len(tasks),
        "news": desk.news(),
        "notices": desk.notices(),
        "missing_contacts": desk.missing_contacts(),
        "now": desk.now,
    }
    return render(request, "portal/home.html", context)


def _start(request):
    way = steps(request.user)
    following = next((step for step in way if not step.is_done), None)
    context = {
        "steps": way,
        "next": following,
        "all_done": following is None,
        "may_try": not Plan.objects.visible_to(request.user).exists(),
        "backup": backups.newest(),
        "locked": locked(request.user),
    }
    return render(request, "portal/start.html", context)


@require_POST
def shipped(request):
    reading = try_shipped(request.user)
    load_workdays(years_in_use())
    messages.success(request, "已载入随附的方案和单位。不想要了，可以在这一页撤销导入。")
    return redirect("plan_load", reading.pk)


@require_POST
def seen(request):
    """The person has looked over what changed: from now on only newer things are news."""
    look_over(request.user)
    return redirect("home")


@require_safe
def signed_in(request):
    """Where signing in again in a second window ends: the work goes on in the first."""
    return render(request, "portal/signed_in.html")
