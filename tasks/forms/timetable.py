"""A project's timetable as typed: amounts month by month, and its nodes."""

from django import forms

from kit.deadlines import month_words
from kit.forms import DayField, Number, Text, Whole, kept_rows, not_ahead
from tasks.forms.units import UnitField
from tasks.models import Measure, Milestone

LONGEST = 200


def amount_name(measure, month):
    return f"{measure}-{month:%Y-%m}"


class AmountsForm(forms.Form):
    """What is planned in each month of the plan, a row for each measure; what is left empty is not planned."""

    reason = Text(
        label="调整原因",
        required=False,
        max_length=LONGEST,
        help_text="已有审定的计划时必须写明；首版计划和每次调整都留存。",
    )

    def __init__(self, *args, months, **kwargs):
        super().__init__(*args, **kwargs)
        self.months = months
        for measure in Measure:
            for month in months:
                label = f"{month_words(month, months)}{measure.label}"
                self.fields[amount_name(measure, month)] = Number(
                    label=label, required=False, min_value=0, max_digits=14, decimal_places=2, widget=_amount_input()
                )

    @property
    def heads(self):
        return [month_words(month, self.months) for month in self.months]

    @property
    def rows(self):
        return [(each.label, [self[amount_name(each, month)] for month in self.months]) for each in Measure]

    @property
    def amounts(self):
        """{measure: {month: planned}} of what was filled in."""
        typed = {
            (each, month): self.cleaned_data.get(amount_name(each, month)) for each in Measure for month in self.months
        }
        return {
            each.value: {month: typed[each, month] for month in self.months if typed[each, month] is not None}
            for each in Measure
        }


def _amount_input():
    return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})


class NodeForm(forms.Form):
    """One node; a row without a title is none."""

    title = Text(label="节点", max_length=80)
    kind = forms.ChoiceField(
        label="种类", choices=[(kind.value, kind.label) for kind in Milestone.DAYS], initial=Milestone.Kind.STEP
    )
    due_on = DayField(label="时限")
    done_on = DayField(label="完成日期", required=False, validators=[not_ahead("完成日期不能晚于今天。")])
    unit = UnitField(label="责任（审批）单位", required=False)
    person = Text(label="责任人", required=False, max_length=40)
    handed_in_on = DayField(label="报审日期", required=False, validators=[not_ahead("报审日期不能晚于今天。")])
    limit_workdays = Whole(label="审批时限（工作日）", required=False, min_value=1, max_value=400)
    goal = forms.BooleanField(label="本年目标", required=False)
    stage = forms.ChoiceField(
        label="阶段", choices=[("", ""), *Milestone.Stage.choices], required=False, widget=forms.HiddenInput
    )
    key = Whole(label="编号", required=False, widget=forms.HiddenInput)

    def clean(self):
        values = super().clean()
        if values.get("handed_in_on") and not values.get("unit") and "unit" not in self.errors:
            self.add_error("unit", "已报审的，请写明审批单位。")
        return values


NodeFormSet = forms.formset_factory(NodeForm, extra=3, can_delete=True, max_num=80)


def node_rows(formset):
    """Return the values of the rows filled in and not taken away, by date; the unit by its key."""
    rows = []
    for row in kept_rows(formset, "title"):
        values = {name: value for name, value in row.items() if name not in ("DELETE", "unit")}
        rows.append(values | {"unit_id": row["unit"].pk if row["unit"] else None})
    return sorted(rows, key=lambda row: row["due_on"])


class DecisionForm(forms.Form):
    """Accepted or declined, with a word; declining needs one."""

    ACCEPT, DECLINE = "accept", "decline"

    decision = forms.ChoiceField(
        label="审定", choices=[(ACCEPT, "审定，列为现行计划"), (DECLINE, "不采纳")], widget=forms.RadioSelect
    )
    note = Text(label="意见", required=False, max_length=LONGEST, help_text="不采纳须写明原因。")

    def clean(self):
        values = super().clean()
        if values.get("decision") == self.DECLINE and not values.get("note"):
            self.add_error("note", "请写明不采纳的原因。")
        return values
