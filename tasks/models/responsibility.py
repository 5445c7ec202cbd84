"""Who is responsible for a task: the leading unit and those that support it."""

from django.db import models
from django.db.models import Q

from kit.statements import RowSet
from units.models import Unit

# A task that is only proposed, or was refused or taken back, is nobody's yet.
NOT_IN_FORCE = ("PROPOSED", "DECLINED", "WITHDRAWN")


class ResponsibilityQuerySet(RowSet):
    def in_force(self):
        return self.exclude(task__status__in=NOT_IN_FORCE)

    def actions(self):
        return self.filter(task__kind="ACTION")

    def owing(self):
        """Return the parts that report each month: of a key project only the service unit's, the others help."""
        return self.exclude(task__kind="PROJECT", role=Responsibility.Role.SUPPORT)

    def names_of(self, tasks):
        """Return {task key: [(leads, unit's name)] in the order printed}: a list needs the names, not the units."""
        rows = self.filter(task__in=[task.pk for task in tasks]).order_by("task", "order", "pk")
        found = {}
        for task, role, name in rows.values_list("task", "role", "unit__name"):
            found.setdefault(task, []).append((role == Responsibility.Role.LEAD, name))
        return found


class Responsibility(models.Model):
    """A unit's part in a task: it leads (牵头) or supports (配合). By convention the first name printed leads."""

    class Role(models.TextChoices):
        LEAD = "LEAD", "牵头"
        SUPPORT = "SUPPORT", "配合"

    task = models.ForeignKey("tasks.Task", models.CASCADE, related_name="responsibilities", verbose_name="任务")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="responsibilities", verbose_name="责任单位")
    role = models.CharField("职责", max_length=8, choices=Role.choices, default=Role.SUPPORT)
    order = models.PositiveSmallIntegerField("排序", default=1)

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "责任分工"
        ordering = ["task", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "unit"], name="one_part_per_task_and_unit"),
            models.UniqueConstraint(fields=["task"], condition=Q(role="LEAD"), name="one_lead_per_task"),
        ]

    def __str__(self):
        return f"{self.unit}（{self.get_role_display()}）"
