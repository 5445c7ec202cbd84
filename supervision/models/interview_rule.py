"""The rules by which a plan proposes interviews: as its office last had them, as shipped until it changes one; every change is a version."""

from dataclasses import replace

from django.db import models
from django.db.models import Q

from kit import clock
from kit.statements import RowSet
from supervision.interviewing import RULES
from supervision.models.occasion import Occasion
from supervision.notice import is_of_notice
from tasks.models import Plan
from units.models import User

SHIPPED = {rule.key: rule for rule in RULES}


class InterviewRuleQuerySet(RowSet):
    def visible_to(self, user):
        return self if user.is_authenticated and user.does_business else self.none()

    def of(self, plan):
        """Its own versions, after those of its office's earlier plans of the kind: a new year begins with the rules of the last."""
        earlier = Q(plan__office=plan.office_id, plan__kind=plan.kind, plan__year__lt=plan.year)
        return self.filter(Q(plan=plan) | earlier).order_by("plan__year", "version")

    def in_force(self, plan):
        """{key: rule}: the newest version of each, as shipped where nobody changed it."""
        shipped = SHIPPED if is_of_notice(plan) else {key: replace(rule, basis="") for key, rule in SHIPPED.items()}
        return shipped | {row.key: row.as_rule for row in self.of(plan)}


class InterviewRule(models.Model):
    """One changed version of one rule of a plan; the first is the one that is shipped, which has no row. A later year counts on."""

    LONGEST, REASON, MOST_TIMES = 60, 200, 12

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="interview_rules", verbose_name="方案")
    key = models.CharField("规则", max_length=8, choices=[(rule.key, rule.words.format("N")) for rule in RULES])
    version = models.PositiveSmallIntegerField("版本")
    times = models.PositiveSmallIntegerField("次数")
    level = models.CharField("层级", max_length=6, choices=Occasion.Level.choices)
    organiser = models.CharField("组织单位", max_length=LONGEST, blank=True)
    talker = models.CharField("谁来谈", max_length=LONGEST, blank=True)
    basis = models.CharField("依据", max_length=LONGEST, blank=True)
    is_used = models.BooleanField("启用", default=True)
    reason = models.CharField("为什么改", max_length=REASON)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="修改人")
    at = models.DateTimeField("修改时间", default=clock.now)

    objects = InterviewRuleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "约谈规则"
        ordering = ["plan", "key", "version"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key", "version"], name="one_version_of_an_interview_rule"),
            models.CheckConstraint(condition=Q(version__gte=2), name="interview_rule_follows_the_shipped"),
            models.CheckConstraint(condition=Q(times__gte=1, times__lte=12), name="interview_rule_counts_to_twelve"),
        ]

    def __str__(self):
        return f"{self.as_rule.said}（第{self.version}版）"

    @property
    def as_rule(self):
        named = ("times", "level", "organiser", "talker", "basis", "is_used", "version")
        return replace(SHIPPED[self.key], **{name: getattr(self, name) for name in named})
