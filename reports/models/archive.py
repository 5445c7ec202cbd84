"""Archive packages: everything that was accepted in a plan's closed months, in one file to keep."""

from pathlib import Path

from django.conf import settings
from django.db import models

from kit import clock
from tasks.models import Plan
from units.models import User

FOLDER = "archives"


class ArchiveQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The plan's office, and leaders and inspectors, who read all of it anyway."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_everything:
            return self
        own = self.filter(plan__office=user.unit_id) if user.unit_id else self.none()
        return own if user.role == User.Role.OFFICE else self.none()

    def light(self):
        """Leave out the long lists, for pages that do not pack."""
        return self.defer("contents", "packed").select_related("plan__office", "by")


class Archive(models.Model):
    """One package and how far it is packed.

    ``contents`` is [[kind, key, path], ...], settled when it was begun; ``packed`` is [[path, size, sha256], ...] so far.
    ``lacking`` says what could not be packed or is not as it was filed; ``checksum`` stands for the whole content.
    """

    class Status(models.TextChoices):
        PACKING = "PACKING", "正在打包"
        READY = "READY", "已备好"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="archives", verbose_name="方案")
    status = models.CharField("状态", max_length=8, choices=Status.choices, default=Status.PACKING)
    months = models.JSONField("月份", default=list)
    is_partial = models.BooleanField("部分归档", default=False)
    contents = models.JSONField("内容", default=list)
    packed = models.JSONField("已打包", default=list)
    lacking = models.JSONField("缺少的内容", default=list)
    total = models.PositiveIntegerField("文件数", default=0)
    place = models.PositiveIntegerField("已打包数", default=0)
    busy_until = models.DateTimeField("打包占用至", null=True, blank=True)
    file = models.CharField("存放位置", max_length=100)
    size = models.PositiveBigIntegerField("大小", default=0)
    checksum = models.CharField("内容校验码", max_length=64, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人")
    at = models.DateTimeField("开始时间", default=clock.now)
    ready_at = models.DateTimeField("完成时间", null=True, blank=True)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "归档包"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.title}包"

    @property
    def title(self):
        """What the package and its folder are called."""
        return f"{self.plan.year}年{self.plan.short_title}{'部分' if self.is_partial else ''}归档"

    @property
    def is_ready(self):
        return self.status == self.Status.READY

    @property
    def percent(self):
        return 100 * self.place // self.total if self.total else 0

    @property
    def location(self):
        """Where the package lies, below MEDIA_ROOT and outside the web root."""
        return Path(settings.MEDIA_ROOT) / self.file
