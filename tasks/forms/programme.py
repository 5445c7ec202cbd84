"""To which action each class of key projects belongs, which clears what holds one up; a plan's sectors and labels."""

from django import forms

from kit.forms import Text, Whole
from tasks.forms.units import UnitField
from tasks.models import Cause, ClassRule, Label, Sector


class ActionField(forms.ChoiceField):
    """One of a plan's actions, which the form hands it; a dozen of these ask for them once."""

    def __init__(self, *, empty_label, actions=(), **kwargs):
        super().__init__(required=False, **kwargs)
        self.empty_label = empty_label
        self.offer(actions)

    def offer(self, actions):
        self.actions = {f"{each.pk}": each for each in actions}
        self.choices = [("", self.empty_label), *((key, f"{each}") for key, each in self.actions.items())]

    def clean(self, value):
        return self.actions.get(super().clean(value))


class ClassRuleForm(forms.Form):
    """One class; without an action the plan has no such projects."""

    action = ActionField(label="所属行动", empty_label="没有这类项目")
    also = ActionField(label="同时调度的行动", empty_label="没有")
    rhythm = forms.ChoiceField(label="报送频次", choices=ClassRule.Rhythm.choices)

    def __init__(self, *args, actions, klass, rule=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.klass, self.rule = klass, rule
        for name in ("action", "also"):
            self.fields[name].offer(actions)

    def clean(self):
        values = super().clean()
        if self.rule and not values.get("action") and "action" not in self.errors:
            self.add_error("action", "已经设定的类别不能去掉，可以改到别的行动。")
        if values.get("also") and values["also"] == values.get("action"):
            self.add_error("also", "与所属行动相同。")
        return values


class CauseForm(forms.Form):
    """Which action clears each of what holds projects up; without one its own action alone dispatches such a project."""

    def __init__(self, *args, actions, **kwargs):
        super().__init__(*args, **kwargs)
        for cause, word in Cause.choices:
            self.fields[cause] = ActionField(label=word, empty_label="不归口，由项目所属行动调度", actions=actions)


class LabelForm(forms.Form):
    """What each label is to be called; ``labels`` are [(key, name, how many projects bear it)]."""

    def __init__(self, *args, labels, **kwargs):
        super().__init__(*args, initial={f"{key}": name for key, name, _ in labels}, **kwargs)
        for key, name, count in labels:
            self.fields[f"{key}"] = Text(
                label=name, max_length=Label._meta.get_field("name").max_length, help_text=f"{count} 个项目"
            )

    @property
    def names(self):
        return {int(key): name for key, name in self.cleaned_data.items()}


class SectorForm(forms.Form):
    """One sector; a row without a name is none."""

    name = Text(label="行业", max_length=Sector._meta.get_field("name").max_length)
    lead = UnitField(label="牵头单位", required=False)
    key = Whole(label="编号", required=False, widget=forms.HiddenInput)


SectorFormSet = forms.formset_factory(SectorForm, extra=2, can_delete=True, max_num=40)
