from django import forms

from kit.forms import Text, Whole


class UndoForm(forms.Form):
    """The reason, which goes into the trace of every plan and task concerned."""

    reason = Text(
        label="撤销原因",
        max_length=200,
        error_messages={"required": "请写明撤销的原因。"},
        widget=forms.TextInput(attrs={"placeholder": "记入操作记录"}),
    )
    seen = Whole(widget=forms.HiddenInput)
