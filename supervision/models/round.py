"""Rounds (考评): one use of a scheme for a span of months: who stood where, and what was published."""

from django.db import models
from django.db.models import Q

from kit import clock, trace
from kit.deadlines import span_words
from kit.links import optional
from kit.moves import Moving
from kit.records import FrozenQuerySet, FrozenRecord
from kit.statements import RowSet, at_once
from supervision.models.scheme import Scheme, SchemeItem
from tasks.models import Project
from units.models import Unit, User


class RoundQuerySet(RowSet):
    @at_once
    def visible_to(self, user):
        """A published round is everybody's who works with plans; while it goes on its office's, the overseers', the scorers' and theirs

        whom it asks: the subjects see it from the step that asks something of them (their own row only, ``Standing`` says).
        """
        if not user.is_authenticated or not user.does_business:
            return self.none()
        if user.sees_everything:
            return self
        told = Q(status__in=Round.OUT)
        if not user.unit_id:
            return self.filter(told)
        own = user.units
        scores = SchemeItem.objects.filter(scorer__in=own).values("scheme")
        asked = Subject.objects.filter(unit__in=own).values("round")
        marking = Q(status__in=Round.ASKING) & Q(scheme__in=scores)
        return self.filter(told | Q(scheme__unit__in=own) | marking | Q(status__in=Round.ASKING) & Q(pk__in=asked))

    def out(self):
        return self.filter(status__in=Round.OUT)

    def of(self, plans):
        return self.filter(scheme__plan__in=plans)


class Round(Moving):
    """One use of a scheme for the months from ``month`` to ``until``.

    Computed as of ``as_of`` until it is published; what was published is a ``RoundRecord`` and every correction another.
    """

    class Status(models.TextChoices):
        TRIAL = "TRIAL", "试算"
        SELF = "SELF", "自评"
        MARKING = "MARKING", "评分"
        NOTICE = "NOTICE", "公示"
        PUBLISHED = "PUBLISHED", "已公布"
        CORRECTED = "CORRECTED", "已更正"

    MOVES = {
        Status.TRIAL: {Status.SELF, Status.MARKING, Status.NOTICE, Status.PUBLISHED},
        Status.SELF: {Status.MARKING, Status.NOTICE, Status.PUBLISHED},
        Status.MARKING: {Status.NOTICE, Status.PUBLISHED},
        Status.NOTICE: {Status.PUBLISHED},
        Status.PUBLISHED: {Status.CORRECTED},
        Status.CORRECTED: {Status.CORRECTED},
    }
    # The steps a scheme may name; the first and the last every round goes.
    STEPS = (Status.SELF, Status.MARKING, Status.NOTICE)
    ASKING = (Status.SELF, Status.MARKING, Status.NOTICE)
    OUT = (Status.PUBLISHED, Status.CORRECTED)
    TONES = {
        Status.TRIAL: "plain",
        Status.SELF: "info",
        Status.MARKING: "info",
        Status.NOTICE: "warn",
        Status.PUBLISHED: "good",
        Status.CORRECTED: "warn",
    }
    TAKEN_WITH = ("scheme__plan", "scheme__unit")
    GONE = "这次考评刚刚已删去。"

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="rounds", verbose_name="考评办法")
    month = models.DateField("起始月份", help_text="当月1日")
    until = models.DateField("截止月份", help_text="当月1日")
    as_of = models.DateTimeField("数字截止", default=clock.now)
    self_due = models.DateField("自评期限", null=True, blank=True)
    marking_due = models.DateField("评分期限", null=True, blank=True)
    objections_until = models.DateField("异议期限", null=True, blank=True)
    published_at = models.DateTimeField("首次公布时间", null=True, blank=True)
    edition = models.PositiveSmallIntegerField("公布第几版", default=0)
    status = models.CharField("状态", max_length=9, choices=Status.choices, default=Status.TRIAL)
    version = models.PositiveIntegerField("版本", default=1)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="发起人")
    at = models.DateTimeField("发起时间", default=clock.now)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "考评"
        ordering = ["-month", "-pk"]
        constraints = [models.UniqueConstraint(fields=["scheme", "month"], name="one_round_per_scheme_and_month")]

    def __str__(self):
        """2015年三季度排名: what the span says already, the name does not say again."""
        span, name = self.span, self.scheme.name
        shared = next((n for n in range(len(name), 0, -1) if span.endswith(name[:n])), 0)
        return span + name[shared:]

    @property
    def span(self):
        """2015年三季度, 2015年9月, 2015年上半年, 2015年."""
        first, last = self.month, self.until
        words = span_words(first, (last.year - first.year) * 12 + last.month - first.month + 1)
        return f"{first.year}年{words.removeprefix('全年').replace('-', '—')}"

    @property
    def ways(self):
        """The steps it goes, from the trial to the publication: those between are the scheme's choice."""
        Status = self.Status
        return (Status.TRIAL, *(step for step in self.STEPS if step in self.scheme.steps), Status.PUBLISHED)

    @property
    def next_status(self):
        """None once it is published."""
        return None if self.is_out else self.ways[self.ways.index(self.status) + 1]

    @property
    def takes_marks(self):
        """Scoring units mark in their own step; where the scheme has none, during the trial."""
        return self.status == (self.Status.MARKING if self.Status.MARKING in self.ways else self.Status.TRIAL)

    @property
    def takes_objections(self):
        """Until the day that was told with what is shown or published."""
        shown = self.status == self.Status.NOTICE or self.is_out
        return shown and self.objections_until is not None and clock.today() <= self.objections_until

    @property
    def is_out(self):
        return self.status in self.OUT


