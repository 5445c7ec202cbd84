"""Yearly plans: their office, phases, groups, sections, reporting rule and rules for lights."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from kit import clock, trace
from kit.deadlines import last_day, previous_month
from kit.names import Named
from kit.statements import RowSet
from tasks import lights, programme
from units.models import Unit


def fulfilling():
    """The nodes that make a contract count as fulfilled, unless the office says others."""
    return ["开工", "竣工", "投产"]


BARE = frozenset("0123456789一二三四五六七八九十百")


def nearness(prefix=""):
    """Where a plan stands beside today, to order by: 0 it runs, 1 it is over, 2 it is still to come."""
    today = clock.today()
    begun, over = {f"{prefix}starts_on__lte": today}, {f"{prefix}ends_on__lt": today}
    cases = [models.When(**over, then=models.Value(1)), models.When(**begun, then=models.Value(0))]
    return models.Case(*cases, default=models.Value(2), output_field=models.IntegerField())


class PlanQuerySet(RowSet):
    def visible_to(self, user):
        return self if user.is_authenticated and user.reads_plans else self.none()

    def current_first(self):
        """The plans of the running year, then those that are over, those to come last; newest year first."""
        return self.order_by(nearness(), "-year", "pk")

    def titled(self, year, title):
        """However the title is written; or None."""
        return Named({plan.title: plan for plan in self.filter(year=year or 0)}).get(title)

    def of_office(self, unit_id):
        return self.filter(office=unit_id)

    def running(self, day=None):
        day = day or clock.today()
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Plan(models.Model):
    """One yearly plan (实施方案) of a document: what is to be done, and how it is reported on."""

    class Kind(models.TextChoices):
        REFORM = "REFORM", "改革创新年"
        LAW = "LAW", "法治建设年"
        BREAKTHROUGH = "BREAKTHROUGH", "项目突破年"
        OTHER = "OTHER", "其他"

    GONE = "这个方案刚刚已撤去（撤销导入或撤回结转）。"

    year = models.PositiveSmallIntegerField("年度", validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    title = models.CharField("名称", max_length=120)
    short_title = models.CharField("简称", max_length=20, help_text="列表和图表用，例如：改革创新年")
    document_number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("印发日期", null=True, blank=True)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="plans", verbose_name="主管办公室")
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    due_day = models.PositiveSmallIntegerField(
        "每月报送截止日",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text="留空为当月最后一天；填几日即当月几日（月份没有这一天时为最后一天）",
    )
    due_hour = models.PositiveSmallIntegerField(
        "截止钟点", default=24, validators=[MinValueValidator(1), MaxValueValidator(24)], help_text="24为当天结束"
    )
    grace_days = models.PositiveSmallIntegerField(
        "逾期后仍可补报天数", default=5, validators=[MaxValueValidator(60)], help_text="补报记为迟报"
    )
    return_workdays = models.PositiveSmallIntegerField(
        "退回后重报工作日数", default=3, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    stamped = models.BooleanField("须报送盖章纸质件", default=True)
    reporting_source = models.TextField("报送要求原文", blank=True)
    rules = models.ForeignKey(
        "LightRules", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="现行亮灯规则"
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="结转自"
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "方案"
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "title"], name="one_plan_per_year_and_title"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="plan_ends_after_start"
            ),
        ]

    def __str__(self):
        return self.short_title

    @property
    def named(self):
        """Its name where plans of several years stand side by side: 2015年改革创新年."""
        return self.short_title if str(self.year) in self.short_title else f"{self.year}年{self.short_title}"

    def covers(self, month):
        return self.starts_on.replace(day=1) <= month <= self.ends_on

    @property
    def months(self):
        first, last = self.starts_on.replace(day=1), self.ends_on.replace(day=1)
        count = (last.year - first.year) * 12 + last.month - first.month + 1
        return [
            first.replace(year=first.year + (first.month - 1 + i) // 12, month=(first.month - 1 + i) % 12 + 1)
            for i in range(count)
        ]

    @property
    def last_over(self):
        """The last month that is over, within the plan's time: what the register of key projects says by now."""
        today, months = clock.today(), self.months
        over = today.replace(day=1) if last_day(today) <= today else previous_month(today.replace(day=1))
        return min(max(over, months[0]), months[-1])


