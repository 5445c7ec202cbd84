"""Where an occasion goes and whom it names, what those answered, what was said later, and its files."""

from django.db import models
from django.db.models import Q

from kit import clock
from kit.links import optional
from kit.records import FileQuerySet, RemovableFile
from kit.statements import RowSet, at_once
from supervision.models.occasion import Occasion
from tasks.models import Project
from units.models import Unit, User


class Stop(models.Model):
    """One line of the schedule: when, which group with whom, at which project or unit. An interview's names whom it is with."""

    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="stops", verbose_name="活动")
    number = models.PositiveSmallIntegerField("序号")
    group = models.CharField("组别", max_length=20, blank=True)
    day = models.DateField("日期", null=True, blank=True)
    hour = models.TimeField("时间", null=True, blank=True)
    project = optional(Project, "stops", "项目")
    unit = optional(Unit, "stops", "单位")
    people = models.CharField("人员", max_length=120, blank=True)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "站点"
        ordering = ["occasion", "number"]
        constraints = [
            models.UniqueConstraint(fields=["occasion", "number"], name="one_stop_number_per_occasion"),
            models.CheckConstraint(
                condition=Q(project__isnull=False) | Q(unit__isnull=False), name="stop_has_a_project_or_a_unit"
            ),
        ]

    def __str__(self):
        return str(self.project or self.unit)

    @property
    def answering(self):
        """The unit that is inspected or talked to there: the named one, or the one that serves the project."""
        return self.unit or self.project.service_unit


class AnswerQuerySet(RowSet):
    @at_once
    def visible_to(self, user):
        """Who wrote it, the unit itself (of an interview its head), and who keeps the occasion or oversees it."""
        if not user.is_authenticated or not user.does_business:
            return self.none()
        kept = Q(occasion__in=Occasion.objects.kept_by(user).values("pk"))
        own = Q(unit__in=user.units)
        if user.role != User.Role.HEAD:
            own &= ~Q(occasion__kind=Occasion.Kind.INTERVIEW)
        return self.filter(kept | own | Q(by=user.pk))


class Answer(models.Model):
    """What a named unit answers once: to an inspection's conclusion, or the written report after an interview."""

    TEXT = 3000

    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="answers", verbose_name="活动")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="answers", verbose_name="单位")
    text = models.TextField("内容")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填写人")
    at = models.DateTimeField("时间", default=clock.now)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "反馈"
        ordering = ["occasion", "at"]
        constraints = [models.UniqueConstraint(fields=["occasion", "unit"], name="one_answer_per_unit")]

    def __str__(self):
        return f"{self.unit}：{self.text[:40]}"


class Addition(models.Model):
    """A word of later, dated, beside a conclusion that stays as it is."""

    TEXT = 1000

    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="additions", verbose_name="活动")
    text = models.TextField("补充")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填写人")
    at = models.DateTimeField("时间", default=clock.now)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "补充"
        ordering = ["occasion", "at", "pk"]

    def __str__(self):
        return self.text[:40]


class OccasionFileQuerySet(FileQuerySet):
    @at_once
    def visible_to(self, user):
        """Who reads every word of the occasion; a unit what it sent itself."""
        if not user.is_authenticated or not user.does_business:
            return self.none()
        return self.filter(Q(occasion__in=Occasion.objects.held_by(user).values("pk")) | Q(by=user.pk))


class OccasionFile(RemovableFile):
    """A file or photograph of an occasion, of one of its items where it says so. A removed one stays stored."""

    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="files", verbose_name="活动")
    item = optional("supervision.Item", "files", "事项", on_delete=models.SET_NULL)

    objects = OccasionFileQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动附件"
        ordering = ["pk"]
