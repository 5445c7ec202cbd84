"""Who is responsible: a leading unit and supporting units in order."""

from django import forms

from kit.forms import Text
from tasks.forms.units import UnitField, names_in, read_unit

SPARE_ROWS = 3


class AssignmentForm(forms.Form):
    """Supporting units stand in rows named ``support``; a row may hold a list as the document prints it."""

    lead = UnitField(label="牵头单位", required=False, help_text="留空表示暂不分解。")
    note = Text(
        label="调整原因",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "记入任务的变动记录"}),
    )

    def __init__(self, data=None, *, supports=(), **kwargs):
        super().__init__(data, **kwargs)
        typed = data.getlist("support") if data is not None else [unit.name for unit in supports]
        self.typed = [text.strip() for text in typed if text.strip()]
        self.problems = {}

    @property
    def rows(self):
        """(text, error) of every row, with a few empty ones below."""
        filled = [(text, self.problems.get(place, "")) for place, text in enumerate(self.typed)]
        return filled + [("", "")] * SPARE_ROWS

    def clean(self):
        values = super().clean()
        values["supports"] = self._supports(values.get("lead"))
        if self.problems:
            raise forms.ValidationError("配合单位有误，请看下面标出的行。")
        if values["supports"] and not values.get("lead") and "lead" not in self.errors:
            self.add_error("lead", "有配合单位时，请先选定一个牵头单位。")
        return values

    def _supports(self, lead):
        found = []
        for place, text in enumerate(self.typed):
            for name in names_in(text):
                try:
                    self._take(read_unit(name), lead, found)
                except forms.ValidationError as error:
                    self.problems[place] = error.message
        return found

    @staticmethod
    def _take(unit, lead, found):
        if unit == lead:
            raise forms.ValidationError(f"{unit}已是牵头单位，不能同时配合。")
        if unit in found:
            raise forms.ValidationError(f"{unit}重复了。")
        found.append(unit)
