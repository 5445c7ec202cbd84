"""Owner's word (业主反映): what the owner of a project says once a quarter, by a link that opens once and without an account."""

from django.db import models
from django.db.models import OuterRef, Q

from kit import clock, trace
from kit.links import optional
from kit.moves import Moving
from kit.records import checksum
from kit.statements import Exists, RowSet, at_once
from tasks.models import Project, ProjectPerson, Responsibility
from units.models import User


class OwnerWordQuerySet(RowSet):
    @at_once
    def visible_to(self, user):
        """Leaders, inspectors and the plan's office; the envoy's unit and the service unit where there is a problem to confirm."""
        if not user.is_authenticated or not user.does_business:
            return self.none()
        if user.sees_everything:
            return self
        if not user.unit_id:
            return self.none()
        own = user.units
        envoys = ProjectPerson.objects.filter(role=ProjectPerson.Role.ENVOY, project=OuterRef("project"), unit__in=own)
        served = Responsibility.objects.filter(role="LEAD", task=OuterRef("project"), unit__in=own)
        allowed = ~Q(problem="") & (Q(Exists(envoys)) | Q(Exists(served)))
        if user.role == User.Role.OFFICE:
            allowed |= Q(project__task__plan__office=user.unit_id)
        return self.filter(allowed)

    def of(self, projects):
        return self.filter(project__in=projects)

    def live(self):
        return self.exclude(status=OwnerWord.Status.VOID)

    def of_token(self, token):
        return self.filter(token_hash=checksum(token.encode()))


class OwnerWord(Moving):
    """One link and, once it was opened and sent, what the owner said. Of the link only a hash is kept."""

    WORDS = 200

    class Status(models.TextChoices):
        SENT = "SENT", "待填写"
        ANSWERED = "ANSWERED", "已填写"
        CONFIRMED = "CONFIRMED", "已核实"
        VOID = "VOID", "已作废"

    class Mark(models.TextChoices):
        GOOD = "GOOD", "满意"
        FAIR = "FAIR", "基本满意"
        POOR = "POOR", "不满意"

    MOVES = {
        Status.SENT: {Status.ANSWERED, Status.VOID},
        Status.ANSWERED: {Status.CONFIRMED},
        Status.CONFIRMED: set(),
        Status.VOID: set(),
    }
    TAKEN_WITH = ("project__task__plan",)

    project = models.ForeignKey(Project, models.PROTECT, related_name="words", verbose_name="重点项目")
    quarter = models.DateField("季度", help_text="季度首月1日")
    token_hash = models.CharField("链接校验码", max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField("有效至")
    status = models.CharField("状态", max_length=9, choices=Status.choices, default=Status.SENT)
    progress = models.CharField("进展情况", max_length=WORDS, blank=True)
    unit_mark = models.CharField("对服务单位的评价", max_length=4, choices=Mark.choices, blank=True)
    envoy_mark = models.CharField("对特派员的评价", max_length=4, choices=Mark.choices, blank=True)
    problem = models.CharField("最需要解决的一个问题", max_length=WORDS, blank=True)
    remark = models.CharField("其他意见", max_length=WORDS, blank=True)
    answered_at = models.DateTimeField("填写时间", null=True, blank=True)
    confirmation = models.CharField("核实情况", max_length=WORDS, blank=True)
    confirmed_by = optional(User, "+", "核实人")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="发出人")
    at = models.DateTimeField("发出时间", default=clock.now)

    objects = OwnerWordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "业主反映"
        ordering = ["-quarter", "project", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "quarter"], condition=~Q(status="VOID"), name="one_word_per_project_and_quarter"
            ),
            models.CheckConstraint(condition=Q(quarter__endswith="-01"), name="word_quarter_is_first_day"),
        ]

    def __str__(self):
        return f"{self.project}{self.quarter_words}业主反映"

    @property
    def quarter_words(self):
        return f"{self.quarter.year}年第{(self.quarter.month + 2) // 3}季度"

    @property
    def is_open(self):
        return self.status == self.Status.SENT and clock.now() < self.expires_at

    @property
    def is_to_confirm(self):
        return self.status == self.Status.ANSWERED and bool(self.problem)

    @property
    def confirming_unit(self):
        """The envoy's unit, the service unit where no envoy is named with one."""
        envoys = (each.unit for each in self.project.people.all() if each.role == ProjectPerson.Role.ENVOY)
        return next((unit for unit in envoys if unit), self.project.service_unit)


class OwnerWordEvent(trace.Event):
    subject = trace.subject(OwnerWord, "业主反映")
    TO_PLAN = "subject__project__task__plan"


class WrongLink(models.Model):
    """A link that nobody was given was tried from an address; many of them shut it out for a while."""

    address = models.CharField("来自", max_length=60, db_index=True)
    at = models.DateTimeField("时间", default=clock.now)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "无效链接"
        ordering = ["at"]

    def __str__(self):
        return f"{self.address} {self.at:%Y-%m-%d %H:%M}"