class LightRules(models.Model):
    """One version of a plan's rules for lights; standings name the version they were judged by."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="rule_versions", verbose_name="方案")
    version = models.PositiveSmallIntegerField("版本", default=1)
    slow_after = models.PositiveSmallIntegerField("落后超过多少为黄灯", default=10)
    late_after = models.PositiveSmallIntegerField("落后超过多少为红灯", default=30)
    basis = models.CharField(
        "落后怎样算",
        max_length=8,
        choices=[(b.value, b.label) for b in lights.Basis],
        default=lights.Basis.POINTS.value,
    )
    start_months = models.PositiveSmallIntegerField(
        "项目连续几个月末未开工为红灯", default=3, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    fulfilled_by = models.JSONField("合同算履约的节点", default=fulfilling, blank=True)
    from_day = models.DateField("启用日期", default=clock.today)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "亮灯规则"
        ordering = ["plan", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "version"], name="one_rules_version_per_plan"),
            models.CheckConstraint(condition=models.Q(late_after__gt=models.F("slow_after")), name="late_beyond_slow"),
        ]

    def __str__(self):
        return f"第{self.version}版：落后超过{self.slow_after}黄灯，超过{self.late_after}红灯"

    @property
    def programme_words(self):
        """What this version says of key projects."""
        fulfilled = "、".join(self.fulfilled_by) or "（没有定）"
        return (
            f"投资落后年计划的{self.slow_after}个百分点以上黄灯、{self.late_after}个百分点以上红灯；"
            f"到月末未开工黄灯，连续{self.start_months}个月末未开工红灯；节点逾期黄灯，年度目标逾期红灯；"
            f"合同完成{fulfilled}之一的算履约。"
        )

    @property
    def as_programme(self):
        """The same for key projects; money is always compared in points of the year's plan."""
        return programme.Rules(self.slow_after, self.late_after, self.start_months)

    @property
    def as_rules(self):
        return lights.Rules(self.slow_after, self.late_after, lights.Basis(self.basis), self.version)


class Phase(models.Model):
    """A stage of the plan (宣传启动, 全面实施, 检查验收) with its duties."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="phases", verbose_name="方案")
    order = models.PositiveSmallIntegerField("排序", default=1)
    title = models.CharField("阶段", max_length=60)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    duties = models.TextField("任务", blank=True)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "实施阶段"
        ordering = ["plan", "order"]

    def __str__(self):
        return self.title


class Group(models.Model):
    """A leading group (领导小组) or a working group (专项小组) of a plan, with the units that lead it."""

    class Kind(models.TextChoices):
        LEADING = "LEADING", "领导小组"
        WORKING = "WORKING", "专项工作组"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="groups", verbose_name="方案")
    kind = models.CharField("类别", max_length=8, choices=Kind.choices)
    name = models.CharField("名称", max_length=80)
    order = models.PositiveSmallIntegerField("排序", default=1)
    office = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="office_of_groups", verbose_name="办公室"
    )
    leads = models.ManyToManyField(Unit, through="GroupLead", related_name="led_groups", verbose_name="牵头单位")
    composition = models.TextField("组成", blank=True)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "领导小组和工作组"
        ordering = ["plan", "kind", "order"]

    def __str__(self):
        return self.name


class GroupLead(models.Model):
    """A unit that leads a group, in the order printed."""

    group = models.ForeignKey(Group, models.CASCADE)
    unit = models.ForeignKey(Unit, models.PROTECT)
    order = models.PositiveSmallIntegerField(default=1)

    objects = RowSet.as_manager()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["group", "unit"], name="one_lead_per_group_and_unit")]

    def __str__(self):
        return f"{self.unit}牵头{self.group}"


class GroupMember(models.Model):
    """A person in a leading or working group (成员名单): the post there, the name, unit and title elsewhere."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="members", verbose_name="小组")
    post = models.CharField("小组职务", max_length=20, help_text="组长、副组长、成员、办公室主任……")
    name = models.CharField("姓名", max_length=40)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="group_members", verbose_name="单位"
    )
    title = models.CharField("单位职务", max_length=80, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=1)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "小组成员"
        ordering = ["group", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["group", "name", "post"], name="one_post_per_group_and_name")]

    def __str__(self):
        return f"{self.post}{self.name}"


class Section(models.Model):
    """A numbered part of a plan, (一) to (八) in the reform plan."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections", verbose_name="方案")
    number = models.CharField("序号", max_length=20)
    title = models.CharField("标题", max_length=120)
    order = models.PositiveSmallIntegerField("排序", default=1)
    group = models.ForeignKey(
        Group, models.SET_NULL, null=True, blank=True, related_name="sections", verbose_name="工作组"
    )

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "章节"
        ordering = ["plan", "order"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_section_number_per_plan")]

    def __str__(self):
        return self.named(self.number, self.title)

    @staticmethod
    def named(number, title):
        # A bare number (一, 3.1) would run into the title; （一） and 第一章 do not.
        return f"{number}{'、' if number[-1:] in BARE else ''}{title}"


class PlanEvent(trace.Event):
    """Loaded, rule changed, period opened or closed."""

    subject = trace.subject(Plan, "方案")
    TO_PLAN = "subject"
