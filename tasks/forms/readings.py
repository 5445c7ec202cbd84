"""One month's figure of an indicator."""

import datetime

from django import forms

from kit import clock
from kit.forms import Number, Text


class ReadingForm(forms.Form):
    """Only the month's own figure is typed; totals are summed."""

    kind = forms.ChoiceField(label="口径", required=False, help_text="各口径分别记录，不相加。")
    month = forms.ChoiceField(label="月份")
    value = Number(
        label="数值",
        max_digits=14,
        decimal_places=2,
        error_messages={"invalid": "请填写数字，最多两位小数。"},
    )
    source = Text(label="数据来源", max_length=80, help_text="例如：县统计局10月月报。")

    def __init__(self, *args, indicator, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        if len(kinds) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
        self.fields["kind"].initial = indicator.official if indicator.official in kinds else kinds[0]
        begun = [month for month in indicator.plan.months if month <= clock.today()]
        self.fields["month"].choices = [
            (f"{month:%Y-%m}", f"{month.year}年{month.month}月") for month in reversed(begun)
        ]
        self.fields[
            "value"
        ].label = f"{'当月数' if indicator.adds_up else '截至当月的数'}（{indicator.unit_of_measure}）"
        self.fields["value"].help_text = (
            "只填当月新增，累计由系统相加。" if indicator.adds_up else "填最近一期的数，不用相加。"
        )

    def clean_kind(self):
        return self.cleaned_data["kind"] or self.fields["kind"].initial

    def clean_month(self):
        return datetime.date.fromisoformat(f"{self.cleaned_data['month']}-01")
