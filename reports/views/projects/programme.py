"""Pages of key projects: each speaks of the plan and the month its address asks for."""

from functools import wraps

from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.forms.programme import programme_asked


def of_programme(view):
    """A page to look at, handed its ``Programme``; where no plan has projects, a page that says so."""

    @require_safe
    @wraps(view)
    def found(request):
        programme = programme_asked(request)
        return render(request, "reports/project/none.html") if programme is None else view(request, programme)

    return found
