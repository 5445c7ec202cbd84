"""Occasions (活动): meetings, inspections, visits, interviews and other activities; what each settled stands in its items."""

import datetime

from django.db import models
from django.db.models import Count, F, Q
from django.utils.functional import cached_property

from kit import clock, deadlines, trace
from kit.links import optional
from kit.moves import Moving
from kit.statements import RowSet, at_once
from tasks.models import Plan, Project, Sector, Task
from units.models import Unit, User


class OccasionQuerySet(RowSet):
    @at_once
    def visible_to(self, user):
        """Leaders and inspectors see all; a unit what it held, and what gives it something to do or is about projects near it.

        Whom an occasion names sees it once the notice went out or it took place. Offices see each other's inspections, and that
        an interview took place; what was said there is for ``held_by``.
        """
        if not user.is_authenticated or not user.does_business:
            return self.none()
        if user.sees_everything:
            return self
        if not user.unit_id:
            return self.none()
        own = user.units
        near = Q(project__in=Project.objects.near(own).values("pk"))
        known = Q(status__in=Occasion.TOLD) | ~Q(announced_on=None)
        found = self._of(user, own) | near | known & self._naming(own) | self._giving(own)
        if user.role == User.Role.OFFICE:
            found |= Q(kind=Occasion.Kind.INSPECTION) & ~Q(status=Occasion.Status.PROPOSED)
            found |= Q(kind=Occasion.Kind.INTERVIEW, status__in=Occasion.TOLD)
        return self.filter(found)

    @at_once
    def held_by(self, user):
        """Return those whose every item and word this person reads: who keeps or oversees them, of an interview the unit's head too."""
        if user.role != User.Role.HEAD:
            return self.kept_by(user)
        named = self._naming(user.units)
        talked = self.model.objects.filter(named, kind=Occasion.Kind.INTERVIEW, status__in=Occasion.TOLD)
        return self.filter(Q(pk__in=self.model.objects.kept_by(user).values("pk")) | Q(pk__in=talked.values("pk")))

    @at_once
    def kept_by(self, user):
        """Return those this person organised, or oversees; an interview is its organisers' and the talkers' alone."""
        own = user.units
        talked = Q(pk__in=self.model.objects.filter(talkers=user.pk).values("pk"))
        ordinary = ~Q(kind=Occasion.Kind.INTERVIEW)
        if not user.sees_everything:
            ordinary &= self._of(user, own)
        return self.filter(ordinary | Q(kind=Occasion.Kind.INTERVIEW) & (self._organised(own) | talked))

    def _organised(self, own):
        joint = self.model.objects.filter(co_organisers__in=own)
        return Q(unit__in=own) | Q(pk__in=joint.values("pk"))

    def _of(self, user, own):
        held = self._organised(own)
        return held | Q(plan__office=user.unit_id) if user.role == User.Role.OFFICE else held

    def of(self, plans):
        return self.filter(plan__in=plans)

    def to_hand_over(self, units, day):
        """Return what these units organise and have not settled, but for plans that ended before ``day``."""
        S = Occasion.Status
        return self.filter(unit__in=units, status__in=[S.PROPOSED, S.PLANNED, S.HELD]).exclude(plan__ends_on__lt=day)

    def held(self):
        return self.filter(status__in=[Occasion.Status.HELD, Occasion.Status.SETTLED])

    @at_once
    def in_hand(self, user):
        """Return what is not ended of what its unit organises, may arrange as the plan's office, or this person talks in.

        An interview is ended once its conclusion stands and every unit it names has reported.
        """
        own, S = user.units, Occasion.Status
        talks = self.model.objects.filter(talkers=user.pk)
        mine = self._organised(own) | Q(pk__in=talks.values("pk")) | Q(status=S.PROPOSED) & self._of(user, own)
        talked = self.model.objects.filter(kind=Occasion.Kind.INTERVIEW, status=S.SETTLED)
        answered = talked.annotate(named=Count("stops__unit", distinct=True), given=Count("answers", distinct=True))
        owed = answered.filter(given__lt=F("named"))
        return self.filter(mine, Q(status__in=(S.PROPOSED, S.PLANNED, S.HELD)) | Q(pk__in=owed.values("pk")))

    def awaiting(self, units, day):
        """Return what these units (keys) were told is to come, and what they may still answer on ``day``."""
        return self._awaiting(units, day, day - datetime.timedelta(days=Occasion.ANSWERED_WITHIN))

    @at_once
    def _awaiting(self, units, day, since):
        S = Occasion.Status
        found = Q(kind=Occasion.Kind.INSPECTION, status=S.SETTLED, settled_on__gte=since)
        talked = Q(kind=Occasion.Kind.INTERVIEW, status__in=Occasion.TOLD)
        told = Occasion.to_come(day) & ~Q(announced_on=None)
        asked = told | (found | talked) & ~Q(answers__unit__in=units)
        return self.filter(self._naming(units), asked)

    def _naming(self, own):
        return Q(pk__in=self.model.objects.filter(Occasion.naming(own, "stops__")).values("pk"))

    def _giving(self, own):
        rows = self.model.objects.filter(Occasion.open_to_others())
        giving = rows.filter(items__unit__in=own)
        near = rows.filter(items__project__in=Project.objects.near(own).values("pk"))
        return Q(pk__in=giving.values("pk")) | Q(pk__in=near.values("pk"))

    @at_once
    def concerning(self, units):
        return self.filter(self._organised(units) | self._naming(units))

    def about(self, task):
        items = Q(items__project=task.pk) | Q(items__milestone__task=task.pk)
        open_items = ~Q(kind=Occasion.Kind.INTERVIEW) & items
        named = Q(action=task.pk) | Q(project=task.pk) | Q(stops__project=task.pk)
        found = self.model.objects.filter(named | open_items)
        return self.filter(pk__in=found.values("pk"))

    def meetings(self):
        """Return the dispatch meetings; another meeting has a title of its own."""
        return self.filter(kind=Occasion.Kind.MEETING, title="")

    def visits(self):
        return self.filter(kind=Occasion.Kind.VISIT)

    def of_scope(self, plan, action=None, sector=None):
        """Return the meetings of one dispatch: of an action, of a sector, or of all where neither is named."""
        return self.meetings().filter(plan=plan, action=action, sector=sector)

    def with_scope(self):
        return self.select_related("plan", "action", "sector", "unit", "project__task", "leader")

    def with_people(self):
        stops = ("stops__unit", "stops__project__task__responsibilities__unit")
        return self.with_scope().prefetch_related("co_organisers", "talkers", *stops)


