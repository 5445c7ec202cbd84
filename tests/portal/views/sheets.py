"""Workbooks as people make them, and the way they go through the pages."""

import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from tasks.models import SheetImport
from units.models import Upload


def book(*rows, merge=(), title="表"):
    """The bytes of a workbook with these rows, and cells merged."""
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    for area in merge:
        made.active.merge_cells(area)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def upload(client, kind, content, plan=None, name="表.xlsx"):
    """Upload; return the answer: a way on to the preview, or the form with its reason."""
    data = {"file": SimpleUploadedFile(name, content)} | ({"plan": plan.pk} if plan else {})
    return client.post(f"/imports/new/{kind}/", data)


def preview(client, kind, content, plan=None, name="表.xlsx"):
    """Upload and look: the result on the preview page."""
    answer = upload(client, kind, content, plan, name)
    assert answer.status_code == 302, answer.context["form"].errors
    return client.get(answer.url).context["result"]


def waiting():
    """The address of the newest upload's preview."""
    return f"/imports/waiting/{Upload.objects.last().pk}/"


def write(client, result):
    """Confirm the newest upload as it was seen."""
    return client.post(waiting() + "write/", {"seen": result.fingerprint})


def take(client, kind, content, plan=None):
    """Upload, look, confirm; return the import."""
    result = preview(client, kind, content, plan)
    assert result.is_sound, result.faults or result.missing
    write(client, result)
    return SheetImport.objects.order_by("pk").last()


def undo(client, found):
    """Press undo; return what the page says."""
    client.get(f"/imports/{found.pk}/")
    client.post(f"/imports/{found.pk}/undo/")
    found.refresh_from_db()
    return [str(message) for message in client.get(f"/imports/{found.pk}/").context["messages"]]


def told(result):
    """{(row, letter of the column): sentence} of what is wrong."""
    return {(fault.row, fault.letter): fault.sentence for fault in result.faults}


def states(result):
    return [row.state.value for row in result.rows]
