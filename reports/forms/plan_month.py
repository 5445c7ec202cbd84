"""One plan and one month of it, for a sheet."""

from django import forms

from kit.forms import MonthField
from tasks.models import Plan


class PlanMonthForm(forms.Form):
    """Both have a default: the person's own plan, its newest month."""

    plan = forms.ModelChoiceField(Plan.objects.none(), required=False, label="方案", empty_label=None)
    month = MonthField(required=False, label="月份")

    def __init__(self, data, user):
        super().__init__(data)
        self.plans = list(Plan.objects.visible_to(user).select_related("office", "rules"))
        self.fields["plan"].queryset = Plan.objects.visible_to(user)
        self.own = [plan for plan in self.plans if plan.office_id == user.unit_id]

    def plan_asked(self):
        """Return the plan asked for, else the person's own, else the first; None when there is none at all."""
        self.is_valid()
        asked = self.cleaned_data.get("plan")
        known = [plan for plan in self.plans if plan == asked]
        return next(iter([*known, *self.own, *self.plans]), None)

    def period_asked(self, plan):
        """Return the plan's period of the month asked for, else its newest; None when none was opened."""
        self.is_valid()
        periods = plan.periods.select_related("plan__office").order_by("-month")
        if month := self.cleaned_data.get("month"):
            return periods.filter(month=month).first()
        return periods.first()
