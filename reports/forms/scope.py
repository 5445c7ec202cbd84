"""Which plans and which month an overview looks at, as the address says it."""

from django import forms
from django.db.models import OuterRef

from kit import clock
from kit.forms import Asked, MonthField
from kit.statements import Exists
from reports.dashboard import scope_of
from reports.models import Period
from tasks.filters import current
from tasks.models import Plan, Project
from units.models import User


class ScopeForm(Asked):
    """``plan`` not said is the person's own plan for office staff, else every plan that runs in the month.

    Each of ``plans`` says whether it ``has_projects``. ``month`` not said is the newest that was opened, so that a plan begun for next year does not stand before this one.
    """

    plan = forms.ModelChoiceField(Plan.objects.none(), required=False, label="方案", empty_label="全部方案")
    month = MonthField(required=False, label="月份")

    def __init__(self, data, user):
        super().__init__(data)
        self.user = user
        listed = Project.objects.visible_to(user).filter(task__plan=OuterRef("pk"))
        plans = Plan.objects.visible_to(user).select_related("office", "rules").annotate(has_projects=Exists(listed))
        self.plans = list(plans.current_first())
        self.fields["plan"].queryset = Plan.objects.visible_to(user)

    def scope(self):
        self.is_valid()
        plans, month = self._asked(), self.cleaned_data.get("month")
        opened = list(Period.objects.visible_to(self.user).filter(plan__in=plans).values_list("plan", "month"))
        if month is None:
            month = max((each for _, each in opened), default=clock.today().replace(day=1))
        if len(plans) > 1:
            plans = [plan for plan in plans if plan.covers(month)] or current(plans)
        keys = {plan.pk for plan in plans}
        self.months = sorted({each for plan, each in opened if plan in keys}, reverse=True)
        return scope_of(self.user, plans, month)

    def _asked(self):
        if picked := self.cleaned_data.get("plan"):
            return [plan for plan in self.plans if plan == picked]
        own = [plan for plan in self.plans if plan.office_id == self.user.unit_id]
        wants_own = self.user.role == User.Role.OFFICE and "plan" not in self.data
        return own if own and wants_own else self.plans
