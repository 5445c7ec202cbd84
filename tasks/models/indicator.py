"""Numbers the plans promised, and their monthly readings."""

import calendar
import datetime
from decimal import Decimal

from django.db import models
from django.db.models import Q

from kit import clock
from kit.statements import RowSet
from tasks.models.plan import Plan
from tasks.models.task import Task
from tasks.targets import Stand, Target
from units.models import Unit, User


class IndicatorQuerySet(RowSet):
    def visible_to(self, user):
        return self if user.is_authenticated and user.reads_plans else self.none()

    def with_readings(self):
        return self.select_related("plan", "unit", "task").prefetch_related("readings")


class Indicator(models.Model):
    """A number a plan promised: its target, how it accumulates, who answers for it."""

    class Direction(models.TextChoices):
        AT_LEAST = "AT_LEAST", "不低于"
        AT_MOST = "AT_MOST", "不高于"

    class Cumulation(models.TextChoices):
        SUM = "SUM", "各月相加"
        LATEST = "LATEST", "取最近一期"

    TAKEN_WITH = ("plan",)

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="indicators", verbose_name="方案")
    task = models.ForeignKey(
        Task, models.SET_NULL, null=True, blank=True, related_name="indicators", verbose_name="所属任务"
    )
    name = models.CharField("指标", max_length=60)
    target = models.DecimalField("目标", max_digits=14, decimal_places=2)
    unit_of_measure = models.CharField("计量单位", max_length=10)
    direction = models.CharField("方向", max_length=8, choices=Direction.choices, default=Direction.AT_LEAST)
    cumulation = models.CharField("累计方式", max_length=6, choices=Cumulation.choices, default=Cumulation.LATEST)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="indicators", verbose_name="责任单位"
    )
    source = models.CharField("文件原文", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=1)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "指标"
        ordering = ["plan", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "name"], name="one_indicator_name_per_plan")]

    def __str__(self):
        return self.name

    def actual(self, month=None):
        """Return the figure up to ``month`` (all months when None): the sum or the latest reading; None without one."""
        readings = [each for each in self.readings.all() if month is None or each.month <= month]
        if not readings:
            return None
        if self.cumulation == self.Cumulation.SUM:
            return sum((each.value for each in readings), Decimal(0))
        return max(readings, key=lambda each: each.month).value

    @property
    def aim(self):
        """The target with its period: it is promised over the plan's year, however long the plan itself runs."""
        first, last = datetime.date(self.plan.year, 1, 1), datetime.date(self.plan.year, 12, 31)
        at_most = self.direction == self.Direction.AT_MOST
        return Target(self.target, self.unit_of_measure, at_most, first, last)

    def stand(self, month=None):
        months = [each.month for each in self.readings.all() if month is None or each.month <= month]
        if not months:
            return None
        latest = max(months)
        day = latest.replace(day=calendar.monthrange(latest.year, latest.month)[1])
        return Stand(self.aim, self.actual(month), day)


class Reading(models.Model):
    """The value of an indicator in one month, with where it comes from."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="readings", verbose_name="指标")
    month = models.DateField("月份", help_text="当月1日")
    value = models.DecimalField("数值", max_digits=14, decimal_places=2)
    source = models.CharField("数据来源", max_length=80)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="填写人")
    at = models.DateTimeField("填写时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "指标月度数据"
        ordering = ["indicator", "month"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "month"], name="one_reading_per_indicator_and_month"),
            models.CheckConstraint(condition=Q(month__endswith="-01"), name="reading_month_is_first_day"),
        ]

    def __str__(self):
        return f"{self.indicator} {self.month:%Y-%m}"
