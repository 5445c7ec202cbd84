"""Numbered tasks of a plan; a key project is one of them."""

import re
from dataclasses import replace

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from kit import clock, names, pinyin, trace
from kit.moves import Moving
from kit.statements import Exists, RowSet, Subquery, at_once
from tasks import lights
from tasks.lights import Light, Turns
from tasks.models.milestone import Milestone
from tasks.models.plan import Plan, Section
from tasks.models.responsibility import NOT_IN_FORCE, Responsibility
from units.models import Unit


def _numbers(word):
    bare = re.sub(r"^第|[项条号]$", "", names.key(word)).strip("()")
    return [word.strip(), bare, f"({bare})", f"（{bare}）"]


def light_case(day, at=""):
    """The light of ``day`` by the turning days on a task's row; ``at`` is the way to that row from another's (``task__``)."""
    when = {
        Light.BLUE: [{"status": Task.Status.DONE}],
        Light.GREY: [{"status": Task.Status.STOPPED}, {"excused_until__gte": day}, {"judged_from__gt": day}],
        Light.RED: [{"late_from__lte": day}],
        Light.YELLOW: [{"slow_from__lte": day}, {"recovering_until__gte": day}],
    }
    cases = [
        When(Q(**{f"{at}{name}": value}), then=Value(light.value))
        for light, ways in when.items()
        for way in ways
        for name, value in way.items()
    ]
    return Case(*cases, default=Value(Light.GREEN.value), output_field=models.CharField())


def _severity():
    """0 red, 1 yellow, 2 green, 3 not judged, 4 done: the worst first."""
    order = (Light.RED, Light.YELLOW, Light.GREEN, Light.GREY, Light.BLUE)
    cases = [When(light_now=light.value, then=Value(place)) for place, light in enumerate(order)]
    return Case(*cases, output_field=models.IntegerField())


class TaskQuerySet(RowSet):
    @at_once
    def visible_to(self, user):
        """Who reads plans sees their tasks; a proposal is seen by its unit, the plan's office and those who see all."""
        if not user.is_authenticated or not user.reads_plans:
            return self.none()
        if user.sees_everything:
            return self
        settled = ~Q(status__in=NOT_IN_FORCE)
        if not user.unit_id or not user.does_business:
            return self.filter(settled)
        own = Responsibility.objects.filter(task=OuterRef("pk"), unit=user.unit_id)
        return self.filter(settled | Q(plan__office=user.unit_id) | Exists(own))

    def actions(self):
        """Return what the document lists as its tasks: everything but key projects. Counts, means and ledgers are of these."""
        return self.filter(kind=Task.Kind.ACTION)

    def projects(self):
        return self.filter(kind=Task.Kind.PROJECT)

    def in_force(self):
        return self.exclude(status__in=NOT_IN_FORCE)

    def open(self):
        return self.filter(status__in=[Task.Status.NOT_STARTED, Task.Status.ONGOING])

    def unassigned(self):
        return self.filter(~Exists(Responsibility.objects.filter(task=OuterRef("pk"))))

    def of_unit(self, unit_id):
        return self.filter(Exists(Responsibility.objects.filter(task=OuterRef("pk"), unit=unit_id)))

    def chosen_by(self, unit_id, year):
        """What a township chose itself for ``year``: neither declined, withdrawn nor carried over."""
        own = self.filter(origin=Task.Origin.SELF_CHOSEN, plan__year=year, continues=None)
        own = own.exclude(status__in=[Task.Status.DECLINED, Task.Status.WITHDRAWN])
        return own.filter(Exists(Responsibility.objects.filter(task=OuterRef("pk"), unit=unit_id, role="LEAD")))

    def with_light(self, day=None):
        """``light_now``, from the turning days on the row."""
        return self._with_light(day or clock.today())

    @at_once
    def _with_light(self, day):
        return self.annotate(light_now=light_case(day))

    @at_once
    def with_steps(self, day):
        """``steps`` and ``steps_due``, the weights of all its milestones and of those due by ``day``."""
        weights = Milestone.objects.filter(task=OuterRef("pk")).order_by().values("task").annotate(n=Sum("weight"))
        of = {"steps": weights, "steps_due": weights.filter(due_on__lte=day)}
        found = {name: Coalesce(Subquery(rows.values("n")), 0) for name, rows in of.items()}
        paced = {name: Case(When(pace=Task.Pace.MILESTONES, then=rows), default=0) for name, rows in found.items()}
        return self.annotate(**paced)

    def by_light(self):
        """Let filters and orders speak of ``light_now`` and ``severity``, without fetching what the list judges itself."""
        return self.alias(light_now=light_case(clock.today())).alias(severity=_severity())

    def light_counts(self, key):
        """Return {value of ``key``: {light: number of tasks}} as of today."""
        table = {}
        rows = self.with_light().order_by().values_list(key, "light_now").annotate(n=models.Count("pk"))
        for value, light, n in rows:
            table.setdefault(value, {})[light] = n
        return table

    def to_hand_over(self, units, day):
        """Return what ``units`` still have to do in plans that run on ``day`` or later, proposals too."""
        own = Responsibility.objects.filter(task=OuterRef("pk"), unit__in=units)
        ahead = [Task.Status.PROPOSED, Task.Status.NOT_STARTED, Task.Status.ONGOING]
        rows = self.filter(Exists(own), status__in=ahead, plan__ends_on__gte=day)
        return rows.order_by("plan_id", "order", "pk")

    def carried_over(self):
        return self.exclude(continues=None).select_related("continues__plan")

    def with_people(self):
        return self.select_related("plan__rules", "section").prefetch_related("responsibilities__unit")

    def numbered(self, word):
        """``word`` as people say it: 45, 第45项, （一）, 一."""
        return self.filter(number__in=_numbers(word))

    def search(self, words):
        """By number, title, text, responsible unit, pinyin or initials; every one of several words must be found."""
        found = self
        for word in words.split():
            found = found._having(word)
        return found

    def _having(self, word):
        units = Unit.objects.search(word).values("pk")
        return self.filter(
            Q(number__in=_numbers(word))
            | names.holds(word, "short_title", "text")
            | Q(initials__contains=names.key(word))
            | Exists(Responsibility.objects.filter(task=OuterRef("pk"), unit__in=units))
        )


