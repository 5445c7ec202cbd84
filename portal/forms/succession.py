from django import forms

from kit import clock
from kit.forms import DayField, Text, not_ahead
from tasks.forms.units import UnitField, UnitRows
from units.models import Unit


class ChangeForm(forms.Form):
    """What both have in common: the day and the document that orders it."""

    effective_on = DayField(
        label="生效日期",
        help_text="不晚于今天；以前各月不变。",
        validators=[not_ahead("生效日期还没有到，请在生效当天或以后办理。")],
    )
    reason = Text(label="依据", max_length=100, help_text="文号或会议，记入每一项变动的记录。")

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("initial", {}).setdefault("effective_on", clock.today())
        super().__init__(*args, **kwargs)


class RenameForm(ChangeForm):
    name = Text(label="新名称", max_length=60, help_text="与文件所印一致，例如：县医保局。")
    full_name = Text(label="新全称", max_length=120, required=False)
    keep_name = forms.BooleanField(
        label="原名称保留为其他写法", required=False, initial=True, help_text="用原名称的文件和表格仍能认出这个单位。"
    )
    field_order = ["name", "full_name", "keep_name", "effective_on", "reason"]


class MergeForm(UnitRows, ChangeForm):
    """Units to abolish stand in the rows; the successor is one on record or a new one."""

    successor = UnitField(label="承接单位（已有的）", required=False)
    new_name = Text(label="新单位名称", max_length=60, required=False)
    new_full_name = Text(label="新单位全称", max_length=120, required=False)
    new_group = forms.ChoiceField(
        label="新单位同类组", choices=Unit.PeerGroup.choices, required=False, initial=Unit.PeerGroup.GOVERNMENT
    )
    keep_names = forms.BooleanField(
        label="原名称作为承接单位的其他写法",
        required=False,
        initial=True,
        help_text="用原名称的文件和表格认作承接单位。",
    )
    keep_contacts = forms.BooleanField(label="承接单位没有报的联系人，先沿用原单位的", required=False, initial=True)

    def clean(self):
        values = super().clean()
        self.units = self.read_rows()
        if self.problems:
            raise forms.ValidationError("被撤销的单位有误，请看下面标出的行。")
        if not self.units:
            raise forms.ValidationError("请填写被并入、撤销的单位。")
        self._clean_successor(values)
        return values

    def _clean_successor(self, values):
        old, new = values.get("successor"), values.get("new_name", "").strip()
        if bool(old) == bool(new) and "successor" not in self.errors:
            self.add_error("successor", "请选一个已有的承接单位，或填写新单位名称，二者填一。")
        if old and old in self.units:
            self.add_error("successor", "承接单位不能同时是被撤销的单位。")
        if new and Unit.objects.of_name(new).exists():
            self.add_error("new_name", f"已有名为“{new}”的单位，请在“承接单位（已有的）”中填它。")

    @property
    def heir(self):
        """The successor: the one on record, or a new one not stored yet, in the place of the first it takes over."""
        values = self.cleaned_data
        if values["successor"]:
            return values["successor"]
        return Unit(
            name=values["new_name"].strip(),
            full_name=values["new_full_name"].strip(),
            peer_group=values["new_group"] or Unit.PeerGroup.GOVERNMENT,
            order=min(unit.order for unit in self.units),
            head_signs=any(unit.head_signs for unit in self.units),
        )

    @property
    def change(self):
        return {name: self.cleaned_data[name] for name in ("effective_on", "reason", "keep_names", "keep_contacts")}

    @property
    def sent(self):
        """(name, value) of everything typed, to be sent again with the one press that carries it out."""
        return [(name, value) for name in (*self.fields, self.row) for value in self.data.getlist(name)]
