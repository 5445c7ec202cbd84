"""Numbers the plans promised, and their monthly readings."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from kit import clock
from kit.deadlines import last_day, previous_month
from kit.quantities import Measure as Quantity
from kit.rates import written
from kit.statements import RowSet
from tasks import derived
from tasks.models.facts import facts_of
from tasks.models.plan import Plan
from tasks.models.task import Task
from tasks.targets import Stand, Target
from units.models import Unit, User


class SourceKind(models.TextChoices):
    """Whose figure a reading is. They count different things, so they stand beside one another and are never added up."""

    UNIT = "UNIT", "责任单位上报"
    STATISTICS = "STATISTICS", "统计部门"
    REGISTER = "REGISTER", "项目汇总"


# What each source reaches, where the indicator says no more.
REACH = {SourceKind.UNIT: "责任单位掌握的范围", SourceKind.STATISTICS: "统计制度规定的范围", SourceKind.REGISTER: ""}


class IndicatorQuerySet(RowSet):
    def visible_to(self, user):
        return self if user.is_authenticated and user.reads_plans else self.none()

    def with_readings(self):
        return self.select_related("plan", "unit", "task").prefetch_related("readings")

    def promised(self, plan, action=None):
        """Return those of an action and those that belong to none; all of the plan without an action."""
        rows = self.filter(plan=plan)
        return rows if action is None else rows.filter(Q(task=action) | Q(task=None))

    def entered_by(self, unit_id):
        """Return those whose figures this unit enters: it answers for them, or keeps the statistics."""
        return self.filter(Q(unit=unit_id) | Q(statistics_unit=unit_id))

    def with_figures(self):
        """Return a list with all that their figures need: readings, and what the register says of those derived from it."""
        rows = list(self.with_readings())
        facts = facts_of({row.plan_id for row in rows if row.derived})
        for row in rows:
            row.facts = facts.get(row.plan_id)
        return rows


@dataclass(frozen=True)
class Beside:
    """One source's figure of an indicator up to a month, beside the official one."""

    kind: SourceKind
    is_official: bool
    month: datetime.date
    value: Decimal
    exact: Fraction
    # How a derived figure came about, with both numbers.
    words: str
    reach: str
    # Less the official figure of the same month, None where that has none.
    difference: Decimal | None = None


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
    official = models.CharField(
        "正式口径", max_length=10, choices=SourceKind.choices, default=SourceKind.UNIT, help_text="完成情况按它计算。"
    )
    derived = models.CharField(
        "由项目汇总",
        max_length=16,
        blank=True,
        choices=[(rule.value, rule.label) for rule in derived.Rule],
        help_text="从重点项目台账计算的数，作为“项目汇总”列出。",
    )
    statistics_unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="kept_indicators",
        verbose_name="统计数填报单位",
        help_text="可填写“统计部门”的数；不指定的由主管办公室填写。",
    )
    reach = models.CharField(
        "统计口径说明", max_length=80, blank=True, help_text="例如：500万元以上项目，先入库后有数。"
    )
    planned = models.JSONField("计划曲线", default=dict, blank=True, editable=False)
    source = models.CharField("文件原文", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=1)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "指标"
        ordering = ["plan", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "name"], name="one_indicator_name_per_plan")]

    def __str__(self):
        return self.name

    @cached_property
    def facts(self):
        """The register of its plan, None where no figure is derived; lists set it for all their rows at once."""
        return facts_of([self.plan_id]).get(self.plan_id) if self.derived else None

    @property
    def rule(self):
        return derived.Rule(self.derived) if self.derived else None

    @property
    def why_not_derived(self):
        """What the register is counted in must convert into what the indicator is kept in; empty where it does."""
        rule = self.rule
        if not rule or Quantity.of(rule.measure).kind == Quantity.of(self.unit_of_measure).kind:
            return ""
        return f"“{rule.label}”按{rule.measure}计算，不能用于计量单位为“{self.unit_of_measure}”的指标。"

    @property
    def adds_up(self):
        return self.cumulation == self.Cumulation.SUM

    def is_computed(self, kind):
        """Whether a source's figures come from the register and are typed by nobody."""
        return bool(self.derived) and kind == SourceKind.REGISTER

    def reach_of(self, kind):
        if self.is_computed(kind):
            return self.rule.words
        return kind == SourceKind.STATISTICS and self.reach or REACH[SourceKind(kind)]

    def readings_of(self, kind, month=None):
        rows = (each for each in self.readings.all() if each.kind == kind and (month is None or each.month <= month))
        return sorted(rows, key=lambda each: each.month)

    def latest(self, kind, month=None):
        """The last month, up to ``month``, of which a source says something; None without one."""
        if not self.is_computed(kind):
            rows = self.readings_of(kind, month)
            return rows[-1].month if rows else None
        until = self.facts.until if self.facts else None
        return until and min(filter(None, (until, month, self.plan.last_over)))

    def figure(self, month):
        return self.facts.figure(self.rule, month)

    def exact(self, kind, month):
        """A source's figure up to ``month``, not rounded: the sum or the latest; None without one."""
        if self.is_computed(kind):
            found = self.figure(month).exact
            return None if found is None else found * self._scale
        rows = self.readings_of(kind, month)
        if not rows:
            return None
        return Fraction(sum(each.value for each in rows) if self.adds_up else rows[-1].value)

    @property
    def _scale(self):
        own, kept = Quantity.of(self.rule.measure), Quantity.of(self.unit_of_measure)
        return own.scale * own.factor / (kept.scale * kept.factor)

    def shown(self, kind, exact):
        """Rounded once: what is derived to one decimal of a share, four of 亿元, two of all else; what was typed as it was."""
        if exact is None:
            return None
        if self.is_computed(kind):
            return derived.shown(exact, 1 if self.rule.measure == derived.SHARE else 4)
        return derived.shown(exact, 2)

    def actual(self, month=None, kind=None):
        """The figure up to ``month`` (of all months when None), of the official source unless another is named."""
        kind = kind or self.official
        latest = self.latest(kind, month)
        return latest and self.shown(kind, self.exact(kind, latest))

    def own(self, kind, month):
        """A month's own figure: of what adds up the month's part, else what it came to; None where nothing was said."""
        if not self.is_computed(kind):
            return next((each.value for each in self.readings.all() if (each.kind, each.month) == (kind, month)), None)
        latest, first = self.latest(kind), self.facts.first if self.facts else None
        if latest is None or not first <= month <= latest:
            return None
        exact = self.exact(kind, month)
        if exact is not None and self.adds_up:
            exact -= self.exact(kind, previous_month(month))
        return self.shown(kind, exact)

    def beside(self, month=None):
        """Every source that says something, the official one first, each with its difference from it."""
        kinds = sorted(SourceKind, key=lambda kind: kind != self.official)
        return [found for found in (self._beside(kind, month) for kind in kinds) if found]

    def _beside(self, kind, month):
        latest = self.latest(kind, month)
        exact = latest and self.exact(kind, latest)
        if exact is None:
            return None
        official = self.latest(self.official, latest) if kind != self.official else None
        against = official and self.exact(self.official, official)
        words = self.figure(latest).words if self.is_computed(kind) else ""
        value = self.shown(kind, exact)
        gap = None if against is None else value - self.shown(self.official, against)
        return Beside(kind, kind == self.official, latest, value, exact, words, self.reach_of(kind), gap)

    @property
    def aim(self):
        """The target with its period: it is promised over the plan's year, however long the plan itself runs."""
        first, last = datetime.date(self.plan.year, 1, 1), datetime.date(self.plan.year, 12, 31)
        at_most = self.direction == self.Direction.AT_MOST
        return Target(self.target, self.unit_of_measure, at_most, first, last)

    def curve(self):
        """{month: what was planned of it}, in order."""
        months = {datetime.date.fromisoformat(f"{month}-01"): Decimal(value) for month, value in self.planned.items()}
        return dict(sorted(months.items()))

    def planned_by(self, month):
        """What was planned up to a month, the sum or the latest; None without a curve."""
        values = [value for each, value in self.curve().items() if each <= month]
        if not self.planned:
            return None
        return sum(values, Decimal(0)) if self.adds_up else values[-1] if values else None

    def stand(self, month=None):
        """By the official source; None while it has said nothing."""
        latest = self.latest(self.official, month)
        exact = latest and self.exact(self.official, latest)
        if exact is None:
            return None
        value = self.shown(self.official, exact)
        return Stand(self.aim, value, last_day(latest), self.planned_by(latest), exact)

    @property
    def undivided(self):
        """未分解: what of the target stands with no part; read ``parts``."""
        return self.target - sum((part.target for part in self.parts.all()), Decimal(0))


