"""What sorts key projects: classes that belong to actions, causes, sectors, labels; and who answers for a project."""

from django.db import models
from django.db.models import Q

from kit import clock
from kit.statements import RowSet
from tasks import programme
from tasks.models.plan import Plan
from tasks.models.task import Task
from units.models import Unit, User


class ProjectClass(models.TextChoices):
    """What a project is on the list for; it decides the action that drives it."""

    NEW = "NEW", "新开工"
    CONTINUED = "CONTINUED", "续建"
    PREPARED = "PREPARED", "前期推进"
    STUDIED = "STUDIED", "前期研究"
    CONTRACTED = "CONTRACTED", "招商履约"


Cause = models.TextChoices("Cause", [(code, (code, word)) for code, word in programme.CAUSES])


class SectorQuerySet(RowSet):
    def of(self, plans):
        return self.filter(plan__in=plans)


class Sector(models.Model):
    """A field of the economy a plan sorts its projects by (农业, 工业, ...), with the unit that leads it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sectors", verbose_name="方案")
    name = models.CharField("行业", max_length=20)
    order = models.PositiveSmallIntegerField("排序", default=1)
    lead = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="led_sectors", verbose_name="行业牵头单位"
    )

    objects = SectorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "行业"
        ordering = ["plan", "order"]
        constraints = [models.UniqueConstraint(fields=["plan", "name"], name="one_sector_name_per_plan")]

    def __str__(self):
        return self.name


class ClassRule(models.Model):
    """Which action a class of projects belongs to, which other dispatches it too, and how often it reports."""

    class Rhythm(models.TextChoices):
        MONTHLY = "MONTHLY", "每月"
        QUARTERLY = "QUARTERLY", "每季度末月"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="class_rules", verbose_name="方案")
    klass = models.CharField("类别", max_length=10, choices=ProjectClass.choices)
    action = models.ForeignKey(Task, models.CASCADE, related_name="class_rules", verbose_name="所属行动")
    also = models.ForeignKey(
        Task, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="同时调度的行动"
    )
    rhythm = models.CharField("报送频次", max_length=9, choices=Rhythm.choices, default=Rhythm.MONTHLY)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "项目类别"
        ordering = ["plan", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "klass"], name="one_rule_per_plan_and_class")]

    def __str__(self):
        return f"{self.get_klass_display()}：{self.action}"

    def asks_in(self, month):
        return self.rhythm == self.Rhythm.MONTHLY or month.month % 3 == 0


class CauseRule(models.Model):
    """Which action clears what holds projects up: its dispatch has them too, and its leading unit reads what they report."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="cause_rules", verbose_name="方案")
    cause = models.CharField("受阻原因", max_length=8, choices=Cause.choices)
    action = models.ForeignKey(Task, models.CASCADE, related_name="cause_rules", verbose_name="负责的行动")

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "受阻原因归口"
        ordering = ["plan", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "cause"], name="one_rule_per_plan_and_cause")]

    def __str__(self):
        return f"{self.get_cause_display()}：{self.action}"


def driven_by(action):
    """(classes, causes): the projects that the dispatch of ``action`` goes through, its own and those held up by what it clears."""
    rules = ClassRule.objects.filter(Q(action=action) | Q(also=action))
    causes = CauseRule.objects.filter(action=action)
    return set(rules.values_list("klass", flat=True)), set(causes.values_list("cause", flat=True))


class Label(models.Model):
    """What a project is known for apart from its class: 三个十, 省重点, 市重点."""

    name = models.CharField("标签", max_length=20, unique=True)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "项目标签"
        ordering = ["pk"]

    def __str__(self):
        return self.name


class ClassChange(models.Model):
    """The class a project has from a month on, with the paper that says so; the first one is as the list was decided."""

    project = models.ForeignKey("Project", models.CASCADE, related_name="classes", verbose_name="重点项目")
    klass = models.CharField("类别", max_length=10, choices=ProjectClass.choices)
    from_month = models.DateField("起始月份", help_text="当月1日")
    reason = models.CharField("原因", max_length=200, blank=True)
    paper = models.CharField("依据文件", max_length=120, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人")
    at = models.DateTimeField("时间", default=clock.now)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "类别变更"
        ordering = ["project", "from_month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "from_month"], name="one_class_per_project_and_month"),
            models.CheckConstraint(condition=Q(from_month__endswith="-01"), name="class_from_first_day"),
        ]

    def __str__(self):
        return f"{self.project}：{self.from_month.year}年{self.from_month.month}月起{self.get_klass_display()}"


class ProjectPerson(models.Model):
    """Somebody who answers for a project: county leader, envoy (特派员), one or several aides (协办员), the owner's contact."""

    class Role(models.TextChoices):
        LEADER = "LEADER", "县级领导"
        ENVOY = "ENVOY", "特派员"
        AIDE = "AIDE", "协办员"
        OWNER = "OWNER", "业主联系人"

    project = models.ForeignKey("Project", models.CASCADE, related_name="people", verbose_name="重点项目")
    role = models.CharField("职责", max_length=6, choices=Role.choices)
    name = models.CharField("姓名", max_length=40)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="project_people", verbose_name="单位"
    )
    phone = models.CharField("电话", max_length=40, blank=True)
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="projects", verbose_name="账号")
    order = models.PositiveSmallIntegerField("排序", default=1)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "项目责任人"
        ordering = ["project", "role", "order", "pk"]
        indexes = [models.Index(fields=["user", "role"])]

    def __str__(self):
        return f"{self.get_role_display()}{self.name}"
