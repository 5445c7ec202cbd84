"""Of which plan, and up to which month, the pages of key projects speak."""

from django import forms

from kit.forms import Asked, MonthField, unknown
from reports.dashboard.programme import Programme
from tasks.filters import current
from tasks.models import Plan, Project


class ProgrammeForm(Asked):
    plan = forms.ModelChoiceField(Plan.objects.none(), required=False, label="方案", empty_label="现行方案")
    month = MonthField(required=False, label="数据到")

    def __init__(self, data, user):
        super().__init__(data)
        self.user = user
        listed = Project.objects.visible_to(user).order_by().values("task__plan")
        plans = Plan.objects.visible_to(user).filter(pk__in=listed).select_related("office", "rules")
        self.fields["plan"].queryset = plans
        self.plans = list(plans.current_first())

    def programme(self):
        """None where no plan has projects."""
        self.is_valid()
        plan = self.cleaned_data.get("plan") or next(iter(current(self.plans) or self.plans), None)
        if plan is None:
            return None
        month, found = self.cleaned_data.get("month"), Programme(self.user, plan)
        if month is None or month == found.month:
            return found
        if month not in found.months:
            raise unknown(("数据到", f"{month:%Y年%m月}"))
        return Programme(self.user, plan, month)


def programme_asked(request):
    """What the address asks for; None where no plan has projects."""
    return ProgrammeForm(request.GET, request.user).programme()
