"""Stored files are whole or not there, and a disk that is full is told in words."""

import contextlib
import errno

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError
from django.http import FileResponse, Http404

from kit import clock, uploads
from kit.refusal import Already, Refusal

DISK_FULL = "服务器暂时存不下这些内容，什么都没有写入。请稍后再试，或联系系统管理员清理磁盘。"
_SAYINGS = ("disk is full", "No space left on device", "could not extend file")


class WholeStorage(FileSystemStorage):
    """Takes a file away again that could not be written to its end."""

    def _save(self, name, content):
        try:
            return super()._save(name, content)
        except OSError:
            with contextlib.suppress(OSError):
                self.delete(name)
            raise


def private_storage():
    """Files lie below MEDIA_ROOT, outside the web root, and leave only through a view."""
    return WholeStorage()


def keep_file(row, upload, record):
    """Check ``upload``, fill the StoredFile ``row`` from it (its ``file`` and ``kind`` too) and hand it to ``record``; return it.

    The file is written first, then the row; a failed row takes its file along, so no row is ever without one.
    """
    checked = uploads.check(upload, max_bytes=settings.UPLOAD_MAX_BYTES)
    row.name, row.size, row.checksum, row.kind = checked.name, checked.size, checked.sha256, checked.kind
    upload.seek(0)
    row.file.save(uploads.random_name(checked.kind, clock.today()), File(upload), save=False)
    try:
        record(row)
    except BaseException:
        row.file.storage.delete(row.file.name)
        raise
    return row


def keep_each(sent, keep):
    """Let ``keep`` take each file that was sent; return [(name, sentence)] of those it does not."""
    refused = []
    for upload in sent:
        try:
            keep(upload)
        except (uploads.Refused, Refusal, Already) as why:
            refused.append((uploads.clean_name(upload.name), str(why)))
        except OSError:
            refused.append((uploads.clean_name(upload.name), DISK_FULL))
    return refused


def handed_out(row):
    """The content of a stored file, always as a download, typed by our own table."""
    try:
        stream = row.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404("gone from disk") from gone
    return FileResponse(stream, as_attachment=True, filename=row.name, content_type=uploads.content_type(row.kind))


def is_disk_full(error: BaseException) -> bool:
    """The file system's, or the database's."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return isinstance(error, OperationalError) and any(saying in str(error) for saying in _SAYINGS)