class Occasion(Moving):
    """A meeting, inspection, visit, interview or other activity.

    A meeting without a ``title`` is a dispatch: ``action`` or ``sector`` say of what, neither that it is of all. ``month`` begins the
    period it stands for, which is ``span`` months long. ``unit`` organised it with its co-organisers; a visit has the ``leader`` who
    went and the ``project``. Whom an inspection or interview names stands in its stops. An interview that ``rule`` proposed says why
    in its ``basis``, and ``rule_key`` keeps the same reason from proposing it twice.
    """

    TITLE, BASIS, TEXT = 80, 300, 5000

    class Kind(models.TextChoices):
        MEETING = "MEETING", "会议"
        INSPECTION = "INSPECTION", "督查"
        VISIT = "VISIT", "现场走访"
        INTERVIEW = "INTERVIEW", "约谈"
        ACTIVITY = "ACTIVITY", "其他活动"

    class Status(models.TextChoices):
        PROPOSED = "PROPOSED", "拟议"
        PLANNED = "PLANNED", "已安排"
        HELD = "HELD", "已开展"
        SETTLED = "SETTLED", "已定结论"
        DROPPED = "DROPPED", "未开展"

    class Level(models.TextChoices):
        FIRST = "FIRST", "一级约谈"
        SECOND = "SECOND", "二级约谈"

    MOVES = {
        Status.PROPOSED: {Status.PLANNED, Status.DROPPED},
        Status.PLANNED: {Status.HELD, Status.DROPPED},
        Status.HELD: {Status.SETTLED},
        Status.SETTLED: set(),
        Status.DROPPED: set(),
    }
    TONES = {
        Status.PROPOSED: "warn",
        Status.PLANNED: "info",
        Status.HELD: "plain",
        Status.SETTLED: "good",
        Status.DROPPED: "muted",
    }
    # Days within which the inspected answer a conclusion (《政府督查工作条例》).
    ANSWERED_WITHIN = 30
    # It took place.
    TOLD = (Status.HELD, Status.SETTLED)
    TAKEN_WITH = ("plan", "action", "sector", "unit", "project__task", "leader")
    WAYS = "听查看访"
    WAY_WORDS = {"听": "听取汇报", "查": "查阅资料", "看": "察看现场", "访": "走访群众"}

    kind = models.CharField("种类", max_length=10, choices=Kind.choices)
    title = models.CharField("名称", max_length=TITLE, blank=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="occasions", verbose_name="方案")
    action = optional(Task, "occasions", "调度的行动")
    sector = optional(Sector, "occasions", "调度的行业")
    month = models.DateField("月份", help_text="当月1日")
    span = models.PositiveSmallIntegerField("几个月", default=1)
    project = optional(Project, "visits", "走访的项目")
    leader = optional(User, "visits", "走访的领导")
    held_on = models.DateField("日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)
    place = models.CharField("地点", max_length=80, blank=True)
    unit = optional(Unit, "occasions", "组织单位")
    co_organisers = models.ManyToManyField(
        Unit, blank=True, related_name="joint_occasions", verbose_name="联合组织单位"
    )
    basis = models.CharField("依据", max_length=BASIS, blank=True)
    chair = models.CharField("主持人", max_length=80, blank=True)
    people = models.CharField("参加人员", max_length=300, blank=True)
    ways = models.CharField("方式", max_length=4, blank=True)
    content = models.TextField("内容和要求", blank=True)
    contact = models.CharField("联系人和电话", max_length=80, blank=True)
    level = models.CharField("层级", max_length=6, choices=Level.choices, blank=True)
    rule = models.CharField("约谈规则", max_length=8, blank=True)
    rule_version = models.PositiveSmallIntegerField("约谈规则版本", null=True, blank=True, editable=False)
    rule_key = models.CharField(max_length=80, null=True, blank=True, unique=True, editable=False)
    talkers = models.ManyToManyField(User, blank=True, related_name="interviews", verbose_name="约谈人")
    notes = models.TextField("记录", blank=True)
    conclusion = models.TextField("结论", blank=True)
    letter_number = models.CharField("通知文号", max_length=40, blank=True)
    announced_on = models.DateField("通知日期", null=True, blank=True)
    settled_on = models.DateField("定结论日期", null=True, blank=True, editable=False)
    drop_reason = models.CharField("未开展的原因", max_length=200, blank=True)
    status = models.CharField("状态", max_length=8, choices=Status.choices, default=Status.PLANNED)
    version = models.PositiveIntegerField("版本", default=1)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经办人")
    at = models.DateTimeField("建立时间", default=clock.now)

    objects = OccasionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动"
        ordering = ["-held_on", "-pk"]
        indexes = [
            models.Index(fields=["plan", "kind", "month"]),
            models.Index(fields=["project", "kind"]),
            models.Index(fields=["kind", "held_on"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(month__endswith="-01"), name="occasion_month_is_first_day"),
            models.CheckConstraint(condition=Q(span__gte=1, span__lte=12), name="occasion_span_within_a_year"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("held_on")), name="occasion_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(action=None) | Q(sector=None), name="dispatch_of_an_action_or_a_sector"),
            models.CheckConstraint(
                condition=~Q(kind="VISIT") | Q(project__isnull=False, leader__isnull=False),
                name="visit_has_project_and_leader",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["VISIT", "MEETING"]) | ~Q(title=""), name="occasion_has_a_title"
            ),
        ]

    def __str__(self):
        if self.title:
            return self.title
        if self.kind == self.Kind.VISIT:
            return f"{self.leader}走访{self.project}"
        return f"{self.month.year}年{self.month.month}月调度会（{self.scope_words}）"

    @classmethod
    def to_come(cls, day):
        """The condition that it is arranged and not over."""
        return Q(status=cls.Status.PLANNED) & (Q(ends_on__gte=day) | Q(ends_on=None, held_on__gte=day))

    @classmethod
    def naming(cls, units, of=""):
        served = Project.objects.filter(task__responsibilities__unit__in=units, task__responsibilities__role="LEAD")
        return Q(**{f"{of}unit__in": units}) | Q(**{f"{of}project__in": served.values("pk")})

    @classmethod
    def stops_naming(cls, occasions, units):
        """{occasion's key: its first stop that names one of these units or a project it serves}."""
        rows = cls.stops.rel.related_model.objects.filter(cls.naming(units), occasion__in=occasions)
        return {stop.occasion_id: stop for stop in rows.select_related("project__task").order_by("-number")}

    @classmethod
    def open_to_others(cls, of=""):
        """The condition that lines are read by those they concern: never an interview's, an inspection's with its conclusion."""
        settled = {f"{of}kind": cls.Kind.INSPECTION, f"{of}status": cls.Status.SETTLED}
        return ~Q(**{f"{of}kind__in": (cls.Kind.INTERVIEW, cls.Kind.INSPECTION)}) | Q(**settled)

    @property
    def called(self):
        return "调度会" if self.is_dispatch else self.get_kind_display()

    @property
    def is_dispatch(self):
        return self.kind == self.Kind.MEETING and not self.title

    @property
    def is_interview(self):
        return self.kind == self.Kind.INTERVIEW

    @property
    def scope_words(self):
        return self.action.short_title if self.action else f"{self.sector}行业" if self.sector else "全部项目"

    @property
    def period_words(self):
        return deadlines.span_words(self.month, self.span)

    @property
    def next_month(self):
        return deadlines.months_later(self.month, self.span)

    @property
    def last_on(self):
        return self.ends_on or self.held_on

    @property
    def ways_words(self):
        return "、".join(self.WAY_WORDS[way] for way in self.ways)

    @property
    def paragraphs(self):
        return [line.strip() for line in self.content.splitlines() if line.strip()]

    @property
    def status_words(self):
        return "已约谈" if self.is_interview and self.status == self.Status.HELD else self.get_status_display()

    @property
    def took_place(self):
        return self.status in self.TOLD

    @property
    def is_open(self):
        return self.status in (self.Status.PLANNED, self.Status.HELD)

    def named_units(self):
        """Whom its stops name, each once in their order: a unit, or the one that serves the project."""
        named = (stop.answering for stop in self.stops.all())
        return list(dict.fromkeys(unit for unit in named if unit))

    @cached_property
    def answered(self):
        """{unit's key: when it answered}: that it did is no secret."""
        return dict(self.answers.values_list("unit", "at"))


class OccasionEvent(trace.Event):
    subject = trace.subject(Occasion, "活动")
    TO_PLAN = "subject__plan"
    TONES = {"定结论": "good", "删去": "warn", "未开展": "warn", "认定未兑现": "danger", "认定已兑现": "good"}
