"""A file is whole or not there; a full disk is known as one."""

import errno

import pytest
from django.core.files.base import ContentFile, File
from django.db import OperationalError

from kit.storage import WholeStorage, is_disk_full


class Endless(File):
    """A content whose disk is full after the first piece."""

    def chunks(self, chunk_size=None):
        yield b"the first piece"
        raise OSError(errno.ENOSPC, "No space left on device")


def test_half_a_file_does_not_stay_behind(tmp_path):
    storage = WholeStorage(tmp_path)
    with pytest.raises(OSError, match="No space"):
        storage.save("2015/10/a.pdf", Endless(None, "a.pdf"))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert storage.save("2015/10/a.pdf", ContentFile(b"whole")) == "2015/10/a.pdf"


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "x"), True),
        (OSError(errno.EDQUOT, "x"), True),
        (OSError(errno.ENOENT, "x"), False),
        (OperationalError("database or disk is full"), True),
        (OperationalError('could not extend file "base/1": No space left on device'), True),
        (OperationalError("database is locked"), False),
        (ValueError("disk is full"), False),
    ],
)
def test_a_full_disk_is_known(error, full):
    assert is_disk_full(error) is full
