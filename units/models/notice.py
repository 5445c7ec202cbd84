"""The inbox: what the system or an office tells a person, and the mail that goes with it."""

import datetime

from django.db import models
from django.db.models import F, Q

from kit import clock
from kit.statements import RowSet
from units.models.user import User


class NoticeQuerySet(RowSet):
    def visible_to(self, user):
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


class OutgoingQuerySet(RowSet):
    def visible_to(self, user):
        """The administrator, who mends addresses; others see with ``of`` what went to the units they ask about."""
        return self if user.is_authenticated and user.role == User.Role.ADMIN else self.none()

    def of(self, units):
        return self.filter(notice__user__unit__in=units)

    def due(self):
        return self.filter(due_at__lte=clock.now())

    def stuck(self):
        """Within the last week refused, or waiting for an hour."""
        now = clock.now()
        waits = Q(due_at=None) | Q(notice__at__lt=now - datetime.timedelta(hours=1))
        return self.filter(waits, sent_at=None, notice__at__gt=now - datetime.timedelta(days=7))


class MailQuerySet(OutgoingQuerySet):
    def undelivered(self):
        """Stuck, and not where the address was mended."""
        return self.stuck().filter(address=F("notice__user__email"))


class Outgoing(models.Model):
    """A notice on its way out of the house. It is due until it was taken or refused for good."""

    notice = models.OneToOneField(Notice, models.CASCADE, verbose_name="消息")
    due_at = models.DateTimeField("何时再发", null=True, blank=True, db_index=True, default=clock.now)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    error = models.CharField("没有发出的原因", max_length=300, blank=True)

    class Meta:
        abstract = True


class Mail(Outgoing):
    """One notice on its way to one address."""

    address = models.EmailField("电子邮箱")

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "邮件"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.notice} {self.address}"


class Post(Outgoing):
    """What several people were told alike, once, on its way to the office's robot; ``notice`` is the first of theirs.

    ``text`` is the title, or that there is something to read where the title is not for everybody; ``people`` are the units told.
    """

    text = models.CharField("文字", max_length=120)
    people = models.CharField("告知", max_length=120, blank=True)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "群消息"
        ordering = ["pk"]

    def __str__(self):
        return self.text
