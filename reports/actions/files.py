"""Files of a report: evidence beside an entry, the stamped scan."""

import datetime
import time
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from kit import clock, uploads
from kit.moves import lock, require
from kit.refusal import Refusal
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
    """Write the file first, then the row; a failed row takes its file along, so no row is ever without one."""
    checked = uploads.check(upload, max_bytes=settings.UPLOAD_MAX_BYTES)
    attachment = Attachment(report=report, entry=entry, by=by, at=clock.now(), kind=checked.kind)
    attachment.name, attachment.size, attachment.checksum = checked.name, checked.size, checked.sha256
    upload.seek(0)
    attachment.file.save(uploads.random_name(checked.kind, clock.today()), File(upload), save=False)
    try:
        _record(attachment, by)
    except BaseException:
        attachment.file.storage.delete(attachment.file.name)
        raise
    return attachment


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
    same = report.attachments.present().filter(entry=attachment.entry, checksum=attachment.checksum).first()
    if same:
        raise Refusal(f"“{attachment.name}”与已上传的“{same.name}”内容相同，没有再存一份。")
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
    attachment.removed_at = clock.now()
    attachment.save(update_fields=["removed_at"])
    if attachment.is_scan:
        ReportEvent.write(report, by, "移除盖章扫描件", note=attachment.name)


def sweep():
    """Delete stored files that no row names and that are older than a day (by the real clock); return their names.

    A crash between writing a file and its row leaves such an orphan, never a row without a file.
    """
    root = Path(settings.MEDIA_ROOT)
    known = set(Attachment.objects.values_list("file", flat=True))
    before = time.time() - ORPHAN_AGE.total_seconds()
    orphans = [
        path
        for path in root.rglob("*")
        if path.is_file() and path.relative_to(root).as_posix() not in known and path.stat().st_mtime < before
    ]
    for path in orphans:
        path.unlink()
    return [path.relative_to(root).as_posix() for path in orphans]
