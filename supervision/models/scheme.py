"""Schemes (考评办法): by what units, projects or envoys are ranked or assessed; versioned, and locked once a round used them."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from kit import clock, trace
from kit.links import optional
from kit.statements import RowSet, at_once
from tasks.models import Plan, Task
from units.models import Unit, User


class SchemeQuerySet(RowSet):
    @at_once
    def visible_to(self, user):
        """A scheme that a round used is everybody's who works with plans; before, it is its office's, the overseers', and theirs

        whom a round by it asks to judge themselves or to mark.
        """
        if not user.is_authenticated or not user.does_business:
            return self.none()
        if user.sees_everything:
            return self
        own = user.units
        rounds = Scheme.rounds.rel.related_model
        has_part = Q(subjects__unit__in=own) | Q(scheme__items__scorer__in=own)
        asked = rounds.objects.filter(has_part, status__in=rounds.ASKING).values("scheme")
        return self.filter(~Q(locked_at=None) | Q(unit__in=own) | Q(pk__in=asked))

    def of(self, plans):
        return self.filter(plan__in=plans)

    def newest(self):
        return self.filter(next_version=None)


class Scheme(models.Model):
    """One version of a way to rank or assess: who is compared with whom, by which items, which steps its rounds go.

    ``low_count`` places from the end are low where the target was missed too; ``streak`` rounds running propose an interview.
    ``steps`` are those of ``Round.STEPS`` a round of it goes; ``classes`` [[word, at least], ...] from the best down; ``consequence`` says
    what a result leads to. Locked once a round was published by it: then a further version follows.
    """

    class Purpose(models.TextChoices):
        RANKING = "RANKING", "排名"
        ASSESSMENT = "ASSESSMENT", "考核"

    class Subjects(models.TextChoices):
        UNIT = "UNIT", "责任单位"
        PROJECT = "PROJECT", "重点项目"
        ENVOY = "ENVOY", "项目特派员"

    GONE = "这份考评办法刚刚已删去。"
    TAKEN_WITH = ("plan", "unit")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="schemes", verbose_name="方案")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="schemes", verbose_name="考评办公室")
    name = models.CharField("名称", max_length=60)
    purpose = models.CharField("用途", max_length=10, choices=Purpose.choices, default=Purpose.RANKING)
    subjects = models.CharField("考评对象", max_length=7, choices=Subjects.choices, default=Subjects.UNIT)
    serial = models.PositiveSmallIntegerField("版次", default=1)
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next_version", verbose_name="上一版"
    )
    months = models.PositiveSmallIntegerField(
        "每次管几个月", default=3, help_text="1为每月，3为每季，6为半年，12为全年"
    )
    minimum = models.PositiveSmallIntegerField("成组最少家数", default=4, help_text="不足的组只列得分，不排名次")
    low_count = models.PositiveSmallIntegerField("末几名为靠后", default=2)
    streak = models.PositiveSmallIntegerField("连续几次靠后约谈", default=2)
    steps = models.JSONField("步骤", default=list)
    objection_workdays = models.PositiveSmallIntegerField("公示工作日", default=3)
    classes = models.JSONField("等次", default=list)
    consequence = models.TextField("结果运用", blank=True)
    basis = models.CharField("依据", max_length=120, blank=True)
    locked_at = models.DateTimeField("启用时间", null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="制定人")
    at = models.DateTimeField("制定时间", default=clock.now)
    version = models.PositiveIntegerField("版本", default=1)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "考评办法"
        ordering = ["plan", "name", "-serial"]
        constraints = [models.UniqueConstraint(fields=["plan", "name", "serial"], name="one_scheme_per_version")]

    def __str__(self):
        return f"{self.name}（第{self.serial}版）"

    @property
    def is_locked(self):
        return self.locked_at is not None

    @property
    def rhythm(self):
        return {1: "每月", 3: "每季", 6: "每半年", 12: "每年"}.get(self.months, f"每{self.months}个月")


class PeerGroup(models.Model):
    """Subjects compared with one another; ``is_outside`` get marks and no rank."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="groups", verbose_name="考评办法")
    name = models.CharField("组名", max_length=30)
    order = models.PositiveSmallIntegerField("顺序", default=1)
    is_outside = models.BooleanField("不参加排名", default=False)
    units = models.ManyToManyField(Unit, blank=True, related_name="peer_groups", verbose_name="单位")

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "考评组"
        ordering = ["scheme", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["scheme", "name"], name="one_peer_group_per_name")]

    def __str__(self):
        return self.name


class SchemeItemQuerySet(RowSet):
    def of(self, scheme):
        return self.filter(scheme=scheme).order_by("number")


class SchemeItem(models.Model):
    """One item: how many marks, how they are given, by which measure of ours (``metric``) or by whose hand (``scorer``).

    ``params`` are the way's, as ``supervision/scoring.py`` says. ``full`` is out of which; a group may have another (``FullMark``).
    """

    class Way(models.TextChoices):
        SHARE = "SHARE", "按完成比例"
        POINTS = "POINTS", "按百分点增减"
        BANDS = "BANDS", "分档"
        EVENTS = "EVENTS", "按次扣分"
        RANK = "RANK", "按名次"
        YESNO = "YESNO", "有或无"
        PANEL = "PANEL", "评委加权"
        EXTRA = "EXTRA", "加分"
        HAND = "HAND", "评分单位评定"

    class Missing(models.TextChoices):
        CONVERTED = "CONVERTED", "按其余项折算"
        BASIC = "BASIC", "给基本分"

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="items", verbose_name="考评办法")
    number = models.PositiveSmallIntegerField("序号")
    dimension = models.CharField("类别", max_length=30, blank=True)
    title = models.CharField("项目", max_length=60)
    standard = models.TextField("评分标准", blank=True)
    full = models.DecimalField("满分", max_digits=7, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))])
    way = models.CharField("计分方式", max_length=6, choices=Way.choices, default=Way.SHARE)
    params = models.JSONField("参数", default=dict, blank=True)
    metric = models.CharField("取数", max_length=30, blank=True, help_text="留空为人工评分")
    scorer = optional(Unit, "scored_items", "评分单位")
    is_target = models.BooleanField("达到应完成数的不列为靠后", default=False)
    self_scored = models.BooleanField("单位自评", default=False)
    missing = models.CharField("不适用时", max_length=9, choices=Missing.choices, default=Missing.CONVERTED)
    basic = models.DecimalField("基本分", max_digits=7, decimal_places=2, null=True, blank=True)
    task = optional(Task, "scheme_items", "依据的任务")

    objects = SchemeItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "考评项目"
        ordering = ["scheme", "number"]
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="one_scheme_item_per_number")]

    def __str__(self):
        return f"{self.number}. {self.title}"

    @property
    def is_extra(self):
        return self.way == self.Way.EXTRA


class FullMark(models.Model):
    """Out of how many one item is for one group; none where the item is not for it."""

    item = models.ForeignKey(SchemeItem, models.CASCADE, related_name="full_marks", verbose_name="考评项目")
    group = models.ForeignKey(PeerGroup, models.CASCADE, related_name="full_marks", verbose_name="考评组")
    full = models.DecimalField("满分", max_digits=7, decimal_places=2)

    objects = RowSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "分组满分"
        ordering = ["item", "group"]
        constraints = [models.UniqueConstraint(fields=["item", "group"], name="one_full_mark_per_item_and_group")]

    def __str__(self):
        return f"{self.item} {self.group} {self.full}"


class SchemeEvent(trace.Event):
    subject = trace.subject(Scheme, "考评办法")
    TO_PLAN = "subject__plan"
