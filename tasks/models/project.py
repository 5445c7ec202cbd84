"""Key projects (重点项目): a project is a task of the plan, and this is what a project says besides."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import OuterRef, Q
from django.utils.functional import cached_property

from kit import names
from kit.statements import Exists, RowSet, Subquery, at_once
from tasks import programme
from tasks.models.amount import Amount, Measure, money
from tasks.models.milestone import Milestone
from tasks.models.register import (
    Cause,
    CauseRule,
    ClassChange,
    ClassRule,
    Label,
    ProjectClass,
    ProjectPerson,
    Sector,
)
from tasks.models.responsibility import Responsibility
from tasks.models.task import Task, light_case
from units.models import Unit

# 一个项目、一名领导、一个单位、一名特派员、一套时间表 is asked of these classes, and of whatever bears this label.
FIVE_ASKED, TEN = (ProjectClass.NEW, ProjectClass.CONTINUED, ProjectClass.CONTRACTED), "三个十"
FIVE = ("县级领导", "服务单位", "特派员", "时间表")


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

    def able_to_hold(self, plan):
        """Return the projects of a plan that may have parts: packages, and what has no money of its own."""
        parts, own = Project.objects.filter(package=OuterRef("pk")), Amount.objects.filter(project=OuterRef("pk"))
        return self.filter(Exists(parts) | ~Exists(own), task__plan=plan, package=None, stopped_from=None)

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

    @at_once
    def with_class(self, month):
        """Annotate ``class_then``: the class it had in ``month``."""
        changes = ClassChange.objects.filter(project=OuterRef("pk"), from_month__lte=month)
        return self.annotate(class_then=Subquery(changes.order_by("-from_month", "-pk").values("klass")[:1]))

    @at_once
    def with_light(self, day):
        return self.annotate(light_now=light_case(day, "task__"))

    @at_once
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
            | Exists(RowSet(Project.places.through).filter(project=OuterRef("pk"), unit__in=units))
        )

    def built_at(self, units):
        """Return the projects at the place of one of these units (keys)."""
        return self.filter(Exists(RowSet(Project.places.through).filter(project=OuterRef("pk"), unit__in=units)))

    @at_once
    def near(self, units):
        """Return the projects these units (keys) serve, help, or are concerned with otherwise."""
        parts = Responsibility.objects.filter(task=OuterRef("task"), unit__in=units)
        return self.filter(Q(Exists(parts)) | Q(pk__in=Project.objects.concerning(units).values("pk")))

    def of_leader(self, user):
        """Return the projects this county leader answers for (我联系的项目)."""
        people = ProjectPerson.objects.filter(project=OuterRef("pk"), role=ProjectPerson.Role.LEADER, user=user.pk)
        return self.filter(Exists(people))

    def missing(self):
        """Return {project: what it lacks of 五个一}, a package once; nothing is demanded of those still prepared."""
        people, planned = ProjectPerson.objects.filter(project=OuterRef("pk")), Amount.objects.exclude(planned=None)
        ten = RowSet(Project.labels.through).filter(project=OuterRef("pk"), label__name=TEN)
        rows = self.counted().running().filter(Q(klass__in=FIVE_ASKED) | Q(Exists(ten)))
        rows = rows.annotate(
            leader=Exists(people.filter(role=ProjectPerson.Role.LEADER)),
            unit=Exists(Responsibility.objects.filter(task=OuterRef("pk"), role=Responsibility.Role.LEAD)),
            envoy=Exists(people.filter(role=ProjectPerson.Role.ENVOY)),
            own=Exists(planned.filter(project=OuterRef("pk"))),
            of_parts=Exists(planned.filter(project__package=OuterRef("pk"))),
            nodes=Exists(Milestone.objects.filter(task=OuterRef("pk"))),
        )
        rows = rows.order_by("task__order", "pk").values_list(
            "pk", "leader", "unit", "envoy", "own", "of_parts", "nodes"
        )
        found = {}
        for pk, leader, unit, envoy, *timetable in rows:
            there = zip(FIVE, (leader, unit, envoy, any(timetable)), strict=True)
            if lacking := tuple(word for word, is_there in there if not is_there):
                found[pk] = lacking
        return found

    def with_course(self):
        return self.select_related("task__plan__rules", "task__parent").prefetch_related(
            "amounts", "parts__amounts", "task__milestones"
        )

    def with_people(self):
        return self.select_related("sector").prefetch_related("people", "places", "task__responsibilities__unit")

    def called(self, name):
        return [each for each in self.all() if names.key(each.name) == names.key(name)]


class Project(models.Model):
    """What a key project says besides being a task: its class, people, places, money. Money in 万元, land in 亩.

    Its code is the task's ``number``, what is built the task's ``text``, its service unit the task's leading unit. ``first_total``
    and ``first_year_plan`` are as the list was decided. A package has parts: it counts once, and they carry its money.
    """

    NAME = 120
    # What a person may say of it by hand; class, list and plan by month go by doors of their own.
    OWN = (
        *("name", "printed_number", "sector", "owner", "nature", "years", "total", "before", "year_plan"),
        *("funding", "goal_words", "signed_on", "contract_sum", "contract_land", "investor"),
    )

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

    def why_no_part(self, klass, month):
        """Why a project of this class, listed from this month, cannot be a part of this one, or ""."""
        if self.package_id:
            return f"{self}自己是打包项目的子项目，不能再带子项目。"
        if self.is_stopped:
            return f"{self}已调出，不能再加子项目。"
        if self.klass != klass:
            return f"{self}是{self.get_klass_display()}项目，子项目须是同一类别。"
        if self.listed_from > month:
            return f"{self}{self.listed_from:%Y年%m月}才列入，子项目不能更早。"
        if not self.parts.exists() and self.amounts.exists():
            return f"{self}自己有按月计划或完成数，打包以后只算子项目的。请另列一个打包项目。"
        return ""

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
            RowSet(Project.places.through).filter(project__task__plan=plan, unit__in=units).order_by("pk"),
        )
