"""A rule of the offices' calendar as it is typed, and what is noted of a duty by hand."""

from django import forms

from kit.carriers import carriers
from kit.forms import Box, DayField, Text, Whole
from supervision.models import Rhythm, RhythmNote
from supervision.rhythm import MONTHS, number_words
from tasks.forms.units import UnitsField


def record_choices():
    return [(each.key, each.label) for each in carriers().values()]


class RhythmForm(forms.Form):
    """One rule; ``named`` are the units whose duty it is, where they are named one by one."""

    title = Text(label="事项", max_length=30)
    clause = Text(label="条款", required=False, max_length=60, help_text="例如：五、（二）")
    source = Box("原文", 2000, required=False)
    record = forms.ChoiceField(label="由哪类记录满足", choices=record_choices)
    who = forms.ChoiceField(label="谁办", choices=Rhythm.Who.choices)
    named = UnitsField(label="指定的单位", required=False, help_text="选“指定的单位”时填写，用顿号分开。")
    length = Whole(label="每次管几个月", min_value=1, max_value=13, help_text="1为每月，3为每季，6为半年，12为全年。")
    months = forms.TypedMultipleChoiceField(
        label="在哪些月份到期",
        coerce=int,
        choices=[(number, number_words(number)) for number in MONTHS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一个月份。", "invalid_choice": "没有这个月份。"},
    )
    due_day = Whole(label="到期日", required=False, min_value=1, max_value=31, help_text="留空为当月最后一天。")
    due_next = forms.BooleanField(label="在次月到期", required=False)

    def __init__(self, data=None, *, rhythm=None):
        super().__init__(data, initial=_first(rhythm) if rhythm else {"length": 1, "who": "OFFICE"})

    def clean(self):
        values = super().clean()
        if values.get("who") == Rhythm.Who.NAMED and values.get("named") == []:
            self.add_error("named", "请写明是哪些单位。")
        return values

    @property
    def values(self):
        values = dict(self.cleaned_data)
        return values | {"units": values.pop("named")}


def _first(rhythm):
    values = {name: getattr(rhythm, name) for name in RhythmForm.base_fields if name != "named"}
    return values | {"named": "、".join(unit.name for unit in rhythm.units.all())}


class DutyForm(forms.Form):
    """What was done elsewhere on which day, or why it is not done: one of the two."""

    text = Box("依据或原因", RhythmNote.TEXT, 2, help_text="已办的写文号、地点或材料存放处；这次不办的写原因。")
    done_on = DayField(label="办理日期", required=False, help_text="这次不办的留空。")
