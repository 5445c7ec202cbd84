"""Reporting periods and the calendar of workdays."""

from django.db import models
from django.db.models import F, Q

from kit import clock, deadlines
from kit.statements import RowSet
from reports import windows
from tasks.models import Plan


class Workday(models.Model):
    """One day of the official calendar (节假日调休); a day without a row is a workday from Monday to Friday."""

    day = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("上班")
    note = models.CharField("说明", max_length=30, blank=True)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "工作日历"
        ordering = ["day"]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {'上班' if self.is_workday else '休息'}"

    @classmethod
    def test(cls):
        """What says whether a day is a workday, reading the calendar once."""
        return deadlines.Calendar(dict(cls.objects.values_list("day", "is_workday")))

    @classmethod
    def knows(cls, year):
        return cls.objects.filter(day__year=year).exists()


class PeriodQuerySet(RowSet):
    def visible_to(self, user):
        return self if user.is_authenticated and user.reads_plans else self.none()

    def writable(self, now=None):
        now = now or clock.now()
        return self.filter(opens_at__lte=now, open_until__gt=now, closed_at=None)

    def running(self, plan_id, now=None):
        """A plan's months whose deadline is still to come: only these may ask for more than they did."""
        return self.filter(plan=plan_id, closed_at=None, on_time_until__gt=now or clock.now())

    def closed(self):
        return self.exclude(closed_at=None)

    def of(self, plans):
        return self.filter(plan__in=plans)


class Period(models.Model):
    """One month of one plan: until when a report is on time, until when it is taken at all."""

    TAKEN_WITH = ("plan__rules",)
    GONE = "这个报送期刚刚已撤回。"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="periods", verbose_name="方案")
    month = models.DateField("月份", help_text="当月1日")
    opens_at = models.DateTimeField("开始填报")
    on_time_until = models.DateTimeField("按时报送截止")
    open_until = models.DateTimeField("填报关闭")
    closed_at = models.DateTimeField("结账时间", null=True, blank=True, help_text="结账后当月亮灯冻结")
    summary = models.JSONField("月度汇总", default=dict, blank=True, editable=False)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报送期"
        ordering = ["-month", "plan_id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "month"], name="one_period_per_plan_and_month"),
            models.CheckConstraint(condition=Q(month__endswith="-01"), name="period_month_is_first_day"),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("on_time_until")) & Q(on_time_until__lte=F("open_until")),
                name="period_moments_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.plan}{self.month.year}年{self.month.month}月"

    @classmethod
    def window_of(cls, plan, month, is_workday):
        rule = {"due_day": plan.due_day, "due_hour": plan.due_hour, "grace_days": plan.grace_days}
        return windows.window_from(clock.today(), month, is_workday, **rule)

    @property
    def last_day(self):
        return deadlines.last_day(self.month)

    @property
    def judged_on(self):
        """The day progress is compared with: today while the month runs, its last day afterwards."""
        return min(clock.today(), self.last_day)

    @property
    def on_time_words(self):
        return deadlines.end_words(self.on_time_until)

    @property
    def open_words(self):
        return deadlines.end_words(self.open_until)

    @property
    def is_closed(self):
        return self.closed_at is not None

    def is_open(self, now=None):
        """A report's own extension may go beyond."""
        now = now or clock.now()
        return self.opens_at <= now < self.open_until and not self.is_closed
