"""Occasions (活动): dispatch meetings and visits, with their items; every item is numbered within its occasion."""

from django.db import models
from django.db.models import OuterRef, Q

from kit import clock, trace
from kit.moves import Moving
from kit.statements import Exists, RowSet
from tasks.models import Plan, Project, Sector, Task
from units.models import Unit, User


class OccasionQuerySet(RowSet):
    def visible_to(self, user):
        """Leaders and inspectors see all; a unit what it held, and what gives it something to do or is about projects near it."""
        if not user.is_authenticated or not user.does_business:
            return self.none()
        if user.sees_everything:
            return self
        if not user.unit_id:
            return self.none()
        own = Unit.objects.behind([user.unit_id]).values("pk")
        near = Q(project__in=Project.objects.near(own).values("pk"))
        items = Item.objects.filter(Q(unit__in=own) | near, occasion=OuterRef("pk"))
        return self.filter(self._held_by(user, own) | near | Q(Exists(items)))

    def held_by(self, user):
        """Return those whose every item this person reads."""
        own = Unit.objects.behind([user.unit_id]).values("pk")
        return self if user.sees_everything else self.filter(self._held_by(user, own))

    def _held_by(self, user, own):
        held = Q(unit__in=own)
        return held | Q(plan__office=user.unit_id) if user.role == User.Role.OFFICE else held

    def of(self, plans):
        return self.filter(plan__in=plans)

    def held(self):
        return self.filter(status__in=[Occasion.Status.HELD, Occasion.Status.SETTLED])

    def meetings(self):
        return self.filter(kind=Occasion.Kind.MEETING)

    def visits(self):
        return self.filter(kind=Occasion.Kind.VISIT)

    def of_scope(self, plan, action=None, sector=None):
        """Return the meetings of one dispatch: of an action, of a sector, or of all where neither is named."""
        return self.meetings().filter(plan=plan, action=action, sector=sector)

    def with_scope(self):
        return self.select_related("plan", "action", "sector", "unit", "project__task", "leader")


class Occasion(Moving):
    """A dispatch meeting of a month, or a visit to a project.

    ``action`` or ``sector`` say what a meeting dispatches, neither that it is all; ``month`` is the one it stands for.
    ``unit`` organised it; a visit has the ``leader`` who went and the ``project``.
    """

    class Kind(models.TextChoices):
        MEETING = "MEETING", "调度会"
        VISIT = "VISIT", "现场走访"

    class Status(models.TextChoices):
        PLANNED = "PLANNED", "已安排"
        HELD = "HELD", "已开展"
        SETTLED = "SETTLED", "已定结论"

    MOVES = {Status.PLANNED: {Status.HELD}, Status.HELD: {Status.SETTLED}, Status.SETTLED: set()}
    TAKEN_WITH = ("plan", "action", "sector", "unit", "project__task", "leader")

    kind = models.CharField("种类", max_length=7, choices=Kind.choices)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="occasions", verbose_name="方案")
    action = models.ForeignKey(
        Task, models.PROTECT, null=True, blank=True, related_name="occasions", verbose_name="调度的行动"
    )
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, related_name="occasions", verbose_name="调度的行业"
    )
    month = models.DateField("月份", help_text="当月1日")
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="走访的项目"
    )
    leader = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="走访的领导"
    )
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=80, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="occasions", verbose_name="组织单位"
    )
    people = models.CharField("参加人员", max_length=300, blank=True)
    notes = models.TextField("记录", blank=True)
    status = models.CharField("状态", max_length=7, choices=Status.choices, default=Status.PLANNED)
    version = models.PositiveIntegerField("版本", default=1)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")
    at = models.DateTimeField("建立时间", default=clock.now)

    objects = OccasionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动"
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["plan", "kind", "month"]), models.Index(fields=["project", "kind"])]
        constraints = [
            models.CheckConstraint(condition=Q(month__endswith="-01"), name="occasion_month_is_first_day"),
            models.CheckConstraint(condition=Q(action=None) | Q(sector=None), name="dispatch_of_an_action_or_a_sector"),
            models.CheckConstraint(
                condition=~Q(kind="VISIT") | Q(project__isnull=False, leader__isnull=False),
                name="visit_has_project_and_leader",
            ),
        ]

    def __str__(self):
        if self.kind == self.Kind.VISIT:
            return f"{self.leader}走访{self.project}"
        return f"{self.month.year}年{self.month.month}月调度会（{self.scope_words}）"

    @property
    def called(self):
        return self.get_kind_display()

    @property
    def scope_words(self):
        return self.action.short_title if self.action else f"{self.sector}行业" if self.sector else "全部项目"

    @property
    def is_open(self):
        """Its items may still be written and corrected."""
        return self.status != self.Status.SETTLED


class ItemQuerySet(RowSet):
    def visible_to(self, user):
        """Of an occasion others held, a unit sees what it has to do and what is about projects near it."""
        if not user.is_authenticated or not user.does_business or not (user.unit_id or user.sees_everything):
            return self.none()
        own = Unit.objects.behind([user.unit_id]).values("pk")
        near = Project.objects.near(own).values("pk")
        held = Occasion.objects.held_by(user).values("pk")
        return self.filter(Q(occasion__in=held) | Q(unit__in=own) | Q(project__in=near) | Q(occasion__project__in=near))

    def promises(self, plan, before):
        """Return what dispatch meetings of months before ``before`` gave units to do."""
        rows = self.filter(kind=Item.Kind.DECISION, occasion__kind=Occasion.Kind.MEETING, occasion__plan=plan)
        return rows.filter(occasion__month__lt=before)


class Item(models.Model):
    """What was settled, found or praised: one numbered line of an occasion, of one project or of all."""

    TEXT = 300

    class Kind(models.TextChoices):
        DECISION = "DECISION", "议定"
        FINDING = "FINDING", "发现"
        PRAISE = "PRAISE", "肯定"

    class Kept(models.TextChoices):
        OPEN = "OPEN", "办理中"
        KEPT = "KEPT", "已兑现"
        BROKEN = "BROKEN", "未兑现"

    TONES = {Kept.OPEN: "plain", Kept.KEPT: "good", Kept.BROKEN: "danger"}

    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="items", verbose_name="活动")
    number = models.PositiveSmallIntegerField("序号")
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="items", verbose_name="重点项目"
    )
    kind = models.CharField("种类", max_length=8, choices=Kind.choices, default=Kind.DECISION)
    text = models.CharField("内容", max_length=TEXT)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="items", verbose_name="办理单位")
    due_on = models.DateField("时限", null=True, blank=True)
    kept = models.CharField("兑现", max_length=6, choices=Kept.choices, default=Kept.OPEN)
    kept_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="认定人", editable=False
    )
    kept_at = models.DateTimeField("认定时间", null=True, blank=True, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "议定事项"
        ordering = ["occasion", "number"]
        constraints = [models.UniqueConstraint(fields=["occasion", "number"], name="one_number_per_occasion")]
        indexes = [models.Index(fields=["project", "occasion"])]

    def __str__(self):
        return f"{self.occasion}第{self.number}件"

    @property
    def tone(self):
        return self.TONES[self.Kept(self.kept)]

    @property
    def is_overdue(self):
        return self.kept == self.Kept.OPEN and self.due_on is not None and self.due_on < clock.today()


class OccasionEvent(trace.Event):
    subject = trace.subject(Occasion, "活动")
    TO_PLAN = "subject__plan"
    TONES = {"定结论": "good", "删去": "warn", "认定未兑现": "danger", "认定已兑现": "good"}
