"""Which schemes (改革方案) stand where, on one page."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kit.moves import require
from supervision.dashboard.schemes import counts, lines
from tasks.filters import PlanFilter
from tasks.models import Milestone, Plan


@require_safe
def scheme_list(request):
    require(request.user.does_business)
    asked = PlanFilter(request.GET, Plan.objects.none(), user=request.user)
    asked.values  # noqa: B018 - what does not exist is told
    found = lines(request.user, asked.shown_plans)
    context = {
        "filter": asked,
        "lines": found,
        "counts": counts(found),
        "steps": [kind.label for kind in Milestone.SCHEME],
    }
    return render(request, "supervision/schemes.html", context)
