"""The first page after signing in: the unit's desk, or the page each other role works from."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST, require_safe

from reports.actions.notices import look_over
from reports.dashboard.desk import TASKS, Desk
from reports.permissions import FILERS
from units.models import User

PAGES = {
    User.Role.OFFICE: "dashboard",
    User.Role.LEADER: "overview",
    User.Role.INSPECTOR: "dashboard",
    User.Role.ADMIN: "account_list",
    User.Role.AUDITOR: "trace",
}


@require_safe
def home(request):
    """我的工作台 for those who report; others are led to their page."""
    if name := PAGES.get(request.user.role):
        return redirect(_known(name))
    if request.user.role not in FILERS:
        raise PermissionDenied
    desk = Desk(request.user)
    tasks = desk.tasks()
    context = {
        "desk": desk,
        "tasks": tasks[:TASKS],
        "task_count": len(tasks),
        "news": desk.news(),
        "notices": desk.notices(),
        "missing_contacts": desk.missing_contacts(),
        "contacts_url": _known("unit_contacts", request.user.unit_id, or_else=""),
        "now": desk.now,
    }
    return render(request, "reports/home.html", context)


def _known(name, *args, or_else="/help/"):
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return or_else


@require_POST
def seen(request):
    """The person has looked over what changed: from now on only newer things are news."""
    look_over(request.user)
    return redirect("home")


@require_safe
def signed_in(request):
    """Where signing in again in a second window ends: the work goes on in the first."""
    return render(request, "reports/signed_in.html")
