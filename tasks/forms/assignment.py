"""Who is responsible: a leading unit and supporting units in order."""

from django import forms

from kit.forms import Text
from tasks.forms.units import UnitField, UnitRows


class AssignmentForm(UnitRows, forms.Form):
    row, spare_rows = "support", 3

    lead = UnitField(label="牵头单位", required=False, help_text="留空表示暂不分解。")
    note = Text(
        label="调整原因",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "记入任务的变动记录"}),
    )

    def clean(self):
        values = super().clean()
        lead = values.get("lead")
        values["supports"] = self.read_rows({lead: "已是牵头单位，不能同时配合。"} if lead else ())
        if self.problems:
            raise forms.ValidationError("配合单位有误，请看下面标出的行。")
        if values["supports"] and not lead and "lead" not in self.errors:
            self.add_error("lead", "有配合单位时，请先选定一个牵头单位。")
        return values
