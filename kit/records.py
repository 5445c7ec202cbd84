"""What is kept as it came: a file that was sent in, a content that somebody answers for."""

import hashlib
import json

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from kit import clock
from kit.refusal import Refusal
from kit.statements import RowSet
from kit.storage import private_storage
from kit.trace import TraceError


def checksum(content):
    """SHA-256 of bytes, or of plain values in canonical form."""
    if not isinstance(content, bytes):
        content = json.dumps(content, ensure_ascii=False, sort_keys=True, cls=DjangoJSONEncoder).encode()
    return hashlib.sha256(content).hexdigest()


class StoredFile(models.Model):
    """One file as it was sent in: what it is called, how large, by whom and when. Where its content lies, a subclass says."""

    name = models.CharField("文件名", max_length=220)
    size = models.PositiveIntegerField("大小")
    checksum = models.CharField("校验码", max_length=64, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    at = models.DateTimeField("上传时间", default=clock.now)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def kept(self):
        return {name: getattr(self, name) for name in ("name", "size", "checksum", "at")}


class SentFile(StoredFile):
    """One that lies on disk, under a random name."""

    file = models.FileField("文件", storage=private_storage, max_length=100)
    kind = models.CharField("类型", max_length=8)

    class Meta:
        abstract = True


class RemovableFile(SentFile):
    """One that may be taken away: it stays stored, and nobody is shown it."""

    removed_at = models.DateTimeField("移除时间", null=True, blank=True)

    class Meta:
        abstract = True

    def remove(self):
        self.removed_at = clock.now()
        self.save(update_fields=["removed_at"])


class FileQuerySet(RowSet):
    def present(self):
        return self.filter(removed_at=None)

    def require_new(self, file, refusal=Refusal):
        """Stop where one of these files has the same content."""
        if same := self.filter(checksum=file.checksum).first():
            raise refusal(f"“{file.name}”与已上传的“{same.name}”内容相同，没有再存一份。")


class FrozenQuerySet(RowSet):
    def update(self, **values):
        if FrozenRecord.FROZEN & set(values):
            raise TraceError("what is frozen is never changed")
        return super().update(**values)


class FrozenRecord(models.Model):
    """A content as it was at one moment, with who answers for it: written once. What is said of it later goes by ``update``."""

    FROZEN = frozenset({"content", "checksum", "author", "author_name", "at"})

    content = models.JSONField("内容", encoder=DjangoJSONEncoder)
    checksum = models.CharField("校验码", max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="填报人"
    )
    author_name = models.CharField("填报人姓名", max_length=80)
    at = models.DateTimeField("报送时间")

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk:
            raise TraceError("what is frozen is never changed")
        super().save(*args, **kwargs)

    @classmethod
    def made(cls, content, author, **values):
        return cls(content=content, checksum=checksum(content), author=author, author_name=author.signature, **values)

    @property
    def short_checksum(self):
        return " ".join(self.checksum[i : i + 4].upper() for i in (0, 4, 8))
