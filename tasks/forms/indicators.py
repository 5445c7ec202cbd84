"""What of an indicator is planned by month, and what each unit is to bring of it."""

import datetime

from django import forms

from kit import clock
from kit.forms import Number, Text
from units.models import Unit

NUMBER = {"max_digits": 14, "decimal_places": 2, "error_messages": {"invalid": "请填写数字，最多两位小数。"}}
SPARE = 6


class CurveForm(forms.Form):
    """A box a month; an empty one plans nothing."""

    def __init__(self, *args, indicator, **kwargs):
        super().__init__(*args, **kwargs)
        planned = indicator.curve()
        for month in indicator.plan.months:
            label = f"{month.year}年{month.month}月"
            self.fields[f"m{month:%Y-%m}"] = Number(
                label=label, required=False, initial=planned.get(month), min_value=0, **NUMBER
            )
        self.fields["reason"] = Text(
            label="调整原因", required=False, max_length=200, help_text="改动已有的计划曲线时必须写明。"
        )

    @property
    def months(self):
        return {
            datetime.date.fromisoformat(f"{name[1:]}-01"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("m") and value is not None
        }


class PartForm(forms.Form):
    """One unit; a row without a unit is none."""

    unit = forms.ModelChoiceField(label="单位", queryset=None, required=False, empty_label="——")
    target = Number(label="分解数", required=False, min_value=0, **NUMBER)
    value = Number(label="当月数", required=False, **NUMBER)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.active()

    def clean(self):
        values = super().clean()
        if values.get("unit") and values.get("target") is None and not self.errors:
            self.add_error("target", "请填写分解数；不再分解给它的，把单位改为空。")
        if not values.get("unit") and values.get("value") is not None and not self.errors:
            self.add_error("unit", "请选择单位。")
        return values


class BasePartFormSet(forms.BaseFormSet):
    @property
    def rows(self):
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data.get("unit")]
        return [(row["unit"], row["target"], row.get("value")) for row in kept]


PartFormSet = forms.formset_factory(PartForm, formset=BasePartFormSet, extra=SPARE, max_num=200)


def part_rows(indicator, month):
    """What stands on record, as the rows begin."""
    parts = indicator.parts.select_related("unit")
    return [{"unit": part.unit_id, "target": part.target, "value": part.own(month)} for part in parts]


def month_asked(text, plan):
    """One of the plan's months that has begun, the newest where none or another is asked for."""
    months = begun(plan)
    return next((month for month in months if f"{month:%Y-%m}" == text), months[-1])


def begun(plan):
    return [month for month in plan.months if month <= clock.today()] or plan.months[:1]
