"""What a key project plans and does by month."""

from decimal import Decimal

from django.db import models
from django.db.models import Q, Sum

from kit.statements import RowSet


class Measure(models.TextChoices):
    """What is counted of a project each month."""

    INVESTED = "INVESTED", "完成投资（万元）"
    ARRIVED = "ARRIVED", "资金到位（万元）"
    LAND = "LAND", "交地（亩）"


def money(label, **more):
    """A column of 万元 (of 亩 where the label says so), None where nothing was said."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True, **more)


class AmountQuerySet(RowSet):
    def of(self, plan):
        return self.filter(project__task__plan=plan)

    def totals(self, key="project"):
        """Return {(value of ``key``, measure): (planned, actual)}, exact."""
        rows = self.order_by().values_list(key, "measure").annotate(p=Sum("planned"), a=Sum("actual"))
        return {(value, measure): (p or Decimal(0), a or Decimal(0)) for value, measure, p, a in rows}


class Amount(models.Model):
    """One measure of one project in one month: as first planned, as planned now, as accepted. Uncapped; money may come back.

    ``actual`` is written when a report is accepted and taken back when it is reopened; None is not yet, 0 was said.
    """

    project = models.ForeignKey("Project", models.CASCADE, related_name="amounts", verbose_name="重点项目")
    month = models.DateField("月份", help_text="当月1日")
    measure = models.CharField("计量", max_length=8, choices=Measure.choices)
    first = money("首次计划", editable=False)
    planned = money("计划")
    actual = money("完成", editable=False)

    objects = AmountQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "项目月度数"
        ordering = ["project", "month", "measure"]
        constraints = [
            models.UniqueConstraint(fields=["project", "month", "measure"], name="one_amount_per_month_and_measure"),
            models.CheckConstraint(condition=Q(month__endswith="-01"), name="amount_month_is_first_day"),
        ]

    def __str__(self):
        return f"{self.project} {self.month:%Y-%m} {self.get_measure_display()}"
