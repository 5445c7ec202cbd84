"""Directives (交办事项): everything that is handed down is one machine, with its states, its days and its trace."""

from django.db import models
from django.db.models import Case, Q, When
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from kit import clock, names, trace
from kit.links import optional
from kit.moves import Moving
from kit.statements import RowSet, at_once
from reports.models import Entry, MonthlyReport
from supervision.limits import Limit
from supervision.models.item import Item
from tasks.models import Cause, Task
from units.models import Unit, User

DAY = Coalesce("review_on", "due_on")


def _beside(own):
    """The condition of what these units help with or joined in issuing.

    Sets the database makes once; asked row by row they are half a second over ten thousand.
    """
    helps = RowSet(Directive.helpers.through).filter(unit__in=own).values("directive")
    joins = RowSet(Directive.co_issuers.through).filter(unit__in=own).values("directive")
    return Q(pk__in=helps) | Q(pk__in=joins)


def with_a_plea_waiting():
    """The condition of directives whose unit waits for the issuer's word: a set the database makes once."""
    pleas = Directive.pleas.rel.related_model.objects
    return Q(pk__in=pleas.filter(answer="WAITING").order_by().values("directive"))


class DirectiveQuerySet(RowSet):
    @at_once
    def visible_to(self, user):
        """What was never issued is its issuer's, and theirs who ordered it; an issued one is read by who has a part in it.

        These are the unit itself, helpers, co-issuers, and whoever sees everything.
        """
        if not user.is_authenticated or not user.does_business or not (user.unit_id or user.sees_everything):
            return self.none()
        own = user.units
        issued, issuing = Q(number__isnull=False), Q(issuer__in=own)
        if user.sees_everything:
            return self.filter(issued | issuing | Q(ordered_by=user.pk))
        return self.filter(issuing | issued & (Q(unit__in=own) | _beside(own)))

    def issued(self):
        """Return what counts anywhere: drafts are nowhere."""
        return self.filter(number__isnull=False)

    def of(self, plans, *, withdrawn=False):
        """Return what is about tasks of these plans, or about none and by one of their offices."""
        offices = [plan.office_id for plan in plans]
        about = Q(task__plan__in=plans) | Q(task=None, issuer__in=offices)
        rows = self.issued().filter(about)
        return rows if withdrawn else rows.exclude(status=Directive.Status.WITHDRAWN)

    def open(self):
        return self.filter(status__in=Directive.OPEN)

    def ended_of(self, items):
        return self.issued().filter(item__in=items, status__in=(Directive.Status.CLOSED, Directive.Status.CONTINUING))

    def answered_by(self, units):
        """Return what these units (keys) answer."""
        return self.issued().filter(unit__in=units)

    def folded(self, user):
        """Return a paper to several units as the one row that stands for it (``is_paper``), if any of its directives is among these.

        Who reads of it only what their own unit answers keeps that row.
        """
        whole = self
        if not user.sees_everything:
            own = user.units
            whole = self.filter(Q(issuer__in=own) | _beside(own))
        batches = whole.exclude(batch=None).order_by().values("batch")
        paper = Q(stands_for_batch=True, batch__in=batches)
        rows = self.exclude(batch__in=batches) | Directive.objects.filter(paper)
        return rows.annotate(is_paper=Case(When(paper, then=True), default=False))

    def of_task(self, task):
        """Return what was handed down about a task, and what is open still about the task of the year before that it continues."""
        earlier = Q(task=task.continues_id, status__in=Directive.OPEN) if task.continues_id else Q(pk=None)
        return self.issued().filter(Q(task=task) | earlier)

    def about(self, *, task=None, unit=None):
        rows = (self.of_task(task) if task else self.issued()).open()
        return rows.filter(unit=unit) if unit else rows

    def search(self, word):
        """By title, number (37, 37号), unit or pinyin initials of the unit."""
        number = word.strip().removesuffix("号")
        found = names.holds(word, "title") | Q(unit__in=Unit.objects.search(word).values("pk"))
        return self.filter(found | Q(number=int(number)) if number.isdecimal() and len(number) < 9 else found)

    def with_parts(self):
        return self.select_related("issuer", "unit__successor", "task__plan", "ordered_by", "batch")

    def with_day(self):
        """``day_now`` is ``Directive.day`` for the database to sort by; whose clock stands is told with each row."""
        objected = Q(status=Directive.Status.SENT) & with_a_plea_waiting()
        return self.annotate(day_now=DAY, is_objected_to=Case(When(objected, then=True), default=False))


class BatchQuerySet(RowSet):
    def of(self, directives):
        """Return the papers these directives (rows) belong to."""
        return self.filter(pk__in={each.batch_id for each in directives if each.batch_id})


