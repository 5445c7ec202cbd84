"""A report as filed: frozen content that ledgers, bulletins and the archive read."""

from django.db import models
from django.db.models import Q

from kit.records import FrozenQuerySet, FrozenRecord
from reports.models.report import MonthlyReport


class SubmissionQuerySet(FrozenQuerySet):
    def visible_to(self, user):
        return self.filter(report__in=MonthlyReport.objects.visible_to(user))


class Submission(FrozenRecord):
    """Everything a unit filed at one moment: names, texts, numbers, checksums of files.

    ``content`` is {"unit", "plan", "month", "number", "entries": [{"task", "number", "title", "section", "role",
    "files": [{"id", "name", "sha256", "size"}]} and the plain values of ``reports.fields`` as they were that day]};
    ``task`` is the task's key.
    """

    report = models.ForeignKey(MonthlyReport, models.PROTECT, related_name="submissions", verbose_name="月报")
    serial = models.PositiveSmallIntegerField("第几次")
    note = models.CharField("说明", max_length=300, blank=True)
    signer_name = models.CharField("审签人姓名", max_length=80, blank=True, help_text="单位负责人审签的，审签的人")
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

    def entry_of(self, task_id):
        return next((each for each in self.content["entries"] if each["task"] == task_id), None)
