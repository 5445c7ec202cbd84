"""How a plan is reported on and judged."""

import re

from django import forms

from kit.forms import Text, of_column
from tasks.models import LightRules, Plan

APART = re.compile(r"[、，,;；]+")


class ReportingForm(forms.ModelForm):
    """The reporting rule. Only read from; the action writes it."""

    class Meta:
        model = Plan
        formfield_callback = of_column
        fields = ["due_day", "due_hour", "grace_days", "return_workdays", "stamped"]


class RulesForm(forms.ModelForm):
    """A new version of the rules for lights. Only read from; the action writes it."""

    class Meta:
        model = LightRules
        formfield_callback = of_column
        fields = ["slow_after", "late_after", "basis"]
        widgets = {"basis": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("slow_after", "late_after"):
            self.fields[name].max_value = 100

    def clean(self):
        values = super().clean()
        slow, late = values.get("slow_after"), values.get("late_after")
        if late is not None and late > 100:
            self.add_error("late_after", "不能超过100。")
        if slow is not None and late is not None and late <= slow:
            self.add_error("late_after", "红灯的界限须大于黄灯的界限。")
        return values


class ProgrammeRulesForm(RulesForm):
    """The same for a plan with key projects."""

    fulfilled_by = Text(
        label="合同算履约的节点",
        max_length=200,
        help_text="完成其中任何一个，招商合同即算履约；几个用顿号隔开，例如：开工、竣工、投产。",
    )

    class Meta(RulesForm.Meta):
        fields = [*RulesForm.Meta.fields, "start_months"]

    def clean_fulfilled_by(self):
        words = [word.strip() for word in APART.split(self.cleaned_data["fulfilled_by"]) if word.strip()]
        if not words:
            raise forms.ValidationError("请填写合同算履约的节点。")
        return list(dict.fromkeys(words))
