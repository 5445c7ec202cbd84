"""Taking back a load of plans."""

from django import forms


class UndoForm(forms.Form):
    """The reason, which goes into the trace of every plan and task concerned."""

    reason = forms.CharField(
        label="撤销原因",
        max_length=200,
        error_messages={"required": "请写明撤销的原因。"},
        widget=forms.TextInput(attrs={"placeholder": "记入操作记录"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
