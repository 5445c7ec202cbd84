"""A report as filed: frozen content that ledgers, bulletins and the archive read."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from reports.models.report import MonthlyReport
from units.models import User


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """As the report is."""
        return self.filter(report__in=MonthlyReport.objects.visible_to(user))


class Submission(models.Model):
    """Everything a unit filed at one moment: names, texts, numbers, checksums of files. Never changed.

    ``content`` is {"unit", "plan", "month", "number", "entries": [{"task", "number", "title", "section", "role",
    "files": [{"id", "name", "sha256", "size"}]} and the plain values of ``reports.fields`` as they were that day]};
    ``task`` is the task's key.
    """

    report = models.ForeignKey(MonthlyReport, models.PROTECT, related_name="submissions", verbose_name="月报")
    serial = models.PositiveSmallIntegerField("第几次")
    content = models.JSONField("内容", encoder=DjangoJSONEncoder)
    checksum = models.CharField("校验码", max_length=64)
    note = models.CharField("说明", max_length=300, blank=True)
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="填报人")
    author_name = models.CharField("填报人姓名", max_length=80)
    signer_name = models.CharField("审签人姓名", max_length=80, blank=True, help_text="单位负责人审签的，审签的人")
    at = models.DateTimeField("报送时间")
    on_time = models.BooleanField("按时")
    accepted_at = models.DateTimeField("通过时间", null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报送记录"
        ordering = ["report", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["report", "serial"], name="one_serial_per_report"),
            models.UniqueConstraint(
                fields=["report"], condition=~Q(accepted_at=None), name="one_accepted_submission_per_report"
            ),
        ]

    def __str__(self):
        return f"{self.report} 第{self.serial}次"

    @staticmethod
    def checksum_of(content):
        """Return the SHA-256 of the content in canonical form."""
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, cls=DjangoJSONEncoder)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def short_checksum(self):
        """The first twelve digits, as printed."""
        return " ".join(self.checksum[i : i + 4].upper() for i in (0, 4, 8))

    def entry_of(self, task_id):
        """Return the frozen entry of a task, or None."""
        return next((each for each in self.content["entries"] if each["task"] == task_id), None)
