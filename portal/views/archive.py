"""A closed year to keep: what is in the way, the package sent while it is written, who took one home."""

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_safe

from kit import clock
from kit.moves import require
from portal.actions.archive import archive_plan
from portal.dashboard.archive import closed_periods, obstacles, taken
from reports.permissions import can_archive
from tasks.models import Plan


def _plan(request, pk):
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("office"), pk=pk)
    require(can_archive(request.user, plan))
    return plan


@require_safe
def plan_archive(request, pk):
    plan = _plan(request, pk)
    context = {"plan": plan, "taken": taken(plan), "obstacles": obstacles(plan), "closed": closed_periods(plan)}
    return render(request, "portal/archive.html", context)


@require_GET
def archive_download(request, pk):
    archive = archive_plan(_plan(request, pk), request.user, partial="partial" in request.GET)
    answer = StreamingHttpResponse(archive.chunks(), content_type="application/zip")
    name = f"{archive.title}-{clock.now():%Y%m%d%H%M}.zip"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["X-Content-Type-Options"], answer["Cache-Control"] = "nosniff", "no-store"
    return answer