class Task(Moving):
    """One numbered task. Its progress is what was last accepted from the leading unit."""

    class Kind(models.TextChoices):
        ACTION = "ACTION", "任务"
        PROJECT = "PROJECT", "重点项目"

    class Status(models.TextChoices):
        PROPOSED = "PROPOSED", "待受理"
        DECLINED = "DECLINED", "未采纳"
        WITHDRAWN = "WITHDRAWN", "已撤回"
        NOT_STARTED = "NOT_STARTED", "未启动"
        ONGOING = "ONGOING", "推进中"
        DONE = "DONE", "已办结"
        STOPPED = "STOPPED", "已调出"

    class Pace(models.TextChoices):
        EVEN = "EVEN", "按时间均匀推进"
        MILESTONES = "MILESTONES", "按节点推进"
        YEAR_END = "YEAR_END", "年终一次评定"

    class Origin(models.TextChoices):
        DOCUMENT = "DOCUMENT", "文件下达"
        SELF_CHOSEN = "SELF_CHOSEN", "乡镇自选"
        ADDED = "ADDED", "后续增加"

    MOVES = {
        Status.PROPOSED: {Status.NOT_STARTED, Status.DECLINED, Status.WITHDRAWN},
        Status.DECLINED: set(),
        Status.WITHDRAWN: set(),
        Status.NOT_STARTED: {Status.ONGOING, Status.DONE, Status.STOPPED},
        Status.ONGOING: {Status.NOT_STARTED, Status.DONE, Status.STOPPED},
        Status.DONE: {Status.ONGOING, Status.NOT_STARTED},
        Status.STOPPED: {Status.NOT_STARTED, Status.ONGOING},
    }
    TAKEN_WITH = ("plan__rules",)

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks", verbose_name="方案")
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="章节"
    )
    kind = models.CharField("种类", max_length=7, choices=Kind.choices, default=Kind.ACTION)
    parent = models.ForeignKey(
        "self", models.RESTRICT, null=True, blank=True, related_name="children", verbose_name="所属行动"
    )
    number = models.CharField("编号", max_length=20, help_text="与文件所印一致；重点项目为项目编号")
    order = models.PositiveIntegerField("排序", default=0)
    short_title = models.CharField("简称", max_length=40)
    initials = models.CharField("拼音首字母", max_length=60, blank=True, editable=False)
    text = models.TextField("任务原文")
    points = models.JSONField("分项", default=list, blank=True)
    also_named = models.CharField(
        "文件另列的责任方", max_length=300, blank=True, help_text="文件列为责任单位、未对应到具体单位的写法，照录"
    )
    standard = models.TextField("工作要求和标准", blank=True)
    starts_on = models.DateField("开始日期")
    due_on = models.DateField("完成时限")
    planned_due_on = models.DateField("原定时限", editable=False)
    extended = models.PositiveSmallIntegerField("延期次数", default=0, editable=False)
    going_on = models.CharField("持续推进的阶段目标", max_length=200, blank=True, editable=False)
    text_version = models.PositiveSmallIntegerField("内容第几版", default=1, editable=False)
    pace = models.CharField("进度方式", max_length=10, choices=Pace.choices, default=Pace.EVEN)
    origin = models.CharField("来源", max_length=12, choices=Origin.choices, default=Origin.DOCUMENT)
    status = models.CharField("状态", max_length=12, choices=Status.choices, default=Status.NOT_STARTED, db_index=True)
    progress = models.PositiveSmallIntegerField("进度", default=0, validators=[MaxValueValidator(100)])
    progress_month = models.DateField("进度所属月份", null=True, blank=True)
    done_on = models.DateField("办结日期", null=True, blank=True)
    overlaps = models.ManyToManyField("self", blank=True, verbose_name="内容相关的任务")
    continues = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by", verbose_name="结转自"
    )
    decision_note = models.CharField("受理意见", max_length=200, blank=True)
    excused_until = models.DateField("暂不评灯至", null=True, blank=True)
    excuse = models.CharField("暂不评灯的说明", max_length=200, blank=True)
    recovering_until = models.DateField("红灯转好观察至", null=True, blank=True, editable=False)
    judged_from = models.DateField("开始评灯日", editable=False)
    slow_from = models.DateField("黄灯起始日", null=True, blank=True, editable=False)
    late_from = models.DateField("红灯起始日", null=True, blank=True, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        ordering = ["plan_id", "order", "pk"]
        indexes = [
            models.Index(fields=["plan", "kind", "order"]),
            models.Index(fields=["plan", "kind", "status", "late_from"]),
            models.Index(fields=["section", "order"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_task_number_per_plan"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="progress_at_most_100"),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(kind="PROJECT"), name="only_projects_belong_to_an_action"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="task_due_after_start"),
        ]

    def __str__(self):
        return f"{self.number} {self.short_title}"

    def save(self, *args, update_fields=None, **kwargs):
        self.derive()
        if update_fields is not None:
            update_fields = {*update_fields, "initials", "planned_due_on", "judged_from", "slow_from", "late_from"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def derive(self):
        """Put the search key and the turning days of the light in step with the row; saving does so, writing many at once does not."""
        self.initials = pinyin.initials(self.short_title)[:60]
        self.planned_due_on = self.planned_due_on or self.due_on
        self.settle_light()

    @property
    def called(self):
        return f"项目{self.number}" if self.is_project else f"第{self.number}项"

    def settle_light(self):
        """Compute the days on which the light turns; needs the milestones and the plan's rules, of a project its money too."""
        if self.is_project:
            # A project is written with its row first and settled when its plan and nodes are there.
            days = self.project.turns() if self.pk and hasattr(self, "project") else Turns(self.due_on, None, None)
        else:
            days = lights.turns(self.course, self.progress, self.rules)
        self.judged_from, self.slow_from, self.late_from = days.judged_from, days.slow_from, days.late_from

    @property
    def rules(self):
        return self.plan.rules.as_rules if self.plan.rules else lights.Rules()

    @property
    def course(self):
        days = ()
        if self.pace == self.Pace.MILESTONES and self.pk:
            days = tuple((each.due_on, each.weight) for each in self.milestones.all())
        return lights.Course(lights.Pace(self.pace), self.starts_on, self.due_on, days)

    def excuse_on(self, day):
        return (self.excuse or "经批准") if self.excused_until and self.excused_until >= day else ""

    @classmethod
    def status_at(cls, progress):
        if progress == 100:
            return cls.Status.DONE
        return cls.Status.ONGOING if progress else cls.Status.NOT_STARTED

    def judgement(self, day=None, progress=None):
        """With ``progress``: as if that were what was accepted. A project is judged by its own plan, as of ``day``."""
        day = day or clock.today()
        if self.is_project:
            return self.project.judgement(day)
        if progress is None:
            progress, done = self.progress, self.status == self.Status.DONE
        else:
            done = progress == 100
        judged = lights.judge(
            self.course,
            progress,
            self.rules,
            day,
            done=done,
            excused=self.excuse_on(day),
            recovering=bool(self.recovering_until and self.recovering_until >= day),
        )
        told = self.changed_words
        return replace(judged, reason=f"{judged.reason}；{told}") if told else judged

    @property
    def changed_words(self):
        """What its office agreed to since it was set, as the light says it; nothing where nothing was."""
        told = []
        if self.extended:
            told.append(f"已延期{self.extended}次，原定{lights.chinese_day(self.planned_due_on)}")
        if self.going_on:
            told.append(f"持续推进，{lights.chinese_day(self.due_on)}复核")
        if self.text_version > 1:
            told.append(f"内容已调整（第{self.text_version}版）")
        return "；".join(told)

    @property
    def is_project(self):
        return self.kind == self.Kind.PROJECT

    @property
    def light(self):
        return self.judgement().light

    @property
    def is_in_force(self):
        return self.status not in NOT_IN_FORCE

    @property
    def lead(self):
        return next((each.unit for each in self.responsibilities.all() if each.role == Responsibility.Role.LEAD), None)

    @property
    def supports(self):
        return [each.unit for each in self.responsibilities.all() if each.role == Responsibility.Role.SUPPORT]

    @property
    def is_open(self):
        return self.status in (self.Status.NOT_STARTED, self.Status.ONGOING)

    @property
    def is_overdue(self):
        return self.is_open and clock.today() > self.due_on


class TaskEvent(trace.Event):
    """Assigned, moved by an accepted report, due date changed."""

    subject = trace.subject(Task, "任务")
    TO_PLAN = "subject__plan"
