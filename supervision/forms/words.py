"""What the owner is asked on one page, and what the envoy's unit answers."""

from django import forms

from kit.forms import Asked, Box, MonthField, Text, number_of
from supervision.models import OwnerWord
from tasks.models import Project

WORDS = OwnerWord.WORDS


class QuarterForm(Asked):
    quarter = MonthField(required=False, label="季度")


class LinksForm(forms.Form):
    """What is no key of one of ``projects`` counts for nothing."""

    pick = forms.ModelMultipleChoiceField(Project.objects.none())

    def __init__(self, data, projects):
        chosen = projects.filter(pk__in=[number_of(key) for key in data.getlist("pick")])
        super().__init__({"pick": [project.pk for project in chosen]})
        self.fields["pick"].queryset = chosen


class OwnerWordForm(forms.Form):
    progress = Text(label="项目现在进展到哪里", max_length=WORDS, help_text="一句话。")
    unit_mark = forms.ChoiceField(label="对服务单位", choices=OwnerWord.Mark.choices, widget=forms.RadioSelect)
    envoy_mark = forms.ChoiceField(
        label="对特派员", choices=OwnerWord.Mark.choices, widget=forms.RadioSelect, required=False
    )
    problem = Box("最需要解决的一个问题", WORDS, required=False, help_text="没有就不填。")
    remark = Box("其他意见", WORDS, required=False)


class ConfirmForm(forms.Form):
    note = Box("核实情况", WORDS, help_text="是否属实，怎么办、什么时候办好。")
