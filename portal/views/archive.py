"""A closed year to keep: what is in the way, packing with visible progress, fetching."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from kit import clock
from portal.actions.archive import begin_archive, delete_archive, fetch_archive, pack
from portal.dashboard.archive import closed_periods, obstacles
from reports.models import Archive
from reports.permissions import can_archive, can_oversee
from tasks.models import Plan


@require_http_methods(["GET", "HEAD", "POST"])
def plan_archive(request, pk):
    """The packages of a plan; a POST begins a new one."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("office"), pk=pk)
    if not can_oversee(request.user, plan):
        raise PermissionDenied
    may = can_archive(request.user, plan)
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        return redirect("archive", begin_archive(plan, request.user, partial="partial" in request.POST).pk)
    context = {
        "plan": plan,
        "archives": Archive.objects.visible_to(request.user).filter(plan=plan).light(),
        "obstacles": obstacles(plan),
        "closed": closed_periods(plan),
        "may_archive": may,
    }
    return render(request, "portal/archives.html", context)


def _archive(request, pk):
    return get_object_or_404(Archive.objects.visible_to(request.user).light(), pk=pk)


@require_safe
def archive_page(request, pk):
    """One package: how far it is, what it lacks, the way to fetch it."""
    return _show(request, _archive(request, pk), "portal/archive.html")


def _show(request, archive, template):
    context = {"archive": archive, "may_archive": can_archive(request.user, archive.plan)}
    return render(request, template, context)


@require_POST
def archive_pack(request, pk):
    """Pack the next portion; with script the page asks again by itself, without it there is a button."""
    archive = _archive(request, pk)
    archive = pack(archive, request.user)
    if request.htmx:
        return _show(request, archive, "portal/part/archive_state.html")
    return redirect("archive", pk)


@require_GET
def archive_download(request, pk):
    """Hand the package out; who took it is on record."""
    archive = _archive(request, pk)
    stream = fetch_archive(archive, request.user)
    name = f"{archive.title}-{clock.local(archive.ready_at):%Y%m%d%H%M}.zip"
    return FileResponse(stream, as_attachment=True, filename=name, content_type="application/zip")


@require_POST
def archive_delete(request, pk):
    """Throw a package away."""
    archive = _archive(request, pk)
    delete_archive(archive, request.user)
    messages.success(request, f"已删去{archive}。")
    return redirect("plan_archive", archive.plan_id)
