"""Who of an office has which report open, so that two do not read the same one."""

from django.db import models

from kit.statements import RowSet
from reports.models.report import MonthlyReport
from units.models import User


class ViewingQuerySet(RowSet):
    def visible_to(self, user):
        return self.filter(report__in=MonthlyReport.objects.visible_to(user).values("pk"))


class Viewing(models.Model):
    """The report a person opened last in the review; nothing follows from it."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+", verbose_name="审核人")
    report = models.ForeignKey(MonthlyReport, models.CASCADE, related_name="+", verbose_name="月报")
    at = models.DateTimeField("打开时间")

    objects = ViewingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "正在看的月报"

    def __str__(self):
        return f"{self.user.name}正在看{self.report}"
