"""Items: what an occasion settled, found or praised, each numbered within it."""

import uuid

from django.db import models
from django.db.models import Q

from kit import clock
from kit.links import optional
from kit.statements import RowSet, at_once
from supervision.models.occasion import Occasion
from supervision.models.stop import Stop
from tasks.models import Cause, Milestone, Project
from units.models import Unit, User


class ItemQuerySet(RowSet):
    @at_once
    def visible_to(self, user):
        """Of an occasion others held, a unit sees what it has to do and what is about projects near it.

        What an inspection found it sees with the conclusion; of an interview nothing.
        """
        if not user.is_authenticated or not user.does_business or not (user.unit_id or user.sees_everything):
            return self.none()
        own = user.units
        near = Project.objects.near(own).values("pk")
        held = Q(occasion__in=Occasion.objects.held_by(user).values("pk"))
        given = Q(unit__in=own) | Q(project__in=near) | Q(occasion__project__in=near)
        return self.filter(held | given & Occasion.open_to_others("occasion__"))

    def to_hand_over(self, units, day):
        """Return what these units have to do and nobody has judged, but for plans that ended before ``day``."""
        rows = self.filter(unit__in=units, kept=Item.Kept.OPEN).exclude(kind=Item.Kind.PRAISE)
        return rows.exclude(occasion__plan__ends_on__lt=day)

    def promises(self, plan, before):
        rows = self.filter(kind=Item.Kind.DECISION, occasion__in=Occasion.objects.meetings().filter(plan=plan))
        return rows.filter(occasion__month__lt=before)

    def to_look_at_again(self):
        rows = self.filter(kind=Item.Kind.FINDING, occasion__kind=Occasion.Kind.INSPECTION)
        closed = self.model.objects.filter(directives__status="CLOSED").values("pk")
        return rows.filter(Q(kept__in=(Item.Kept.KEPT, Item.Kept.BACK)) | Q(pk__in=closed))


class Item(models.Model):
    """What was settled, found or praised: one numbered line of an occasion, of one project or of all.

    ``key`` is made where it was typed, so that what is sent twice over a bad line is written once. A decision may tick a
    ``milestone``. ``looked_at`` is when what was closed was last looked at again, and ``kept`` says whether it had come back.
    """

    # A decision is one sentence; what was found takes more.
    TEXT, FOUND = 300, 500

    class Kind(models.TextChoices):
        DECISION = "DECISION", "议定"
        FINDING = "FINDING", "发现"
        PRAISE = "PRAISE", "肯定"

    class Kept(models.TextChoices):
        OPEN = "OPEN", "办理中"
        KEPT = "KEPT", "已兑现"
        BROKEN = "BROKEN", "未兑现"
        BACK = "BACK", "反弹"

    TONES = {Kept.OPEN: "plain", Kept.KEPT: "good", Kept.BROKEN: "danger", Kept.BACK: "danger"}
    # A finding is not promised: its words.
    FOUND_WORDS = {Kept.OPEN: "未整改", Kept.KEPT: "已整改", Kept.BROKEN: "整改不到位", Kept.BACK: "反弹"}

    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="items", verbose_name="活动")
    number = models.PositiveSmallIntegerField("序号")
    key = models.UUIDField("填写编号", default=uuid.uuid4, unique=True, editable=False)
    stop = optional(Stop, "items", "站点", on_delete=models.SET_NULL)
    project = optional(Project, "items", "重点项目")
    kind = models.CharField("种类", max_length=8, choices=Kind.choices, default=Kind.DECISION)
    text = models.CharField("内容", max_length=FOUND)
    cause = models.CharField("原因", max_length=8, choices=Cause.choices, blank=True)
    milestone = optional(Milestone, "items", "完成的节点", on_delete=models.SET_NULL)
    unit = optional(Unit, "items", "办理单位")
    due_on = models.DateField("时限", null=True, blank=True)
    kept = models.CharField("兑现", max_length=6, choices=Kept.choices, default=Kept.OPEN)
    kept_by = optional(User, "+", "认定人", editable=False)
    kept_at = models.DateTimeField("认定时间", null=True, blank=True, editable=False)
    looked_at = models.DateTimeField("回头看时间", null=True, blank=True, editable=False)
    looked_by = optional(User, "+", "回头看的人", editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "议定事项"
        ordering = ["occasion", "number"]
        constraints = [models.UniqueConstraint(fields=["occasion", "number"], name="one_number_per_occasion")]
        indexes = [models.Index(fields=["project", "occasion"])]

    def __str__(self):
        return f"{self.occasion}第{self.number}件"

    @property
    def kept_words(self):
        return self.FOUND_WORDS[self.kept] if self.kind == self.Kind.FINDING else self.get_kept_display()

    @property
    def tone(self):
        return self.TONES[self.kept]

    @property
    def is_overdue(self):
        return self.kept == self.Kept.OPEN and self.due_on is not None and self.due_on < clock.today()
