"""Files that wait between being looked at and being taken: whoever sent one finds it again on any process."""

import datetime

from django.core.files.base import ContentFile
from django.db import models

from kit import clock
from kit.records import StoredFile
from kit.statements import RowSet

KEPT = datetime.timedelta(days=1)


class UploadQuerySet(RowSet):
    def visible_to(self, user):
        return self.filter(by=user.pk) if user.is_authenticated else self.none()

    def stale(self):
        return self.filter(at__lt=clock.now() - KEPT)


class Upload(StoredFile):
    """One file of one person for one purpose, with what was read from it. A later one of the same ``kind`` takes its place,
    unless it was kept beside it.

    ``kind`` says what for, for example "offline 2015-10"; ``data`` are the values as read, ``content`` the file itself.
    """

    GONE = "这个文件已换成后来上传的，什么都没有写入。"

    kind = models.CharField("用途", max_length=40)
    content = models.BinaryField("文件")
    data = models.JSONField("内容")
    taken_at = models.DateTimeField("取入时间", null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "待取入的上传"
        ordering = ["pk"]
        indexes = [models.Index(fields=["by", "kind"])]

    @property
    def as_sent(self):
        """The file again as it came with its form."""
        return ContentFile(bytes(self.content), name=self.name)

    @property
    def taken_words(self):
        return f"“{self.name}”已于{clock.local(self.taken_at):%H:%M:%S}取入，没有重复写入。"
