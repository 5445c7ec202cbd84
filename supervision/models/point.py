"""What a directive asks, point by point, with answers, files and what was found of each; and what its unit asks for."""

from django.db import models
from django.db.models import OuterRef, Q

from kit import clock
from kit.decided import Decided
from kit.links import optional, owned_by
from kit.records import FileQuerySet, RemovableFile
from kit.statements import Exists, RowSet, at_once
from supervision.models.directive import Directive
from units.models import User


class Point(models.Model):
    """One numbered thing that is wanted. Once accepted it stays accepted; ``wanting`` is what a refusal still asks of it."""

    TEXT, ANSWER = 500, 2000

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="points", verbose_name="交办事项")
    number = models.PositiveSmallIntegerField("序号")
    text = models.CharField("要求", max_length=TEXT)
    due_on = models.DateField("本点期限", null=True, blank=True)
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = optional(User, "+", "答复人")
    wanting = models.CharField("还要什么", max_length=Directive.SAID, blank=True)
    wanted_at = models.DateTimeField("退回时间", null=True, blank=True)
    accepted_at = models.DateTimeField("通过时间", null=True, blank=True)

    objects = owned_by("directive").as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "交办要求"
        ordering = ["directive", "number"]
        constraints = [models.UniqueConstraint(fields=["directive", "number"], name="one_number_per_directive")]

    def __str__(self):
        return f"第{self.number}点"

    @property
    def is_open(self):
        return self.accepted_at is None

    @property
    def must_redo(self):
        return self.is_open and bool(self.wanting) and not self.is_answered

    @property
    def is_answered(self):
        return self.answered_at is not None and (self.wanted_at is None or self.answered_at > self.wanted_at)

    @property
    def state(self):
        """(word, tone)."""
        if not self.is_open:
            return "已通过", "good"
        if self.must_redo:
            return "须重答", "danger"
        return ("已答", "done") if self.is_answered else ("未答", "warn")


class DirectiveFileQuerySet(FileQuerySet):
    @at_once
    def visible_to(self, user):
        return self.filter(Exists(Directive.objects.visible_to(user).filter(pk=OuterRef("point__directive"))))


class DirectiveFile(RemovableFile):
    """What a unit hands in beside an answer."""

    point = models.ForeignKey(Point, models.PROTECT, related_name="files", verbose_name="交办要求")

    objects = DirectiveFileQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "答复附件"
        ordering = ["pk"]


class Plea(Decided):
    """What a unit asks of the issuer: that it is another's matter, more time, or to go on beyond the limit. One waits at a time."""

    class Kind(models.TextChoices):
        OBJECTION = "OBJECTION", "异议"
        EXTENSION = "EXTENSION", "延期"
        CONTINUING = "CONTINUING", "持续推进"

    class Answer(models.TextChoices):
        WAITING = "WAITING", "待决定"
        GRANTED = "GRANTED", "同意"
        DENIED = "DENIED", "不同意"

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="pleas", verbose_name="交办事项")
    kind = models.CharField("种类", max_length=10, choices=Kind.choices)
    reason = models.CharField("理由", max_length=Directive.SAID)
    progress = models.CharField("目前进展", max_length=Directive.SAID, blank=True)
    goal = models.CharField("阶段目标", max_length=Directive.SAID, blank=True)
    due_then = models.DateField("申请时的期限", null=True, blank=True)
    until = models.DateField("申请到", null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    at = models.DateTimeField("申请时间", default=clock.now)
    answer = models.CharField("决定", max_length=7, choices=Answer.choices, default=Answer.WAITING)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "承办单位申请"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["directive"], condition=Q(answer="WAITING"), name="one_plea_waits_per_directive"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}申请"

    @property
    def is_waiting(self):
        return self.answer == self.Answer.WAITING
