"""The offices' own calendar (办公室日历): duties that return, met by records; what was done elsewhere is noted by hand."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from kit import clock, trace
from kit.carriers import carriers
from kit.links import owned_by
from kit.statements import RowSet
from supervision import rhythm
from tasks.models import GroupLead, Plan, Responsibility
from units.models import Unit, User


class RhythmQuerySet(RowSet):
    def visible_to(self, user):
        """Everybody who works with plans: that a meeting was held is no secret, what was said there is its page's."""
        return self if user.is_authenticated and user.does_business else self.none()

    def of(self, plans):
        return self.filter(plan__in=plans)


class Rhythm(models.Model):
    """One duty that returns: which kind of record meets it, in which periods, by when, whose it is.

    It has no state: a period is met by the first record of its kind that stands for one of its months.
    """

    class Who(models.TextChoices):
        OFFICE = "OFFICE", "方案主管办公室"
        ACTIONS = "ACTIONS", "各项任务（行动）的牵头单位"
        GROUPS = "GROUPS", "各工作组的牵头单位"
        NAMED = "NAMED", "指定的单位"

    GONE = "这条规则刚刚已删去。"
    TAKEN_WITH = ("plan__office",)

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="rhythms", verbose_name="方案")
    title = models.CharField("事项", max_length=30)
    clause = models.CharField("条款", max_length=60, blank=True, help_text="例如：五、（二）")
    source = models.TextField("原文", blank=True)
    record = models.CharField("由哪类记录满足", max_length=12, help_text="记录种类的代号")
    length = models.PositiveSmallIntegerField(
        "每次管几个月",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(13)],
        help_text="1为每月，3为每季，6为半年，12为全年",
    )
    months = models.JSONField("在哪些月份到期", default=list)
    due_day = models.PositiveSmallIntegerField(
        "到期日",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text="留空为当月最后一天；填几日即当月几日",
    )
    due_next = models.BooleanField("在次月到期", default=False)
    who = models.CharField("谁办", max_length=7, choices=Who.choices, default=Who.OFFICE)
    units = models.ManyToManyField(Unit, blank=True, related_name="rhythms", verbose_name="指定的单位")
    order = models.PositiveSmallIntegerField("排序", default=1)
    version = models.PositiveIntegerField("版本", default=1)

    objects = RhythmQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "日历规则"
        ordering = ["plan", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "title"], name="one_rhythm_per_plan_and_title")]

    def __str__(self):
        return f"{self.plan.named}{self.title}"

    @property
    def spans(self):
        return rhythm.spans(self.plan.year, self.length, self.months, self.due_day, due_next=self.due_next)

    @property
    def every(self):
        return rhythm.every_words(self.length, self.months)

    @property
    def due_words(self):
        day = f"{self.due_day}日前" if self.due_day else "底前"
        return f"{'次月' if self.due_next else '当月'}{day}"

    @property
    def carrier(self):
        return carriers()[self.record]

    @property
    def record_words(self):
        return self.carrier.label


def doers_of(rhythms, successors):
    """Return {key of a rule: the units whose duty it is, as they are listed}; ``successors`` is Unit.objects.taken_over()."""
    plans, Who = {each.plan_id for each in rhythms}, Rhythm.Who
    parts = Responsibility.objects.actions().in_force().filter(task__plan__in=plans, role=Responsibility.Role.LEAD)
    leads = {
        Who.ACTIONS: parts.order_by("task__order", "task").values_list("task__plan", "unit"),
        Who.GROUPS: GroupLead.objects.filter(group__plan__in=plans)
        .order_by("group__order", "order")
        .values_list("group__plan", "unit"),
        Who.NAMED: RowSet(Rhythm.units.through)
        .filter(rhythm__in=rhythms)
        .order_by("unit__order", "unit")
        .values_list("rhythm", "unit"),
    }
    told = {}
    for who, rows in leads.items():
        for owner, unit in rows if any(each.who == who for each in rhythms) else ():
            told.setdefault((who, owner), {})[successors.get(unit, unit)] = None
    for each in rhythms:
        told[Who.OFFICE, each.plan_id] = {each.plan.office_id: None}
    keys = {each.pk: told.get((each.who, each.pk if each.who == Who.NAMED else each.plan_id), ()) for each in rhythms}
    units = Unit.objects.in_bulk({unit for found in keys.values() for unit in found if unit})
    return {key: [units[unit] for unit in found if unit] for key, found in keys.items()}


class RhythmNote(models.Model):
    """What a unit did of a duty without a record here (``done_on``), or why it does not do it this time."""

    TEXT = 200
    TAKEN_WITH = ("rhythm__plan__office", "unit")

    rhythm = models.ForeignKey(Rhythm, models.CASCADE, related_name="notes", verbose_name="日历规则")
    month = models.DateField("到期月份", help_text="当月1日")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    done_on = models.DateField("办理日期", null=True, blank=True)
    text = models.CharField("依据或原因", max_length=TEXT)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间", default=clock.now)

    objects = owned_by("rhythm").as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "日历登记"
        ordering = ["rhythm", "month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rhythm", "month", "unit"], name="one_note_per_duty"),
            models.CheckConstraint(condition=~models.Q(text=""), name="rhythm_note_says_something"),
        ]

    def __str__(self):
        return f"{self.rhythm}{self.month:%Y-%m}{self.unit}"


class RhythmEvent(trace.Event):
    subject = trace.subject(Rhythm, "办公室日历")
    TO_PLAN = "subject__plan"
    TONES = {"登记已办": "good", "登记不办": "warn", "删去": "warn", "撤回登记": "warn"}
