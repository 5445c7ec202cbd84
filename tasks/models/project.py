"""Key projects (重点项目): a project is a task of the plan, and this is what a project says besides."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import OuterRef, Q, Sum
from django.utils.functional import cached_property

from kit import clock, names
from kit.statements import Exists, RowSet, Subquery
from tasks import programme
from tasks.models.milestone import Milestone
from tasks.models.plan import Plan
from tasks.models.responsibility import Responsibility
from tasks.models.task import Task
from units.models import Unit, User


class ProjectClass(models.TextChoices):
    """What a project is on the list for; it decides the action that drives it."""

    NEW = "NEW", "新开工"
    CONTINUED = "CONTINUED", "续建"
    PREPARED = "PREPARED", "前期推进"
    STUDIED = "STUDIED", "前期研究"
    CONTRACTED = "CONTRACTED", "招商履约"


class Measure(models.TextChoices):
    """What is counted of a project each month."""

    INVESTED = "INVESTED", "完成投资（万元）"
    ARRIVED = "ARRIVED", "资金到位（万元）"
    LAND = "LAND", "交地（亩）"


Cause = models.TextChoices("Cause", [(code, (code, word)) for code, word in programme.CAUSES])


def money(label, **more):
    """A column of 万元 (of 亩 where the label says so), None where nothing was said."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True, **more)


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


class Label(models.Model):
    """What a project is known for apart from its class: 三个十, 省重点, 市重点."""

    name = models.CharField("标签", max_length=20, unique=True)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "项目标签"
        ordering = ["pk"]

    def __str__(self):
        return self.name


class ProjectQuerySet(RowSet):
    def visible_to(self, user):
        """As the tasks are; a project is never a proposal."""
        return self if user.is_authenticated and user.reads_plans else self.none()

    def counted(self):
        """Return what a list counts: a package once, its parts not."""
        return self.filter(package=None)

    def carriers(self):
        """Return those that carry money and owe months: all but the packages, whose parts do."""
        return self.filter(~Exists(Project.objects.filter(package=OuterRef("pk"))))

    def running(self, month=None):
        """Return the projects that are on the list in ``month`` (now without one): come, and not stopped by its end."""
        if month is None:
            return self.exclude(task__status=Task.Status.STOPPED)
        return self.filter(Q(stopped_from=None) | Q(stopped_from__gt=month), listed_from__lte=month)

    def asked_in(self, plan_id, month):
        """Return the projects of a plan whose service units report on ``month``: on the list, not a package, in their class's rhythm."""
        rare = [rule.klass for rule in ClassRule.objects.filter(plan=plan_id) if not rule.asks_in(month)]
        rows = self.filter(task__plan=plan_id).running(month).carriers()
        return rows.with_class(month).exclude(class_then__in=rare) if rare else rows

    def with_class(self, month):
        """Annotate ``class_then``: the class it had in ``month``."""
        changes = ClassChange.objects.filter(project=OuterRef("pk"), from_month__lte=month)
        return self.annotate(class_then=Subquery(changes.order_by("-from_month", "-pk").values("klass")[:1]))

    def dispatched_by(self, action, month=None):
        """Return the projects whose class belongs to ``action`` (a Task) or is dispatched there too."""
        mine = ClassRule.objects.filter(Q(action=action) | Q(also=action)).values_list("klass", flat=True)
        rows = self.filter(task__plan=action.plan_id)
        if month is None:
            return rows.filter(klass__in=list(mine))
        return rows.with_class(month).filter(class_then__in=list(mine))

    def on_agenda_of(self, action, month):
        """Return what the dispatch of ``action`` goes through: its own projects, a package once, and those held up by what it clears."""
        causes = list(CauseRule.objects.filter(action=action).values_list("cause", flat=True))
        classes = ClassRule.objects.filter(Q(action=action) | Q(also=action)).values_list("klass", flat=True)
        rows = self.filter(task__plan=action.plan_id).with_class(month)
        return rows.filter(Q(package=None, class_then__in=list(classes)) | Q(cause__in=causes))

    def concerning(self, units):
        """Return the projects that these units (keys) are concerned with without serving them.

        They lead the action or the sector, lead the action that clears what holds the project up, or it is built at theirs.
        """
        lead = Responsibility.objects.filter(role=Responsibility.Role.LEAD, unit__in=units)
        causes = CauseRule.objects.filter(plan=OuterRef("task__plan"), cause=OuterRef("cause"))
        return self.filter(
            Exists(lead.filter(task=OuterRef("task__parent")))
            | Q(sector__lead__in=units)
            | Exists(causes.filter(Exists(lead.filter(task=OuterRef("action")))))
            | Exists(Project.places.through.objects.filter(project=OuterRef("pk"), unit__in=units))
        )

    def near(self, units):
        """Return the projects these units (keys) serve, help, or are concerned with otherwise."""
        parts = Responsibility.objects.filter(task=OuterRef("task"), unit__in=units)
        return self.filter(Q(Exists(parts)) | Q(pk__in=Project.objects.concerning(units).values("pk")))

    def of_leader(self, user):
        """Return the projects this county leader answers for (我联系的项目)."""
        people = ProjectPerson.objects.filter(project=OuterRef("pk"), role=ProjectPerson.Role.LEADER, user=user.pk)
        return self.filter(Exists(people))

    def with_course(self):
        """Fetch what judging a project needs."""
        return self.select_related("task__plan__rules", "task__parent").prefetch_related(
            "amounts", "parts__amounts", "task__milestones"
        )

    def with_people(self):
        return self.select_related("sector").prefetch_related("people", "places", "task__responsibilities__unit")

    def called(self, name):
        """Return the projects of exactly this name, however it is written."""
        return [each for each in self.all() if names.key(each.name) == names.key(name)]


