"""Files beside an entry and stamped scans: in, out and away."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kit.moves import require
from kit.storage import handed_out, keep_each
from reports.actions.files import attach, remove
from reports.models import Attachment
from reports.permissions import can_file
from reports.views.entries import entry_of, place_of
from units.middleware import wants_data


def take_files(entry, user, sent):
    """Attach what passes; return [(name, sentence)] of what does not."""
    return keep_each(sent, lambda upload: attach(entry, user, upload))


@require_POST
def entry_files(request, pk):
    entry = entry_of(request, pk)
    require(can_file(request.user, entry.report))
    sent = request.FILES.getlist("files")
    refused = take_files(entry, request.user, sent)
    if wants_data(request):
        errors = [{"name": name, "sentence": sentence} for name, sentence in refused]
        return JsonResponse({"html": _list(request, entry), "errors": errors})
    for _, sentence in refused:
        messages.error(request, sentence)
    if len(sent) > len(refused):
        messages.success(request, f"已上传{len(sent) - len(refused)}个附件。")
    return redirect(place_of(entry))


def _list(request, entry):
    files = Attachment.objects.visible_to(request.user).present().filter(entry=entry)
    return render_to_string("reports/part/files.html", {"files": files, "may_remove": True}, request)


@require_safe
def attachment(request, pk):
    """To those who may see its entry or report; always as a download, typed by our own table."""
    rows = Attachment.objects.visible_to(request.user).select_related("report")
    found = get_object_or_404(rows, pk=pk)
    if found.removed_at and not _is_filed(found):
        raise Http404("removed")
    return handed_out(found)


def _is_filed(attachment):
    """A file taken away stays readable where a submission names it."""
    contents = attachment.report.submissions.values_list("content", flat=True)
    return any(
        each["id"] == attachment.pk for content in contents for entry in content["entries"] for each in entry["files"]
    )


@require_POST
def attachment_remove(request, pk):
    rows = Attachment.objects.visible_to(request.user).present().select_related("report__period", "entry")
    found = get_object_or_404(rows, pk=pk)
    remove(found, request.user)
    if wants_data(request):
        html = _list(request, found.entry) if found.entry else ""
        return JsonResponse({"html": html, "errors": []})
    messages.success(request, f"已移除“{found.name}”。")
    if found.entry:
        found.entry.report = found.report
        return redirect(place_of(found.entry))
    return redirect(reverse("report", args=[found.report_id]))
