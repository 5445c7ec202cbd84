"""Files of a report: evidence beside an entry, the stamped scan."""

import datetime
import time
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import transaction

from kit import clock, uploads
from kit.moves import lock, require
from kit.records import StoredFile
from kit.refusal import Refusal
from kit.storage import keep_file
from reports.actions.writing import require_writable
from reports.models import Attachment, MonthlyReport, ReportEvent
from reports.permissions import can_file

PER_ENTRY = 10
ORPHAN_AGE = datetime.timedelta(days=1)


def limits():
    folded = [f"{kind}(x)" if f"{kind}x" in uploads.KINDS else kind for kind in uploads.KINDS]
    kinds = "、".join(kind.upper() for kind in folded if f"{kind[:-1]}(x)" not in folded)
    return f"{kinds}，单个不超过{settings.UPLOAD_MAX_BYTES // 1024 // 1024} MB"


def attach(entry, by, upload):
    return _store(entry.report, by, upload, entry=entry)


def attach_scan(report, by, upload):
    return _store(report, by, upload)


def _store(report, by, upload, entry=None):
    attachment = Attachment(report=report, entry=entry, by=by, at=clock.now())
    return keep_file(attachment, upload, lambda row: _record(row, by))


@transaction.atomic
def _record(attachment, by):
    report = lock(attachment.report)
    require(can_file(by, report))
    if attachment.entry:
        require_writable(report, clock.now())
        if attachment.entry.attachments.present().count() >= PER_ENTRY:
            raise Refusal(f"每项任务最多{PER_ENTRY}个附件。")
    elif report.status not in (MonthlyReport.Status.SUBMITTED, MonthlyReport.Status.ACCEPTED):
        raise Refusal("报送以后才能上传盖章扫描件。")
    report.attachments.present().filter(entry=attachment.entry).require_new(attachment)
    attachment.save()
    if attachment.is_scan:
        ReportEvent.write(report, by, "上传盖章扫描件", note=attachment.name)


@transaction.atomic
def remove(attachment, by):
    """What a submission names stays stored."""
    report = lock(attachment.report)
    require(can_file(by, report))
    if not attachment.is_scan:
        require_writable(report, clock.now())
    attachment.remove()
    if attachment.is_scan:
        ReportEvent.write(report, by, "移除盖章扫描件", note=attachment.name)


def sweep():
    """Delete stored files that no row names and that are older than a day (by the real clock); return their names.

    A crash between writing a file and its row leaves such an orphan, never a row without a file.
    """
    root = Path(settings.MEDIA_ROOT)
    tables = [model for model in apps.get_models() if issubclass(model, StoredFile) and hasattr(model, "file")]
    known = {name for model in tables for name in model.objects.values_list("file", flat=True)}
    before = time.time() - ORPHAN_AGE.total_seconds()
    orphans = [
        path
        for path in root.rglob("*")
        if path.is_file() and path.relative_to(root).as_posix() not in known and path.stat().st_mtime < before
    ]
    for path in orphans:
        path.unlink()
    return [path.relative_to(root).as_posix() for path in orphans]