class IndicatorPart(models.Model):
    """What one unit (a township) is to bring of an indicator, and what it brought by month. A part makes no report owed."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="parts", verbose_name="指标")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="indicator_parts", verbose_name="单位")
    target = models.DecimalField("分解数", max_digits=14, decimal_places=2)
    figures = models.JSONField("各月数", default=dict, blank=True)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "指标分解"
        ordering = ["indicator", "unit__order", "unit_id"]
        constraints = [models.UniqueConstraint(fields=["indicator", "unit"], name="one_part_per_indicator_and_unit")]

    def __str__(self):
        return f"{self.indicator}：{self.unit}{written(self.target)}"

    def own(self, month):
        value = self.figures.get(f"{month:%Y-%m}")
        return None if value is None else Decimal(value)

    def actual(self, month=None):
        """What was entered up to a month, the sum or the latest; None without anything."""
        rows = [Decimal(value) for at, value in sorted(self.figures.items()) if month is None or at <= f"{month:%Y-%m}"]
        if not rows:
            return None
        return sum(rows) if self.indicator.adds_up else rows[-1]


class Reading(models.Model):
    """The value of an indicator in one month by one kind of source, with where it comes from."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="readings", verbose_name="指标")
    month = models.DateField("月份", help_text="当月1日")
    kind = models.CharField("口径", max_length=10, choices=SourceKind.choices, default=SourceKind.UNIT)
    value = models.DecimalField("数值", max_digits=14, decimal_places=2)
    source = models.CharField("数据来源", max_length=80)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="填写人")
    at = models.DateTimeField("填写时间", default=clock.now)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "指标月度数据"
        ordering = ["indicator", "month", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "kind", "month"], name="one_reading_per_source_and_month"),
            models.CheckConstraint(condition=Q(month__endswith="-01"), name="reading_month_is_first_day"),
        ]

    def __str__(self):
        return f"{self.indicator} {self.month:%Y-%m}"
