"""Stored files are whole or not there, and a disk that is full is told in words."""

import contextlib
import errno

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError

from kit import clock, uploads

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


def is_disk_full(error: BaseException) -> bool:
    """The file system's, or the database's."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return isinstance(error, OperationalError) and any(saying in str(error) for saying in _SAYINGS)
