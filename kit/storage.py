"""Stored files are whole or not there, and a disk that is full is told in words."""

import contextlib
import errno

from django.core.files.storage import FileSystemStorage
from django.db import OperationalError

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


def is_disk_full(error: BaseException) -> bool:
    """The file system's, or the database's."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return isinstance(error, OperationalError) and any(saying in str(error) for saying in _SAYINGS)