class Project(models.Model):
    """What a key project says besides being a task: its class, people, places, money. Money in 万元, land in 亩.

    Its code is the task's ``number``, what is built the task's ``text``, its service unit the task's leading unit. ``first_total``
    and ``first_year_plan`` are as the list was decided. A package has parts: it counts once, and they carry its money.
    """

    NAME = 120

    task = models.OneToOneField(Task, models.CASCADE, primary_key=True, related_name="project", verbose_name="任务")
    name = models.CharField("项目名称", max_length=NAME)
    printed_number = models.CharField("文件序号", max_length=20, blank=True)
    klass = models.CharField("类别", max_length=10, choices=ProjectClass.choices)
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name="行业"
    )
    labels = models.ManyToManyField(Label, blank=True, related_name="projects", verbose_name="标签")
    places = models.ManyToManyField(Unit, blank=True, related_name="projects_here", verbose_name="建设地点")
    owner = models.CharField("业主单位", max_length=120, blank=True)
    nature = models.CharField("建设性质", max_length=20, blank=True)
    years = models.CharField("建设年限", max_length=40, blank=True)
    total = money("总投资（万元）", validators=[MinValueValidator(0)])
    first_total = money("年初名单总投资（万元）", editable=False)
    before = money("上年末累计投资（万元）", validators=[MinValueValidator(0)])
    year_plan = money("年度计划投资（万元）", validators=[MinValueValidator(0)])
    first_year_plan = money("年初名单计划投资（万元）", editable=False)
    funding = models.CharField("资金来源", max_length=200, blank=True)
    goal_words = models.CharField("年度目标", max_length=300, blank=True)
    signed_on = models.DateField("签约日期", null=True, blank=True)
    contract_sum = money("合同金额（万元）")
    contract_land = money("合同用地（亩）")
    investor = models.CharField("投资方", max_length=120, blank=True)
    listed_from = models.DateField("列入月份", help_text="当月1日")
    stopped_from = models.DateField("调出月份", null=True, blank=True, editable=False)
    stopped_on = models.DateField("调出日期", null=True, blank=True, editable=False)
    stop_reason = models.CharField("调出原因", max_length=200, blank=True, editable=False)
    cause = models.CharField("受阻原因", max_length=8, choices=Cause.choices, blank=True, editable=False)
    cause_month = models.DateField("受阻原因所报月份", null=True, blank=True, editable=False)
    package = models.ForeignKey(
        "self", models.RESTRICT, null=True, blank=True, related_name="parts", verbose_name="所属打包项目"
    )

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "重点项目"
        ordering = ["task__order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(listed_from__endswith="-01"), name="listed_from_is_first_day"),
            models.CheckConstraint(
                condition=Q(stopped_on=None, stopped_from=None)
                | Q(stopped_on__isnull=False, stopped_from__isnull=False),
                name="stopped_day_and_month_together",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def code(self):
        return self.task.number

    @property
    def action(self):
        return self.task.parent

    @property
    def service_unit(self):
        return self.task.lead

    @property
    def content(self):
        """What is built and how large; a project of which nothing was said has its name there."""
        return "" if self.task.text == self.name else self.task.text

    @property
    def answering(self):
        """[(role, its word, who has it)] of all roles, those nobody has too."""
        people = list(self.people.all())
        return [
            (role, word, [each for each in people if each.role == role]) for role, word in ProjectPerson.Role.choices
        ]

    @property
    def is_stopped(self):
        return self.stopped_on is not None

    @property
    def carried(self):
        """The amounts that make its money: a package's are those of its parts."""
        parts = list(self.parts.all())
        return [row for each in parts for row in each.amounts.all()] if parts else list(self.amounts.all())

    @property
    def invested(self):
        """What was put in over all years up to now, in 万元; None where nothing was ever said. A package's is that of its parts."""
        said = [self.before] if self.before is not None else [part.before for part in self.parts.all()]
        said += [row.actual for row in self.carried if row.measure == Measure.INVESTED]
        said = [money for money in said if money is not None]
        return sum(said, Decimal(0)) if said else None

    @cached_property
    def course(self):
        """Its plan and what was done, for judging; reads ``amounts`` and the task's milestones."""
        amounts = [each for each in self.carried if each.measure == Measure.INVESTED]
        nodes = [
            programme.Node(
                each.title,
                each.due_on,
                each.weight,
                each.goal,
                each.kind == each.Kind.START,
                each.done_on,
                each.told_in,
                each.pk,
            )
            for each in self.task.milestones.all()
        ]
        planned = tuple((each.month, each.planned) for each in amounts if each.planned is not None)
        year = self.year_plan if self.year_plan is not None else sum((money for _, money in planned), Decimal(0))
        spent = tuple((each.month, each.actual) for each in amounts if each.actual is not None)
        return programme.Course(max(self.listed_from, self.task.starts_on), year, planned, spent, tuple(nodes))

    @property
    def rules(self):
        return self.task.plan.rules.as_programme if self.task.plan.rules else programme.Rules()

    def judgement(self, day):
        """Its light of ``day`` by what was accepted for months up to that day's."""
        recovering = bool(self.task.recovering_until and self.task.recovering_until >= day)
        return programme.judge(
            self.course,
            self.rules,
            day,
            excused=self.task.excuse_on(day),
            recovering=recovering,
            stopped=self.stopped_on,
        )

    def turns(self):
        return programme.turns(self.course, self.rules, self.task.due_on)

    def sums(self, measure, until=None):
        """(planned, actual) of one measure for the months up to ``until``, exact."""
        rows = [each for each in self.carried if each.measure == measure and (not until or each.month <= until)]
        planned, actual = (
            sum((getattr(row, name) or Decimal(0) for row in rows), Decimal(0)) for name in ("planned", "actual")
        )
        return planned, actual


class ClassChange(models.Model):
    """The class a project has from a month on, with the paper that says so; the first one is as the list was decided."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="classes", verbose_name="重点项目")
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

    project = models.ForeignKey(Project, models.CASCADE, related_name="people", verbose_name="重点项目")
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


class AmountQuerySet(RowSet):
    def of(self, plan):
        """Return the amounts of a plan's projects, packages and parts alike."""
        return self.filter(project__task__plan=plan)

    def totals(self, key="project"):
        """Return {(value of ``key``, measure): (planned, actual)}, exact."""
        rows = self.order_by().values_list(key, "measure").annotate(p=Sum("planned"), a=Sum("actual"))
        return {(value, measure): (p or Decimal(0), a or Decimal(0)) for value, measure, p, a in rows}


class Amount(models.Model):
    """One measure of one project in one month: as first planned, as planned now, as accepted. Uncapped; money may come back.

    ``actual`` is written when a report is accepted and taken back when it is reopened; None is not yet, 0 was said.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="amounts", verbose_name="重点项目")
    month = models.DateField("月份", help_text="当月1日")
    measure = models.CharField("计量", max_length=8, choices=Measure.choices)
    first = money("首次计划", editable=False)
    planned = money("计划")
    actual = money("完成", editable=False)

    objects = AmountQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "项目月度数"
        ordering = ["project", "month", "measure"]
        constraints = [
            models.UniqueConstraint(fields=["project", "month", "measure"], name="one_amount_per_month_and_measure"),
            models.CheckConstraint(condition=Q(month__endswith="-01"), name="amount_month_is_first_day"),
        ]

    def __str__(self):
        return f"{self.project} {self.month:%Y-%m} {self.get_measure_display()}"


@dataclass(frozen=True)
class ProgrammeParts:
    """Rows of a plan's programme that name some units: besides serving projects they lead sectors, lend people, approve, are the place."""

    sectors: models.QuerySet
    people: models.QuerySet
    nodes: models.QuerySet
    places: models.QuerySet

    @classmethod
    def of(cls, plan, units):
        return cls(
            Sector.objects.filter(plan=plan, lead__in=units).select_related("lead"),
            ProjectPerson.objects.filter(project__task__plan=plan, unit__in=units),
            Milestone.objects.filter(task__plan=plan, unit__in=units, done_on=None),
            Project.places.through.objects.filter(project__task__plan=plan, unit__in=units).order_by("pk"),
        )
