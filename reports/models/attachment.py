"""Files: evidence beside an entry, the stamped scan of a report."""

from django.db import models
from django.db.models import F, OuterRef, Q

from kit.records import FileQuerySet, RemovableFile
from kit.statements import Exists, at_once
from reports.models.entry import Entry
from reports.models.report import MonthlyReport


class AttachmentQuerySet(FileQuerySet):
    @at_once
    def visible_to(self, user):
        """Evidence is seen with its entry; what was filed last, and scans, with the report."""
        entries = Entry.objects.visible_to(user).filter(pk=OuterRef("entry"))
        reports = MonthlyReport.objects.visible_to(user).filter(pk=OuterRef("report"))
        filed = Q(entry=None) | Q(report__submitted_at__gte=F("at"))
        return self.filter(Q(Exists(entries)) | filed & Q(Exists(reports)))


class Attachment(RemovableFile):
    """Its name on disk is random; a removed file stays while a submission names it."""

    report = models.ForeignKey(MonthlyReport, models.PROTECT, related_name="attachments", verbose_name="月报")
    entry = models.ForeignKey(
        Entry, models.PROTECT, null=True, blank=True, related_name="attachments", verbose_name="任务进展"
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["pk"]

    @property
    def is_scan(self):
        return self.entry_id is None