class SubjectQuerySet(RowSet):
    @at_once
    def visible_to(self, user):
        """Of a published round everybody's, of an announced one all its subjects'; before, its own and those who run, oversee or mark it."""
        rounds = Round.objects.visible_to(user)
        if user.is_authenticated and user.does_business and not user.sees_everything:
            own = user.units
            scored = SchemeItem.objects.filter(scorer__in=own).values("scheme")
            whole = Q(round__status__in=Round.OUT) | Q(round__scheme__unit__in=own)
            whole |= Q(round__status__in=Round.ASKING, round__scheme__in=scored)
            # What is announced is announced to all whom it ranks.
            whole |= Q(round__status=Round.Status.NOTICE)
            return self.filter(whole | Q(unit__in=own), round__in=rounds.values("pk"))
        return self.filter(round__in=rounds.values("pk"))


class Subject(models.Model):
    """Who is ranked or assessed in a round, under the names of that day, with what came out.

    ``rank`` is None outside the ranking, ``before`` the rank of the round before. ``amount``, ``share`` and ``due`` stand beside the
    total where the scheme shows them: amount done, per cent done, per cent due.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="subjects", verbose_name="考评")
    unit = optional(Unit, "ranked_in", "责任单位", help_text="项目和特派员为其服务单位")
    project = optional(Project, "ranked_in", "项目")
    name = models.CharField("名称", max_length=80)
    group = models.CharField("组", max_length=30)
    group_order = models.PositiveSmallIntegerField("组的顺序", default=1)
    is_outside = models.BooleanField("不参加排名", default=False)
    total = models.DecimalField("总分", max_digits=8, decimal_places=2, null=True, blank=True)
    rank = models.PositiveSmallIntegerField("名次", null=True, blank=True)
    before = models.PositiveSmallIntegerField("上次名次", null=True, blank=True)
    is_low = models.BooleanField("靠后", default=False)
    met = models.BooleanField("达到目标", null=True, blank=True)
    streak = models.PositiveSmallIntegerField("连续靠后次数", default=0)
    grade = models.CharField("等次", max_length=12, blank=True)
    figures = models.JSONField("数量和比率", default=dict, blank=True)
    self_at = models.DateTimeField("自评报送时间", null=True, blank=True)
    self_by = optional(User, "+", "自评人")
    version = models.PositiveIntegerField("版本", default=1)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "考评对象"
        ordering = ["round", "group_order", "rank", "name"]
        constraints = [models.UniqueConstraint(fields=["round", "name"], name="one_subject_per_round_and_name")]
        indexes = [models.Index(fields=["unit", "round"])]

    def __str__(self):
        return self.name


class RoundRecordQuerySet(FrozenQuerySet):
    @at_once
    def visible_to(self, user):
        """As the round."""
        return self.filter(round__in=Round.objects.visible_to(user).values("pk"))


class RoundRecord(FrozenRecord):
    """A round as it was published: subjects with names, groups, marks, formulas and ranks. ``edition`` 2 and on are corrections."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="records", verbose_name="考评")
    edition = models.PositiveSmallIntegerField("第几版")
    reason = models.CharField("更正原因", max_length=300, blank=True)

    objects = RoundRecordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公布件"
        ordering = ["round", "edition"]
        constraints = [models.UniqueConstraint(fields=["round", "edition"], name="one_record_per_edition")]

    def __str__(self):
        return f"{self.round} 第{self.edition}版"


class RoundEvent(trace.Event):
    subject = trace.subject(Round, "考评")
    TO_PLAN = "subject__scheme__plan"
    TONES = {"公布": "good", "更正": "warn", "异议": "warn"}
