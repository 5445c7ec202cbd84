"""The inbox: what the system or an office tells a person."""

from django.db import models

from kit import clock
from units.models import User


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everyone reads their own."""
        return self.filter(user=user.pk) if user.is_authenticated else self.none()

    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """One message to one person. ``key`` names its occasion: the same occasion is told once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notices", verbose_name="收件人")
    key = models.CharField("事由", max_length=80)
    title = models.CharField("标题", max_length=120)
    body = models.TextField("内容", blank=True)
    url = models.CharField("链接", max_length=200, blank=True)
    at = models.DateTimeField("时间", default=clock.now)
    read_at = models.DateTimeField("已读时间", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_notice_per_user_and_key")]
        indexes = [models.Index(fields=["user", "read_at"])]

    def __str__(self):
        return self.title
