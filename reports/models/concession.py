"""Concessions to one report: more time, or none owed. Reason and author are compulsory, an extension ends by itself."""

from django.db import models

from kit import clock
from kit.due import Concession
from reports.models.report import MonthlyReport


class Extension(Concession):
    """More time (宽限): until then the report is on time."""

    report = models.ForeignKey(MonthlyReport, models.PROTECT, related_name="extensions", verbose_name="月报")
    until = models.DateTimeField("宽限至")

    class Meta(Concession.Meta):
        verbose_name = verbose_name_plural = "宽限"
        ordering = ["report", "at"]

    def __str__(self):
        return f"{self.report} 宽限至{clock.local(self.until):%Y-%m-%d %H:%M}"


class Exemption(Concession):
    """Nothing owed this month (免报)."""

    report = models.OneToOneField(MonthlyReport, models.PROTECT, related_name="exemption", verbose_name="月报")

    class Meta(Concession.Meta):
        verbose_name = verbose_name_plural = "免报"

    def __str__(self):
        return f"{self.report} 免报"