class Batch(models.Model):
    """One paper to several units, each of which answers for itself."""

    size = models.PositiveSmallIntegerField("单位数")
    at = models.DateTimeField("建立时间", default=clock.now)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "成批交办"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.size}个单位"


class Directive(Moving):
    """One matter handed down to one unit: what is wanted in points, by when, and where it stands.

    ``issuer`` checks and closes, ``co_issuers`` read and remark, ``helpers`` have no deadline. ``source_text`` is copied and does not change
    after issue. ``first_due_on``, ``first_answered_at`` and ``first_closed_at`` are written once. Lateness is computed, never a state.
    """

    TITLE, TEXT, SAID = 60, 5000, 500

    class Kind(models.TextChoices):
        PROBLEM = "PROBLEM", "月报问题"
        TASK = "TASK", "任务和项目"
        FINDING = "FINDING", "督查发现"
        DECISION = "DECISION", "会议议定"
        ORDER = "ORDER", "领导批示"
        MENDING = "MENDING", "约谈整改"
        DUTY = "DUTY", "一次性任务"
        ABOVE = "ABOVE", "上级交办"

    class Level(models.TextChoices):
        UNIT = "UNIT", "单位"
        DEPUTY = "DEPUTY", "分管领导"
        COUNTY = "COUNTY", "县级领导"
        MAIN = "MAIN", "主要领导"

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "拟办"
        SENT = "SENT", "待签收"
        ONGOING = "ONGOING", "办理中"
        CHECKING = "CHECKING", "待核查"
        CONTINUING = "CONTINUING", "持续推进"
        CLOSED = "CLOSED", "已销号"
        WITHDRAWN = "WITHDRAWN", "撤销"
        MOVED_ON = "MOVED_ON", "移交"

    _OUT = {Status.WITHDRAWN, Status.MOVED_ON}
    MOVES = {
        Status.DRAFT: {Status.SENT, *_OUT},
        Status.SENT: {Status.SENT, Status.ONGOING, *_OUT},
        Status.ONGOING: {Status.CHECKING, Status.CONTINUING, *_OUT},
        Status.CHECKING: {Status.CLOSED, Status.ONGOING, Status.CONTINUING, *_OUT},
        Status.CONTINUING: {Status.CHECKING, Status.CONTINUING, Status.ONGOING, *_OUT},
        Status.CLOSED: {Status.ONGOING},
        Status.WITHDRAWN: set(),
        Status.MOVED_ON: set(),
    }
    TAKEN_WITH = ("issuer", "unit__successor", "task__plan", "ordered_by")
    WITH_UNIT = (Status.SENT, Status.ONGOING)
    OPEN = (*WITH_UNIT, Status.CHECKING, Status.CONTINUING)
    # The four columns: only the first is done, the last leaves the rate.
    COLUMNS = {
        "已销号": (Status.CLOSED,),
        "持续推进": (Status.CONTINUING,),
        "办理中": (*WITH_UNIT, Status.CHECKING),
        "撤销、移交": (Status.WITHDRAWN, Status.MOVED_ON),
    }
    TONES = {
        Status.DRAFT: "plain",
        Status.SENT: "info",
        Status.ONGOING: "warn",
        Status.CHECKING: "done",
        Status.CONTINUING: "info",
        Status.CLOSED: "good",
        Status.WITHDRAWN: "plain",
        Status.MOVED_ON: "plain",
    }
    SERIES = {Kind.ORDER: "批办"}

    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="issued_directives", verbose_name="交办单位")
    co_issuers = models.ManyToManyField(Unit, blank=True, related_name="co_issued_directives", verbose_name="联合交办")
    series = models.CharField("字号", max_length=12)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("编号", null=True, blank=True, help_text="下达时编号，不重复使用")
    batch = optional(Batch, "directives", "成批交办")
    stands_for_batch = models.BooleanField("列表中代表全批", default=False, editable=False)
    kind = models.CharField("来源", max_length=8, choices=Kind.choices)
    task = optional(Task, "directives", "任务或项目")
    entry = optional(Entry, "directives", "月报条目", on_delete=models.SET_NULL)
    report = optional(MonthlyReport, "directives", "月报", on_delete=models.SET_NULL)
    item = optional(Item, "directives", "活动事项")
    ordered_by = optional(User, "ordered_directives", "批示领导")
    title = models.CharField("事由", max_length=TITLE)
    source_text = models.TextField("原文", blank=True)
    cause = models.CharField("原因", max_length=8, choices=Cause.choices, blank=True)
    level = models.CharField("谁能定", max_length=6, choices=Level.choices, default=Level.UNIT)
    unit = optional(Unit, "directives", "承办单位")
    helpers = models.ManyToManyField(Unit, blank=True, related_name="helped_directives", verbose_name="协助单位")
    due_on = models.DateField("办结期限", null=True, blank=True)
    first_due_on = models.DateField("首次期限", null=True, blank=True, editable=False)
    sign_by = models.DateField("签收期限", null=True, blank=True, editable=False)
    review_on = models.DateField("复核日期", null=True, blank=True)
    goal = models.CharField("阶段目标", max_length=SAID, blank=True)
    sent_at = models.DateTimeField("下达时间", null=True, blank=True, editable=False)
    signed_at = models.DateTimeField("签收时间", null=True, blank=True, editable=False)
    first_answered_at = models.DateTimeField("首次答复时间", null=True, blank=True, editable=False)
    head_asked_at = models.DateTimeField("送负责人审签时间", null=True, blank=True, editable=False)
    handed_in_at = models.DateTimeField("报送核查时间", null=True, blank=True, editable=False)
    closed_at = models.DateTimeField("销号时间", null=True, blank=True, editable=False)
    first_closed_at = models.DateTimeField("首次销号时间", null=True, blank=True, editable=False)
    refusals = models.PositiveSmallIntegerField("退回次数", default=0)
    extensions = models.PositiveSmallIntegerField("延期次数", default=0)
    rebounds = models.PositiveSmallIntegerField("反弹次数", default=0)
    conclusion = models.CharField("核查情况", max_length=SAID, blank=True)
    moved_to = models.CharField("移交给", max_length=60, blank=True)
    letter = models.CharField("移交文号", max_length=40, blank=True)
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.DRAFT)
    version = models.PositiveIntegerField("版本", default=1)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="拟办人")
    at = models.DateTimeField("拟办时间", default=clock.now)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "交办事项"
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["unit", "status", "due_on"]),
            models.Index(fields=["issuer", "status", "due_on"]),
            models.Index(fields=["status", "due_on"]),
            models.Index(DAY, "id", name="directive_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "series", "year", "number"],
                condition=Q(batch=None) | Q(stands_for_batch=True),
                name="one_paper_per_number",
            ),
            models.CheckConstraint(
                condition=Q(number=None) | Q(unit__isnull=False, due_on__isnull=False, first_due_on__isnull=False),
                name="issued_directive_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}" if self.number else f"{self.get_status_display()}：{self.title}"

    @property
    def code(self):
        """交办〔2015〕37号; nothing before it is issued."""
        return f"{self.series}〔{self.year}〕{self.number}号" if self.number else ""

    @property
    def is_draft(self):
        return self.status == self.Status.DRAFT

    @property
    def is_open(self):
        return self.status in self.OPEN

    @property
    def day(self):
        """The day it is wanted by: of what goes on beyond its limit, and of what that came to, the day of review."""
        return self.review_on or self.due_on

    @property
    def column(self):
        """Which of the four columns it is counted in; none before issue."""
        if self.number is None:
            return ""
        return next(word for word, statuses in self.COLUMNS.items() if self.status in statuses)

    @property
    def unit_now(self):
        """Who answers today: its unit, or the one that was merged into."""
        return self.unit.answering() or self.unit

    @cached_property
    def is_objected_to(self):
        return self.status == self.Status.SENT and any(each.is_waiting for each in self.pleas.all())

    def signing(self, today):
        """The clock of signing; it stands while an objection, which is only taken in time, waits for the issuer."""
        stands = self.signed_at and clock.local(self.signed_at).date()
        if self.is_objected_to:
            stands = min(self.sign_by, today)
        return Limit(self.sign_by, stands or today, runs=stands is None and self.status == self.Status.SENT)

    def answering(self, today):
        answered = self.first_answered_at and clock.local(self.first_answered_at).date()
        return Limit(self.first_due_on, answered or today, runs=answered is None and self.is_open)

    def finishing(self, today):
        """The clock of finishing: it stands while the issuer checks; what continues is late from a missed review day."""
        stands = self.handed_in_at and clock.local(self.handed_in_at).date()
        if self.status in self._OUT:
            stands = stands or self.day
        return Limit(self.day, stands or today, runs=stands is None and self.is_open)


class DirectiveEvent(trace.Event):
    """``status_then`` and ``unit_name`` are what they were once it had happened: how things stood on any day is read from here."""

    subject = trace.subject(Directive, "交办事项")
    status_then = models.CharField("状态", max_length=10, choices=Directive.Status.choices)
    unit_name = models.CharField("承办单位", max_length=60, blank=True)
    TO_PLAN = "subject__task__plan"
    TONES = {
        "退回": "danger",
        "销号": "good",
        "催办": "warn",
        "批示": "info",
        "反弹": "danger",
        "提出异议": "warn",
        "不予延期": "danger",
        "撤销": "warn",
        "移交": "warn",
    }

    @classmethod
    def made(cls, subject, actor, verb, **told):
        event = super().made(subject, actor, verb, **told)
        event.status_then, event.unit_name = subject.status, subject.unit.name if subject.unit else ""
        return event
