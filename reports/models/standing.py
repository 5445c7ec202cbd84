"""Standings: how each task stood when a month was closed. Trends, strips, rankings and bulletins read these."""

from django.db import models

from kit import clock
from kit.statements import RowSet
from reports.models.period import Period
from tasks.lights import CHOICES, Judgement, Light
from tasks.models import Responsibility, Task
from units.models import User

CORRECTED = "；经更正，"


class StandingQuerySet(RowSet):
    def visible_to(self, user):
        return self if user.is_authenticated and user.reads_plans else self.none()

    def of(self, period):
        return self.filter(period=period)

    def actions(self):
        return self.filter(task__kind=Task.Kind.ACTION)

    def counts(self):
        """{section title: {light: number of tasks}}, sections in the order of the plan."""
        rows = self.values_list("section_title", "light").annotate(
            n=models.Count("pk"), first=models.Min("task__order")
        )
        table = {}
        for section, light, n, _ in sorted(rows, key=lambda row: row[3]):
            table.setdefault(section, {})[light] = n
        return table


class Standing(models.Model):
    """One task in one closed period, under the names of that day. What stands now; the first figures stay beside it."""

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

    first_progress = models.PositiveSmallIntegerField("结账时进度", null=True, blank=True, help_text="更正过的才有")
    first_light = models.CharField("结账时灯色", max_length=6, choices=CHOICES, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "月末亮灯"
        ordering = ["period", "task__order"]
        constraints = [models.UniqueConstraint(fields=["period", "task"], name="one_standing_per_period_and_task")]
        indexes = [models.Index(fields=["task", "period"]), models.Index(fields=["period", "light"])]

    def __str__(self):
        return f"{self.task_number} {self.get_light_display()}"

    @property
    def judgement(self):
        return Judgement(Light(self.light), self.expected, self.reason)

    @property
    def first_words(self):
        """What stood when the month was closed, where it has been corrected since."""
        if self.first_progress is None:
            return ""
        return f"{CORRECTED[1:]}结账时为进度{self.first_progress}%、{self.get_first_light_display()}"


class CorrectionQuerySet(RowSet):
    def visible_to(self, user):
        return self if user.is_authenticated and user.reads_plans else self.none()

    def figures(self, tasks, until=None):
        """(task id, progress, month) of the corrections of months up to ``until``, the one that holds last."""
        rows = self.filter(standing__task__in=tasks)
        if until:
            rows = rows.filter(standing__period__month__lte=until)
        rows = rows.order_by("standing__period__month", "at", "pk")
        return rows.values_list("standing__task", "progress", "standing__period__month")

    def of_report(self, report):
        led = report.entries.filter(role=Responsibility.Role.LEAD).values("task")
        rows = self.filter(standing__period=report.period_id, standing__task__in=led)
        return rows.select_related("standing__period", "by__unit")


class Correction(models.Model):
    """A reasoned change (更正) to what stood when a month was closed: both values, and who answers for it. Never changed."""

    standing = models.ForeignKey(Standing, models.PROTECT, related_name="corrections", verbose_name="月末亮灯")
    old_progress = models.PositiveSmallIntegerField("更正前进度")
    old_light = models.CharField("更正前灯色", max_length=6, choices=CHOICES)
    old_reason = models.CharField("更正前理由", max_length=300)
    progress = models.PositiveSmallIntegerField("更正后进度")
    light = models.CharField("更正后灯色", max_length=6, choices=CHOICES)
    reason = models.CharField("更正原因", max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="更正人")
    at = models.DateTimeField("更正时间", default=clock.now)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "更正"
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="correction_has_a_reason")]

    def __str__(self):
        return f"{self.standing.task_number} {self.old_progress}%→{self.progress}%"
