"""Changes of tasks (任务变更): asked for by the unit before the due date, decided by the plan's office."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import OuterRef, Q

from kit import clock, trace
from kit.decided import Decided
from kit.moves import Moving
from kit.statements import Exists, RowSet, at_once
from tasks.models.responsibility import Responsibility
from tasks.models.task import Task
from units.models import User


class TaskChangeQuerySet(RowSet):
    @at_once
    def visible_to(self, user):
        """What was agreed as the tasks are; the rest by the task's units, the plan's office and who sees everything."""
        if not user.is_authenticated or not user.reads_plans:
            return self.none()
        if user.sees_everything:
            return self
        agreed = Q(status=TaskChange.Status.AGREED)
        if not user.unit_id or not user.does_business:
            return self.filter(agreed)
        own = user.units
        parts = Responsibility.objects.filter(task=OuterRef("task"), unit__in=own)
        return self.filter(agreed | Q(task__plan__office=user.unit_id) | Exists(parts))

    def of(self, plan):
        return self.filter(task__plan=plan)

    def waiting(self):
        return self.filter(status=TaskChange.Status.ASKED)

    def agreed(self):
        return self.filter(status=TaskChange.Status.AGREED)


class TaskChange(Decided, Moving):
    """One thing a unit asks to be changed of its task: more time, another text, or to go on beyond the due date towards a stage goal.

    ``so_far`` is how far it has come, in words; ``progress`` what was accepted by then. What stood before (``old_due_on``,
    ``old_text``, ``old_points``) is written when it is agreed, so every text the task ever had stays readable.
    """

    REASON, TEXT = 300, 3000

    class Kind(models.TextChoices):
        EXTEND = "EXTEND", "延期"
        ADJUST = "ADJUST", "调整"
        CONTINUE = "CONTINUE", "持续推进"

    class Status(models.TextChoices):
        ASKED = "ASKED", "待审定"
        AGREED = "AGREED", "已同意"
        DECLINED = "DECLINED", "未同意"
        WITHDRAWN = "WITHDRAWN", "已撤回"

    MOVES = {
        Status.ASKED: {Status.AGREED, Status.DECLINED, Status.WITHDRAWN},
        Status.AGREED: set(),
        Status.DECLINED: set(),
        Status.WITHDRAWN: set(),
    }
    TONES = {Status.ASKED: "info", Status.AGREED: "good", Status.DECLINED: "danger", Status.WITHDRAWN: "muted"}
    TAKEN_WITH = ("task__plan__rules",)

    task = models.ForeignKey(Task, models.CASCADE, related_name="changes", verbose_name="任务")
    serial = models.PositiveSmallIntegerField("第几次")
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    reason = models.CharField("原因", max_length=REASON)
    so_far = models.CharField("目前进展", max_length=REASON)
    progress = models.PositiveSmallIntegerField("当时进度", validators=[MaxValueValidator(100)])
    due_on = models.DateField("延期到（复核日期）", null=True, blank=True)
    goal = models.CharField("阶段目标", max_length=200, blank=True)
    text = models.TextField("调整后的内容", blank=True)
    old_due_on = models.DateField("原时限", null=True, blank=True, editable=False)
    old_text = models.TextField("调整前的内容", blank=True, editable=False)
    old_points = models.JSONField("调整前的分项", default=list, blank=True, editable=False)
    status = models.CharField("状态", max_length=9, choices=Status.choices, default=Status.ASKED)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    unit_name = models.CharField("申请单位", max_length=60)
    at = models.DateTimeField("申请时间", default=clock.now)

    objects = TaskChangeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任务变更"
        ordering = ["task", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["task", "serial"], name="one_change_per_task_and_serial"),
            models.UniqueConstraint(fields=["task"], condition=Q(status="ASKED"), name="one_change_waits_per_task"),
            models.CheckConstraint(condition=Q(kind="ADJUST") | Q(due_on__isnull=False), name="more_time_has_its_day"),
        ]

    def __str__(self):
        return f"{self.task.called}{self.get_kind_display()}申请"

    @property
    def is_waiting(self):
        return self.status == self.Status.ASKED

    @property
    def wanted(self):
        """What is asked for, in a few words."""
        if self.kind == self.Kind.ADJUST:
            return "调整任务内容"
        day = f"{self.due_on.year}年{self.due_on.month}月{self.due_on.day}日"
        return f"延期到{day}" if self.kind == self.Kind.EXTEND else f"持续推进，{day}复核"


class TaskChangeEvent(trace.Event):
    """Asked, agreed, declined, withdrawn."""

    subject = trace.subject(TaskChange, "任务变更")
    TO_PLAN = "subject__task__plan"
    TONES = {"同意": "good", "不同意": "danger"}
