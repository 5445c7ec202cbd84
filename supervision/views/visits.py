"""Visits of county leaders: the month's list, and the form for a phone."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kit import clock
from kit.deadlines import next_month, previous_month
from kit.moves import require
from supervision.actions.visits import record_visit
from supervision.dashboard.visits import visitors, visits_of
from supervision.forms.visits import VisitForm, VisitMonth
from supervision.permissions import can_record_visits
from tasks.models import Project
from units.models import User
from units.views.typed import taken_in


@require_safe
def visit_list(request):
    require(request.user.does_business)
    asked = VisitMonth(request.GET)
    asked.is_valid()
    month = asked.cleaned_data.get("month") or clock.today().replace(day=1)
    visits = list(visits_of(request.user, month))
    oversees = request.user.role in User.OVERLOOKERS
    context = {
        "month": month,
        "before": previous_month(month),
        "after": next_month(month) if next_month(month) <= clock.today() else None,
        "visits": visits,
        "visitors": visitors(request.user, visits) if oversees else (),
        "may": can_record_visits(request.user),
    }
    return render(request, "supervision/visits.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_new(request):
    require(can_record_visits(request.user))
    projects = _projects(request.user)
    form = VisitForm(request.POST or None, user=request.user, projects=projects)
    if request.method == "POST" and form.is_valid():
        told = {"leader": request.user} | form.cleaned_data
        with taken_in(request, form):
            visit = record_visit(told.pop("project"), request.user, **told)
            messages.success(request, "走访已记录。")
            return redirect("occasion", visit.pk)
    return render(request, "supervision/visit_new.html", {"form": form}, status=422 if form.errors else 200)


def _projects(user):
    rows = Project.objects.visible_to(user).running().filter(task__plan__ends_on__gte=clock.today())
    rows = rows.select_related("task__plan__office")
    return rows.filter(task__plan__office=user.unit_id) if user.role == User.Role.OFFICE else rows
