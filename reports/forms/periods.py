"""What the office types about periods: more time, nothing owed, a note to those who owe."""

import datetime

from django import forms

from kit import clock
from kit.forms import DayField, Number, Text, Whole, number_of

NOTE_LIMIT = REASON_LIMIT = 200
AMOUNT = dict.fromkeys(("invalid", "max_digits", "max_decimal_places", "max_whole_digits"), "请填数字，最多两位小数。")


class UrgeForm(forms.Form):
    note = Text(label="附言", required=False, max_length=NOTE_LIMIT)

    def clean(self):
        if not self.everyone and not self.picked:
            self.add_error(None, "请先勾选要催报的单位。")
        return self.cleaned_data

    @property
    def everyone(self):
        return bool(self.data.get("everyone"))

    @property
    def picked(self):
        return [number_of(key) for key in self.data.getlist("pick")]

    @property
    def sentences(self):
        return [sentence for errors in self.errors.values() for sentence in errors]


class Picks(forms.Form):
    """What is no key of one of ``reports`` counts for nothing."""

    pick = forms.ModelMultipleChoiceField(None, label="单位", widget=forms.CheckboxSelectMultiple)

    def __init__(self, data, reports):
        chosen = reports.filter(pk__in=[number_of(key) for key in data.getlist("pick")])
        super().__init__({"pick": [report.pk for report in chosen]})
        self.fields["pick"].queryset = chosen
        self.fields["pick"].label_from_instance = lambda report: report.unit_name


class ReasonForm(forms.Form):
    reason = Text(
        label="原因",
        max_length=REASON_LIMIT,
        help_text="会写入月报的记录，单位也能看到。",
        error_messages={"required": "请写明原因。"},
        widget=forms.Textarea(attrs={"rows": 2, "data-count": REASON_LIMIT}),
    )

    @property
    def told(self):
        return {"reason": self.cleaned_data["reason"]}


class CorrectionForm(ReasonForm):
    """``seen`` is the figure the page showed, ``carried`` the months that took it over."""

    progress = Whole(
        label="更正后进度（%）",
        min_value=0,
        max_value=100,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "进度为0到100的整数。"),
    )
    seen = Whole(label="更正前进度", widget=forms.HiddenInput)
    carry = forms.BooleanField(required=False, initial=True)
    field_order = ("progress", "carry", "reason", "seen")

    def __init__(self, *args, carried=(), **kwargs):
        super().__init__(*args, **kwargs)
        months = "、".join(f"{each.period.month.year}年{each.period.month.month}月" for each in carried)
        self.fields["carry"].label = f"一并更正沿用这一进度的{months}"
        self.fields["carry"].help_text = "这些月份已结账，没有另外审核通过的进度；不勾选则仍为原来的数字。"
        if not carried:
            del self.fields["carry"]


class FiguresForm(ReasonForm):
    """The figures of a key project in a closed month, as they should be; what is left empty stays."""

    INVESTED = Number(label="本月投资（万元）", required=False, max_digits=14, decimal_places=2, error_messages=AMOUNT)
    ARRIVED = Number(label="资金到位（万元）", required=False, max_digits=14, decimal_places=2, error_messages=AMOUNT)
    LAND = Number(label="交地（亩）", required=False, max_digits=14, decimal_places=2, error_messages=AMOUNT)
    field_order = ("INVESTED", "ARRIVED", "LAND", "reason")

    @property
    def figures(self):
        return {measure: self.cleaned_data[measure] for measure in ("INVESTED", "ARRIVED", "LAND")}


class ExtensionForm(ReasonForm):
    day = DayField(
        label="宽限至（日期）",
        error_messages={"required": "请填写宽限到哪一天。", "invalid": "日期写作2015-11-03。"},
    )
    hour = Whole(
        label="钟点",
        min_value=1,
        max_value=24,
        initial=24,
        help_text="24为当天结束。",
        error_messages={
            "required": "请填写钟点。",
            "invalid": "钟点为1到24的整数。",
            "min_value": "钟点为1到24的整数。",
            "max_value": "钟点为1到24的整数。",
        },
    )
    field_order = ("day", "hour", "reason")

    @property
    def told(self):
        end = clock.start_of(self.cleaned_data["day"]) + datetime.timedelta(hours=self.cleaned_data["hour"])
        return super().told | {"until": end}
