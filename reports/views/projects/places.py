"""A township's page: the key projects at its place, and what it has to say of them this month."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kit.moves import require
from reports.dashboard.places import PlaceProjects
from reports.forms.places import PlaceForm
from units.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def place_projects(request):
    require(request.user.role in User.WITH_UNIT)
    rows = PlaceProjects(request.user).rows
    data = request.POST if request.method == "POST" else None
    open_ones = [row for row in rows if row.period]
    for row in open_ones:
        row.form = PlaceForm(data, row)
    if data is not None:
        saved = sum(row.form.save(request.user) for row in open_ones)
        if not any(row.form.errors for row in open_ones):
            messages.success(request, f"已保存{saved}个项目的说明。") if saved else messages.info(request, "没有改动。")
            return redirect("place_projects")
    wrong = [row.form["text"] for row in open_ones if row.form.errors]
    context = {"rows": rows, "months": sorted({row.period.month for row in open_ones}), "wrong": wrong}
    return render(request, "reports/project/places.html", context, status=422 if wrong else 200)
