"""Monthly reports and their entries: what a unit owes for a month, and what it says."""

from django.db import models
from django.db.models import Case, Q, Value, When

from kit import clock, deadlines, trace
from kit.due import Due
from kit.moves import Moving
from kit.statements import RowSet, at_once, fetch_related
from reports.models import fact
from reports.models.fact import Fact
from reports.models.period import Period
from units.models import Unit, User


class ReportQuerySet(RowSet):
    @at_once
    def visible_to(self, user):
        if not user.is_authenticated or not user.does_business:
            return self.none()
        if user.sees_everything:
            return self
        if not user.unit_id:
            return self.none()
        # Also those of units merged into it.
        own = Q(unit__in=user.units)
        if user.role == User.Role.OFFICE:
            own |= Q(period__plan__office=user.unit_id)
        return self.filter(own)

    def answered_by(self, user):
        return self.filter(unit__in=user.units)

    def of(self, name, now=None):
        return self.filter(fact.conditions(now or clock.now())[Fact(name)])

    def owing(self):
        return self.filter(status__in=MonthlyReport.OWING)

    def alive(self, now):
        """Something can still become of them: their month is open, or they were opened again after it was closed."""
        again = Q(return_due_at__isnull=False) & (Q(closes_at__gt=now) | Q(status=MonthlyReport.Status.SUBMITTED))
        return self.filter(Q(period__closed_at=None) | again)

    def begun(self):
        written = Q(entries__version__gt=0) | Q(attachments__isnull=False) | Q(submissions__isnull=False)
        return self.filter(pk__in=self.model.objects.filter(written).values("pk"))

    def waiting(self):
        return self.filter(status=MonthlyReport.Status.SUBMITTED)

    def accepted(self):
        return self.filter(status=MonthlyReport.Status.ACCEPTED)

    def with_mark(self, now=None):
        """``mark_now``: one word for how a report stands, as MonthlyReport.Mark."""
        return self._with_mark(now or clock.now())

    @at_once
    def _with_mark(self, now):
        status, mark = MonthlyReport.Status, MonthlyReport.Mark
        cases = [
            When(status=status.EXEMPT, then=Value(mark.EXEMPT)),
            When(status=status.ACCEPTED, is_late=True, then=Value(mark.LATE)),
            When(status=status.ACCEPTED, then=Value(mark.ON_TIME)),
            When(status=status.SUBMITTED, then=Value(mark.WAITING)),
            When(return_due_at__lte=now, then=Value(mark.LAPSED)),
            When(return_due_at__isnull=False, then=Value(mark.RETURNED)),
            When(due_at__lte=now, then=Value(mark.MISSING)),
            When(status=status.DUE, then=Value(mark.NOT_YET)),
        ]
        return self.annotate(mark_now=Case(*cases, default=Value(mark.DRAFT), output_field=models.CharField()))

    def counts(self, now=None):
        rows = self.with_mark(now).order_by().values_list("mark_now").annotate(n=models.Count("pk"))
        return dict(rows)


