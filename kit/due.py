"""What is owed by a moment: on time until then, taken until later, with a deadline of its own after a return."""

from django.conf import settings
from django.db import models

from kit import clock, deadlines


class Due(models.Model):
    """Something a person owes. A subclass says while it ``is_owed``; LATE and LATE_AGAIN are what it counts as afterwards."""

    LATE, LATE_AGAIN = "迟报", "逾期"

    due_at = models.DateTimeField("按时截止", help_text="只随有记录的宽限变动")
    closes_at = models.DateTimeField("填报关闭")
    return_due_at = models.DateTimeField("退回后重报截止", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def answer_due_at(self):
        """After a return its own deadline."""
        return self.return_due_at or self.due_at

    def give_until(self, until):
        """Move the deadline it has now; it is taken at least as long. Return the names of what may have changed."""
        name = "return_due_at" if self.return_due_at else "due_at"
        setattr(self, name, until)
        self.closes_at = max(self.closes_at, until)
        return [name, "closes_at"]

    @property
    def is_overdue(self):
        return self.is_owed and self.answer_due_at <= clock.now()

    def is_missed(self, now=None):
        return self.is_owed and (now or clock.now()) >= self.closes_at

    def time_left(self, now=None):
        return deadlines.time_left(now or clock.now(), self.answer_due_at)

    @property
    def due_words(self):
        return deadlines.end_words(self.answer_due_at)

    @property
    def late_words(self):
        return deadlines.late_words(clock.now(), self.answer_due_at, self.closes_at, self._late_word)

    @property
    def again_words(self):
        return deadlines.again_words(clock.now(), self.answer_due_at, self.closes_at, self._late_word)

    @property
    def _late_word(self):
        return self.LATE_AGAIN if self.return_due_at else self.LATE


class Concession(models.Model):
    """Why somebody owes it later or not at all, and who said so."""

    reason = models.CharField("原因", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="批准人")
    at = models.DateTimeField("批准时间", default=clock.now)

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="%(class)s_has_a_reason")]
