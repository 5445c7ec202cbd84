"""Which dispatch an address asks for, and what is typed there."""

from django import forms

from kit import clock
from kit.forms import Asked, Box, DayField, MonthField, Text, Whole, not_ahead
from supervision.dashboard.agenda import Agenda
from supervision.models import Item
from tasks.forms.units import UnitField
from tasks.models import Sector, Task


class AgendaForm(Asked):
    """``action`` or ``sector`` not said is all of the plan; ``month`` not said is the running one."""

    month = MonthField(required=False, label="月份")
    action = forms.ModelChoiceField(Task.objects.none(), required=False, label="行动")
    sector = forms.ModelChoiceField(Sector.objects.none(), required=False, label="行业")
    show = forms.ChoiceField(choices=[("numbers", "指标")], required=False, label="显示")
    project = Whole(required=False, label="项目", min_value=1, max_value=2**31)

    def __init__(self, data, user, plan):
        super().__init__(data)
        self.user, self.plan = user, plan
        actions = Task.objects.visible_to(user).actions().in_force().filter(plan=plan)
        self.fields["action"].queryset = actions.prefetch_related("responsibilities__unit")
        self.fields["sector"].queryset = Sector.objects.filter(plan=plan)

    def clean(self):
        values = super().clean()
        if values.get("action") and values.get("sector"):
            self.add_error("sector", "行动和行业只能选一个。")
        month = values.get("month")
        if month and month not in self.plan.months:
            self.add_error("month", "不在方案年度内。")
        return values

    def agenda(self):
        self.is_valid()
        asked = self.cleaned_data
        action, sector = asked.get("action"), asked.get("sector")
        for each in filter(None, (action, sector)):
            each.plan = self.plan
        return Agenda(self.user, self.plan, asked.get("month") or self.running_month, action, sector)

    @property
    def running_month(self):
        return max(self.plan.months[0], min(clock.today().replace(day=1), self.plan.months[-1]))


class DecisionForm(forms.Form):
    """One thing that is settled: what, by whom, by when."""

    text = Box("做什么、做到什么程度", Item.TEXT, 2)
    unit = UnitField(label="谁办（一家）")
    due_on = DayField(label="哪天前")


class OccasionForm(forms.Form):
    """What stands at the head of minutes, and the notes below."""

    held_on = DayField(label="日期", validators=[not_ahead("日期不能晚于今天。")])
    place = Text(label="地点", required=False, max_length=80)
    people = Box("参加人员", 300, 2, required=False)
    notes = Box("记录", 5000, 6, required=False)


class JudgingForm(forms.Form):
    """Whether one promise was kept."""

    item = Whole(min_value=1, max_value=2**31)
    kept = forms.ChoiceField(choices=Item.Kept.choices)
