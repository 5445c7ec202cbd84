"""One plan and one month of it, for a sheet."""

from django import forms
from django.db.models import F, OuterRef

from kit.forms import Asked, MonthField
from kit.statements import Subquery
from reports.models import Period
from tasks.models import Plan
from tasks.models.plan import nearness


class PlanMonthForm(Asked):
    """Both have a default: the person's own plan, its newest month."""

    plan = forms.ModelChoiceField(Plan.objects.none(), required=False, label="方案", empty_label=None)
    month = MonthField(required=False, label="月份")

    def __init__(self, data, user):
        super().__init__(data)
        self.plans = list(self._plans(user))
        self.fields["plan"].queryset = Plan.objects.visible_to(user)
        self.own = [plan for plan in self.plans if plan.office_id == user.unit_id]

    @staticmethod
    def _plans(user):
        """That with the newest month opened first: a plan begun for next year is still empty."""
        newest = Subquery(Period.objects.filter(plan=OuterRef("pk")).order_by("-month").values("month")[:1])
        plans = Plan.objects.visible_to(user).select_related("office", "rules").annotate(newest=newest)
        return plans.order_by(F("newest").desc(nulls_last=True), nearness(), "-year", "pk")

    def plan_asked(self):
        self.is_valid()
        asked = self.cleaned_data.get("plan")
        known = [plan for plan in self.plans if plan == asked]
        return next(iter([*known, *self.own, *self.plans]), None)

    def period_asked(self, plan):
        self.is_valid()
        periods = plan.periods.select_related("plan__office").order_by("-month")
        if month := self.cleaned_data.get("month"):
            return periods.filter(month=month).first()
        return periods.first()