class MonthlyReport(Moving, Due):
    """The row exists from the day the period opens."""

    Status = fact.Status

    class Mark(models.TextChoices):
        """How a report stands, in one word; the letter is what a heat map shows."""

        ON_TIME = "ON_TIME", "按时"
        LATE = "LATE", "迟报"
        MISSING = "MISSING", "缺报"
        WAITING = "WAITING", "待审"
        RETURNED = "RETURNED", "退回"
        LAPSED = "LAPSED", "退回未重报"
        DRAFT = "DRAFT", "在填"
        EXEMPT = "EXEMPT", "免报"
        NOT_YET = "NOT_YET", "未报"

    MOVES = {
        Status.DUE: {Status.DRAFT, Status.SIGNING, Status.SUBMITTED, Status.EXEMPT},
        Status.DRAFT: {Status.DUE, Status.SIGNING, Status.SUBMITTED, Status.EXEMPT},
        Status.SIGNING: {Status.DRAFT, Status.RETURNED, Status.SUBMITTED},
        Status.SUBMITTED: {Status.DRAFT, Status.RETURNED, Status.ACCEPTED},
        Status.RETURNED: {Status.SIGNING, Status.SUBMITTED},
        Status.ACCEPTED: {Status.RETURNED},
        Status.EXEMPT: {Status.DUE, Status.DRAFT},
    }
    TAKEN_WITH = ("period__plan", "unit")
    GONE = "这份月报所在的方案或报送期刚刚撤回，月报随之撤去。"
    WITH_UNIT = (Status.DUE, Status.DRAFT, Status.RETURNED)
    NEVER_FILED, OWING = fact.NEVER_FILED, fact.OWING

    period = models.ForeignKey(Period, models.PROTECT, related_name="reports", verbose_name="报送期")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports", verbose_name="责任单位")
    unit_name = models.CharField("报送时单位名称", max_length=60)
    serial = models.PositiveIntegerField("期内序号")
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.DUE)
    version = models.PositiveIntegerField("版本", default=1)
    first_submitted_at = models.DateTimeField("首次报送时间", null=True, blank=True)
    is_late = models.BooleanField("迟报", null=True, blank=True, help_text="首次报送时判定，以后不变")
    submitted_at = models.DateTimeField("最近报送时间", null=True, blank=True)
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    review_started_at = models.DateTimeField("开始审核时间", null=True, blank=True)
    reviewer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人")
    return_reason = models.TextField("退回原因", blank=True)
    answer = models.CharField("重报说明", max_length=300, blank=True, help_text="写给办公室，报送时记入报送记录")
    paper_received_at = models.DateTimeField("纸质件收到时间", null=True, blank=True)
    paper_checksum = models.CharField("纸质件校验码", max_length=64, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "月报"
        ordering = ["period", "serial"]
        constraints = [models.UniqueConstraint(fields=["period", "unit"], name="one_report_per_period_and_unit")]
        indexes = [
            models.Index(fields=["unit", "period"]),
            models.Index(fields=["period", "status", "submitted_at"]),
        ]

    def __str__(self):
        return f"{self.unit_name}{self.period.month.year}年{self.period.month.month}月{self.period.plan}月报"

    @property
    def number(self):
        month = self.period.month
        return f"{self.period.plan.short_title}〔{month.year}〕{month.month:02d}-{self.serial:03d}号"

    @property
    def is_with_unit(self):
        return self.status in self.WITH_UNIT

    def is_writable(self, now=None):
        now = now or clock.now()
        return self.is_with_unit and self.period.opens_at <= now < self.closes_at

    def is_signable(self, now=None):
        return self.status == self.Status.SIGNING and (now or clock.now()) < self.closes_at

    @property
    def is_owed(self):
        return self.status in self.OWING

    def files_late(self, now=None):
        return self.first_submitted_at is None and (now or clock.now()) >= self.due_at

    def is_withdrawable(self):
        waits = self.status == self.Status.SUBMITTED and self.review_started_at is None
        return (waits or self.status == self.Status.SIGNING) and clock.now() < self.closes_at

    @property
    def reviewing(self):
        """Who has begun to judge it and when, in words; empty before, and after the decision."""
        if self.status != self.Status.SUBMITTED or not self.review_started_at:
            return ""
        return f"{self.reviewer.name}{clock.local(self.review_started_at):%m-%d %H:%M}开始审核"

    def facts(self, now=None):
        return fact.facts_of(self, now or clock.now())

    def mark(self, now=None):
        """The same rule as ReportQuerySet.with_mark. Also asked of bare rows of FACTS_FROM."""
        now, status, mark = now or clock.now(), MonthlyReport.Status, MonthlyReport.Mark
        if self.status == status.ACCEPTED:
            return mark.LATE if self.is_late else mark.ON_TIME
        fixed = {status.EXEMPT: mark.EXEMPT, status.SUBMITTED: mark.WAITING}
        if self.status in fixed:
            return fixed[self.status]
        if self.return_due_at:
            return mark.LAPSED if self.return_due_at <= now else mark.RETURNED
        if self.due_at <= now:
            return mark.MISSING
        return mark.NOT_YET if self.status == status.DUE else mark.DRAFT

    @property
    def missed_words(self):
        """Why nothing can be filed any more, and whom to ask; for a report that is_missed."""
        office, end = self.period.plan.office, deadlines.end_words(self.closes_at)
        signing = "单位负责人没有审签，" if self.status == self.Status.SIGNING else ""
        if self.period.is_closed and not self.return_due_at:
            month = f"{self.period}已结账，{signing}本单位没有报送，记为缺报"
            return f"填报已于{end}关闭，{month}。这个月的情况写在下月月报里；须更正本月进度的，请联系{office}。"
        became = "退回后没有重报" if self.return_due_at else "月报没有报送"
        return f"填报已于{end}关闭，{signing}{became}。确需补报的，请联系{office}批准宽限。"

    @property
    def latest(self):
        return self.submissions.order_by("-serial").first()

    def content_now(self):
        """As a submission keeps it: names, texts, numbers and file checksums, as plain values."""
        rows = self.entries.select_related("task__section").prefetch_related("attachments")
        entries = with_nodes(rows.in_order())
        return {
            "unit": self.unit_name,
            "plan": self.period.plan.title,
            "month": f"{self.period.month:%Y-%m}",
            "number": self.number,
            "entries": [entry.content_now() for entry in entries],
        }


def with_nodes(entries):
    """The entries as a list, the nodes their lines of key projects may tell of fetched at once."""
    entries = list(entries)
    fetch_related([each.task for each in entries if each.task.is_project], "milestones")
    return entries


class ReportEvent(trace.Event):
    subject = trace.subject(MonthlyReport, "月报")
    TO_PLAN = "subject__period__plan"
    TONES = {
        "退回": "danger",
        "重新打开并退回": "danger",
        "审签未通过": "danger",
        "催报": "warn",
        "撤回": "warn",
        "审核通过": "good",
        "报送": "info",
        "审签并报送": "info",
        "提交审签": "info",
        "批准宽限": "info",
        "批准免报": "muted",
    }
