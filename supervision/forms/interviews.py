"""Of which plan interviews are proposed, and by which rules."""

from django import forms

from kit.forms import Box, Text, Whole
from supervision.models import InterviewRule, Occasion
from tasks.forms.units import read_unit
from tasks.models import Plan

LONGEST = InterviewRule.LONGEST


class ProposingForm(forms.Form):
    plan = forms.ModelChoiceField(Plan.objects.none(), label="方案")

    def __init__(self, *args, plans, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = Plan.objects.filter(pk__in=[plan.pk for plan in plans])
        self.fields["plan"].choices = [(plan.pk, plan.named) for plan in plans]


class InterviewRuleForm(forms.Form):
    """What may be said of a rule; what it counts stays."""

    times = Whole(
        label="次数", min_value=1, max_value=InterviewRule.MOST_TIMES, help_text="规则里的几个月、几件或几次。"
    )
    level = forms.ChoiceField(label="层级", choices=Occasion.Level.choices, widget=forms.RadioSelect)
    talker = Text(
        label="谁来谈",
        required=False,
        max_length=LONGEST,
        help_text="留空的，一级由县分管领导谈，二级由县委、县政府主要领导谈。",
    )
    organiser = Text(
        label="组织单位", required=False, max_length=LONGEST, help_text="中文、全拼或首字母；留空为方案的主管办公室。"
    )
    basis = Text(label="依据", required=False, max_length=LONGEST)
    is_used = forms.BooleanField(label="按这条规则拟议约谈", required=False)
    reason = Box("为什么改", InterviewRule.REASON, 2)

    def __init__(self, data=None, *, rule):
        named = [name for name in self.base_fields if name != "reason"]
        super().__init__(data, initial={name: getattr(rule, name) for name in named})

    def clean_organiser(self):
        text = self.cleaned_data["organiser"]
        return read_unit(text).name if text else ""
