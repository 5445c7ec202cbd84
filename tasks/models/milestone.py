"""Steps of a timetable (路线图、时间表): of a task, or of a key project."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from kit.statements import RowSet
from units.models import Unit


class MilestoneQuerySet(RowSet):
    def of(self, plan):
        return self.filter(task__plan=plan)

    def waiting(self):
        return self.filter(done_on=None).exclude(handed_in_on=None)


class Milestone(models.Model):
    """One step with its limit. A project's may be one of its own days (开工, 竣工, ...), and one of them is the goal of its year.
    A task that brings forth a scheme (改革方案) has the steps a scheme goes through (SCHEME).

    An approval names the unit that gives it, when it was handed in, and how many workdays that unit may take.
    """

    class Kind(models.TextChoices):
        STEP = "STEP", "节点"
        START = "START", "开工"
        COMPLETE = "COMPLETE", "竣工"
        COMMISSION = "COMMISSION", "投产"
        CAPACITY = "CAPACITY", "达产"
        SURVEYED = "SURVEYED", "调研起草"
        DISCUSSED = "DISCUSSED", "专项小组讨论"
        OUTLINED = "OUTLINED", "初步方案"
        STEERED = "STEERED", "领导小组审议"
        APPROVED = "APPROVED", "政府常务会议"
        CARRIED = "CARRIED", "实施"

    class Stage(models.TextChoices):
        PREPARE = "PREPARE", "前期"
        BUILD = "BUILD", "建设"
        CONTRACT = "CONTRACT", "合同履约"

    SCHEME = (Kind.SURVEYED, Kind.DISCUSSED, Kind.OUTLINED, Kind.STEERED, Kind.APPROVED, Kind.CARRIED)
    DAYS = (Kind.STEP, Kind.START, Kind.COMPLETE, Kind.COMMISSION, Kind.CAPACITY)

    task = models.ForeignKey("tasks.Task", models.CASCADE, related_name="milestones", verbose_name="任务")
    title = models.CharField("节点", max_length=80)
    kind = models.CharField("种类", max_length=10, choices=Kind.choices, default=Kind.STEP)
    stage = models.CharField("阶段", max_length=8, choices=Stage.choices, blank=True)
    due_on = models.DateField("时限")
    first_due_on = models.DateField("首次时限", null=True, blank=True, editable=False)
    done_on = models.DateField("完成日期", null=True, blank=True)
    told_in = models.DateField("报告完成的月份", null=True, blank=True, editable=False)
    weight = models.PositiveSmallIntegerField(
        "权重", default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    goal = models.BooleanField("年度目标", default=False)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="milestones", verbose_name="责任（审批）单位"
    )
    person = models.CharField("责任人", max_length=40, blank=True)
    handed_in_on = models.DateField("报审日期", null=True, blank=True)
    limit_workdays = models.PositiveSmallIntegerField("审批时限（工作日）", null=True, blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "节点"
        ordering = ["task", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "kind"], condition=~Q(kind="STEP"), name="one_day_of_a_kind_per_project"
            ),
            models.UniqueConstraint(fields=["task"], condition=Q(goal=True), name="one_goal_per_project"),
        ]

    def __str__(self):
        return self.title

    @classmethod
    def kind_of(cls, title):
        """A step called as one of a scheme's is that one."""
        return next((kind for kind in cls.SCHEME if kind.label == title), cls.Kind.STEP)
