"""Which plans and which month an overview looks at, as the address says it."""

from django import forms

from kit import clock
from kit.forms import MonthField
from reports.dashboard import scope_of
from tasks.models import Plan
from units.models import User


class ScopeForm(forms.Form):
    """``plan`` not said is the person's own plan for office staff, else every plan running that day (or the newest year's)."""

    plan = forms.ModelChoiceField(Plan.objects.none(), required=False, label="方案", empty_label="全部方案")
    month = MonthField(required=False, label="月份")

    def __init__(self, data, user):
        super().__init__(data)
        self.user = user
        self.plans = list(Plan.objects.visible_to(user).select_related("office", "rules"))
        self.fields["plan"].queryset = Plan.objects.visible_to(user)

    def scope(self):
        """Return the Scope asked for; what is not well formed counts as not said."""
        self.is_valid()
        month = self.cleaned_data.get("month")
        return scope_of(self.user, self._plans(month), month)

    def _plans(self, month):
        if picked := self.cleaned_data.get("plan"):
            return [plan for plan in self.plans if plan == picked]
        day = month or clock.today()
        newest = max((plan.year for plan in self.plans), default=0)
        running = [plan for plan in self.plans if plan.starts_on <= day <= plan.ends_on]
        running = running or [plan for plan in self.plans if plan.year == newest]
        own = [plan for plan in running if plan.office_id == self.user.unit_id]
        wants_own = self.user.role == User.Role.OFFICE and "plan" not in self.data
        return own if own and wants_own else running
