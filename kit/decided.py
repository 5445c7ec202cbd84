"""What one asks and another decides."""

from django.conf import settings
from django.db import models


class Decided(models.Model):
    """By whom it was decided, when, and in which words; all three are blank while it waits."""

    WORDS = 500

    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审定人"
    )
    decided_at = models.DateTimeField("审定时间", null=True, blank=True)
    decision = models.CharField("审定意见", max_length=WORDS, blank=True)

    class Meta:
        abstract = True
