"""Standings: how each task stood when a month was closed. Trends, strips, rankings and bulletins read these."""

from django.db import models

from reports.models.period import Period
from tasks.lights import CHOICES
from tasks.models import Task


class StandingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """As the tasks are."""
        return self if user.is_authenticated and user.reads_plans else self.none()

    def counts(self):
        """Return {section title: {light: number of tasks}}, sections in the order of the plan."""
        rows = self.values_list("section_title", "light").annotate(
            n=models.Count("pk"), first=models.Min("task__order")
        )
        table = {}
        for section, light, n, _ in sorted(rows, key=lambda row: row[3]):
            table.setdefault(section, {})[light] = n
        return table


class Standing(models.Model):
    """One task in one closed period, under the names of that day."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="standings", verbose_name="报送期")
    task = models.ForeignKey(Task, models.PROTECT, related_name="standings", verbose_name="任务")
    task_number = models.CharField("编号", max_length=20)
    task_title = models.CharField("任务", max_length=40)
    section_title = models.CharField("章节", max_length=140, blank=True)
    lead_name = models.CharField("牵头单位", max_length=60, blank=True)
    status = models.CharField("状态", max_length=12, choices=Task.Status.choices)
    progress = models.PositiveSmallIntegerField("进度")
    expected = models.PositiveSmallIntegerField("应达进度")
    light = models.CharField("灯色", max_length=6, choices=CHOICES)
    reason = models.CharField("理由", max_length=300)
    rules_version = models.PositiveSmallIntegerField("规则版本", default=1)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "月末亮灯"
        ordering = ["period", "task__order"]
        constraints = [models.UniqueConstraint(fields=["period", "task"], name="one_standing_per_period_and_task")]
        indexes = [models.Index(fields=["task", "period"]), models.Index(fields=["period", "light"])]

    def __str__(self):
        return f"{self.task_number} {self.get_light_display()}"
