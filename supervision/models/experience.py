"""Experience (改革经验): a case a unit offers; the office chooses, others say they copied it. It is told of, never scored by count."""

from django.db import models
from django.db.models import Q

from kit import clock, names, trace
from kit.addresses import address_of
from kit.moves import Moving
from kit.statements import RowSet, at_once
from tasks.models import Task
from units.models import Unit, User


class ExperienceQuerySet(RowSet):
    @at_once
    def visible_to(self, user):
        """What was chosen is everybody's who works with plans; before, its unit's, the office's and the overseers'."""
        if not user.is_authenticated or not user.does_business:
            return self.none()
        if user.sees_everything:
            return self
        own = user.units
        return self.filter(Q(status=Experience.Status.CHOSEN) | Q(unit__in=own) | Q(task__plan__office__in=own))

    def of(self, plans):
        return self.filter(task__plan__in=plans)

    def with_copies(self):
        return self.annotate(copied=models.Count("copies"))

    def saying(self, words):
        return self.filter(names.holds(words, "title", "difficulty", "done", "result"))


class Experience(Moving):
    """One case: what was difficult, what was done, what came of it, by whom it can be copied."""

    TITLE, TEXT = 60, 2000

    class Status(models.TextChoices):
        OFFERED = "OFFERED", "已推荐"
        CHOSEN = "CHOSEN", "已选用"
        DECLINED = "DECLINED", "未选用"
        TAKEN_BACK = "TAKEN_BACK", "已撤回"

    MOVES = {
        Status.OFFERED: {Status.CHOSEN, Status.DECLINED, Status.TAKEN_BACK},
        Status.CHOSEN: {Status.TAKEN_BACK},
        Status.DECLINED: set(),
        Status.TAKEN_BACK: set(),
    }
    TONES = {
        Status.OFFERED: "info",
        Status.CHOSEN: "good",
        Status.DECLINED: "plain",
        Status.TAKEN_BACK: "plain",
    }
    TAKEN_WITH = ("task__plan", "unit")
    GONE = "这条经验刚刚已撤去。"

    task = models.ForeignKey(Task, models.PROTECT, related_name="experiences", verbose_name="任务")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="experiences", verbose_name="推荐单位")
    title = models.CharField("题目", max_length=TITLE)
    difficulty = models.TextField("原来难在哪里", max_length=TEXT)
    done = models.TextField("怎么做的", max_length=TEXT)
    result = models.TextField("做出了什么", max_length=TEXT)
    decision = models.CharField("办公室意见", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="推荐人")
    at = models.DateTimeField("推荐时间", default=clock.now)
    chosen_at = models.DateTimeField("选用时间", null=True, blank=True)
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.OFFERED)
    version = models.PositiveIntegerField("版本", default=1)

    objects = ExperienceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "改革经验"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.title

    @property
    def address(self):
        return address_of("experience", self.pk)

    @property
    def is_offered(self):
        return self.status == self.Status.OFFERED


class Copying(models.Model):
    """A unit says that it works by a case of another, and how it goes there."""

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="copies", verbose_name="改革经验")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="copied_experiences", verbose_name="学用单位")
    text = models.CharField("学用情况", max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间", default=clock.now)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "经验学用"
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["experience", "unit"], name="one_copying_per_unit")]

    def __str__(self):
        return f"{self.unit}学用{self.experience}"


class ExperienceEvent(trace.Event):
    subject = trace.subject(Experience, "改革经验")
    TO_PLAN = "subject__task__plan"
    TONES = {"选用": "good", "未选用": "warn", "撤回": "warn"}
