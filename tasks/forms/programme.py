"""To which action each class of key projects belongs, and a plan's sectors."""

from django import forms

from kit.forms import Text, Whole
from tasks.forms.units import UnitField
from tasks.models import ClassRule, Sector, Task


class ClassRuleForm(forms.Form):
    """One class; without an action the plan has no such projects."""

    action = forms.ModelChoiceField(Task.objects.none(), label="所属行动", required=False, empty_label="没有这类项目")
    also = forms.ModelChoiceField(Task.objects.none(), label="同时调度的行动", required=False, empty_label="没有")
    rhythm = forms.ChoiceField(label="报送频次", choices=ClassRule.Rhythm.choices)

    def __init__(self, *args, actions, klass, rule=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.klass, self.rule = klass, rule
        for name in ("action", "also"):
            self.fields[name].queryset = actions

    def clean(self):
        values = super().clean()
        if self.rule and not values.get("action") and "action" not in self.errors:
            self.add_error("action", "已经设定的类别不能去掉，可以改到别的行动。")
        if values.get("also") and values["also"] == values.get("action"):
            self.add_error("also", "与所属行动相同。")
        return values


class SectorForm(forms.Form):
    """One sector; a row without a name is none."""

    name = Text(label="行业", max_length=Sector._meta.get_field("name").max_length)
    lead = UnitField(label="牵头单位", required=False)
    key = Whole(label="编号", required=False, widget=forms.HiddenInput)


SectorFormSet = forms.formset_factory(SectorForm, extra=2, can_delete=True, max_num=40)
