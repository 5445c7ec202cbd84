"""The marks of a round, what people give beside them, the evidence and the word against one."""

from django.db import models
from django.db.models import Q

from kit import clock
from kit.links import optional, owned_by
from kit.records import FileQuerySet, RemovableFile
from kit.statements import Exists, RowSet, at_once
from supervision.models.round import Subject
from supervision.models.scheme import SchemeItem
from units.models import User


class ObjectionQuerySet(owned_by("score__subject")):
    def waiting(self):
        return self.filter(answer="WAITING")


class Score(models.Model):
    """The mark of one subject in one item: what was measured, the formula with its numbers, and what people said beside it.

    ``measured`` is {"value", "due", "words", "formula", "records": [[name, figure, address], ...]} as of the round's moment. ``mark`` is
    what counts: the hand's where there is one, else the automatic one; None where the item does not apply, or waits to be given.
    """

    SAID = 1000

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="scores", verbose_name="考评对象")
    item = models.ForeignKey(SchemeItem, models.PROTECT, related_name="scores", verbose_name="考评项目")
    full = models.DecimalField("满分", max_digits=7, decimal_places=2)
    applies = models.BooleanField("适用", default=True)
    measured = models.JSONField("取数和算式", default=dict, blank=True)
    auto = models.DecimalField("自动得分", max_digits=8, decimal_places=2, null=True, blank=True)
    self_mark = models.DecimalField("自评分", max_digits=8, decimal_places=2, null=True, blank=True)
    self_reason = models.CharField("自评依据和过程", max_length=SAID, blank=True)
    hand = models.DecimalField("评定分", max_digits=8, decimal_places=2, null=True, blank=True)
    hand_reason = models.CharField("评定理由", max_length=SAID, blank=True)
    hand_by = optional(User, "+", "评分人")
    hand_at = models.DateTimeField("评分时间", null=True, blank=True)
    mark = models.DecimalField("得分", max_digits=8, decimal_places=2, null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = owned_by("subject").as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "得分"
        ordering = ["subject", "item__number"]
        constraints = [models.UniqueConstraint(fields=["subject", "item"], name="one_score_per_subject_and_item")]

    def __str__(self):
        return f"{self.subject} {self.item}"

    @property
    def lost(self):
        return None if self.mark is None else max(self.full - self.mark, 0)

    @property
    def waits(self):
        return self.applies and self.mark is None


class PanelMark(models.Model):
    """What one member of a panel gave."""

    score = models.ForeignKey(Score, models.CASCADE, related_name="panel", verbose_name="得分")
    seat = models.CharField("评委", max_length=40, help_text="与办法中的评委一致")
    mark = models.DecimalField("评分", max_digits=8, decimal_places=2)
    reason = models.CharField("理由", max_length=Score.SAID, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="录入人")
    at = models.DateTimeField("录入时间", default=clock.now)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评委评分"
        ordering = ["score", "seat"]
        constraints = [models.UniqueConstraint(fields=["score", "seat"], name="one_panel_mark_per_seat")]

    def __str__(self):
        return f"{self.seat} {self.mark}"


class ScoreFileQuerySet(FileQuerySet):
    @at_once
    def visible_to(self, user):
        """Who handed it in, who runs or oversees the round, who gives the mark it is for: nobody else, published or not."""
        rows = self.filter(Exists(Subject.objects.visible_to(user).filter(pk=models.OuterRef("score__subject"))))
        if not user.is_authenticated or user.sees_everything:
            return rows
        own = user.units
        whose = Q(score__subject__unit__in=own) | Q(score__item__scorer__in=own)
        return rows.filter(whose | Q(score__subject__round__scheme__unit__in=own))


class ScoreFile(RemovableFile):
    """Evidence a unit hands in with its self-score or its objection."""

    score = models.ForeignKey(Score, models.PROTECT, related_name="files", verbose_name="得分")

    objects = ScoreFileQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "考评佐证"
        ordering = ["pk"]


class Objection(models.Model):
    """A unit's word against one mark, and the answer of who gave it. One waits at a time for a score.

    What is granted goes into an ``edition``: the first while the round is shown, once it is out the next correction.
    """

    class Answer(models.TextChoices):
        WAITING = "WAITING", "待答复"
        GRANTED = "GRANTED", "成立"
        DENIED = "DENIED", "不成立"

    score = models.ForeignKey(Score, models.PROTECT, related_name="objections", verbose_name="得分")
    text = models.CharField("哪条记录不对", max_length=Score.SAID)
    wanted = models.CharField("应当是多少，为什么", max_length=Score.SAID)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    at = models.DateTimeField("申请时间", default=clock.now)
    answer = models.CharField("答复", max_length=7, choices=Answer.choices, default=Answer.WAITING)
    note = models.CharField("答复理由", max_length=Score.SAID, blank=True)
    mark = models.DecimalField("改为", max_digits=8, decimal_places=2, null=True, blank=True)
    edition = models.PositiveSmallIntegerField("改入第几版", null=True, blank=True)
    decided_by = optional(User, "+", "答复人")
    decided_at = models.DateTimeField("答复时间", null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "考评异议"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["score"], condition=Q(answer="WAITING"), name="one_objection_waits_per_score"
            )
        ]

    def __str__(self):
        return f"{self.score}异议"
