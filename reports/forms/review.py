"""What a reviewer types: filters of the queue, remarks beside entries, the reason of a return."""

from django import forms

from kit.forms import Text
from reports.fields import LIGHTS

REASON_LIMIT = 500
REMARK_LIMIT = 300


class RemarkForm(forms.Form):
    light = forms.ChoiceField(choices=[("", "同意自评"), *LIGHTS], required=False, label="审核灯色")
    text = Text(
        required=False,
        max_length=REMARK_LIMIT,
        label="审核意见",
        widget=forms.Textarea(attrs={"rows": 1, "data-count": REMARK_LIMIT}),
    )
    redo = forms.BooleanField(required=False, label="须重报")


class ReturnForm(forms.Form):
    """Why a report is given back; compulsory, one by one and in bulk alike."""

    reason = Text(
        label="退回原因",
        max_length=REASON_LIMIT,
        help_text="写清哪一项、缺什么、怎么改，单位会在工作台看到。",
        error_messages={"required": "退回须写明原因。"},
        widget=forms.Textarea(attrs={"rows": 2, "data-count": REASON_LIMIT}),
    )
