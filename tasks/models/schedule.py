"""The timetable (时间表) of a key project: proposed by its service unit, accepted by the unit that leads its action."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import OuterRef, Q

from kit import clock, trace
from kit.decided import Decided
from kit.moves import Moving
from kit.statements import Exists, RowSet, at_once
from tasks.models.project import Project
from tasks.models.responsibility import Responsibility
from units.models import User


class ScheduleQuerySet(RowSet):
    @at_once
    def visible_to(self, user):
        """Accepted ones as the plans; others by who proposed, who decides (leads the action, or is the office), who sees all."""
        if not user.is_authenticated or not user.reads_plans:
            return self.none()
        if user.sees_everything:
            return self
        accepted = Q(status=Schedule.Status.ACCEPTED)
        if not user.unit_id or not user.does_business:
            return self.filter(accepted)
        parts = Responsibility.objects.filter(unit=user.unit_id)
        own = Exists(parts.filter(task=OuterRef("project")))
        leads = Exists(parts.filter(task=OuterRef("project__task__parent"), role=Responsibility.Role.LEAD))
        return self.filter(accepted | Q(project__task__plan__office=user.unit_id) | own | leads)

    def waiting(self):
        return self.filter(status=Schedule.Status.PROPOSED)


class Schedule(Decided, Moving):
    """One version of a project's plan by month and of its nodes, as ``content`` says (tasks.actions.schedules).

    Accepted, it is what the register says; the first plan stays beside every later one.
    """

    class Status(models.TextChoices):
        PROPOSED = "PROPOSED", "待审定"
        ACCEPTED = "ACCEPTED", "已审定"
        DECLINED = "DECLINED", "未采纳"
        WITHDRAWN = "WITHDRAWN", "已撤回"

    MOVES = {
        Status.PROPOSED: {Status.ACCEPTED, Status.DECLINED, Status.WITHDRAWN},
        Status.ACCEPTED: set(),
        Status.DECLINED: set(),
        Status.WITHDRAWN: set(),
    }
    TAKEN_WITH = ("project__task__plan",)

    project = models.ForeignKey(Project, models.CASCADE, related_name="schedules", verbose_name="重点项目")
    serial = models.PositiveIntegerField("第几版")
    status = models.CharField("状态", max_length=9, choices=Status.choices, default=Status.PROPOSED)
    reason = models.CharField("调整原因", max_length=200, blank=True)
    content = models.JSONField("内容", encoder=DjangoJSONEncoder)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    at = models.DateTimeField("提出时间", default=clock.now)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "项目计划表"
        ordering = ["project", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["project", "serial"], name="one_schedule_per_project_and_serial"),
            models.UniqueConstraint(
                fields=["project"], condition=Q(status="PROPOSED"), name="one_schedule_waits_per_project"
            ),
        ]

    def __str__(self):
        return f"{self.project}计划表第{self.serial}版"


class ScheduleEvent(trace.Event):
    """What happened to a timetable: proposed, accepted, declined, withdrawn."""

    subject = trace.subject(Schedule, "项目计划表")
    TO_PLAN = "subject__project__task__plan"
