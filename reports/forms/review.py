"""What a reviewer types: filters of the queue, remarks beside entries, the reason of a return."""

from django import forms

from kit.forms import Asked, MonthField, Text
from reports.dashboard.review import HINTS
from reports.fields import LIGHTS
from tasks.models import Plan
from units.models import Unit

REASON_LIMIT = 500
REMARK_LIMIT = 300


class QueueFilter(Asked):
    """Which reports of the office's plans to list."""

    month = MonthField(required=False, label="月份")
    plan = forms.ModelChoiceField(Plan.objects.none(), required=False, label="方案", empty_label="全部")
    group = forms.ChoiceField(choices=[("", "全部"), *Unit.PeerGroup.choices], required=False, label="同类组")
    late = forms.BooleanField(required=False, label="只看迟报")
    hint = forms.ChoiceField(choices=[("", "全部"), *HINTS.items()], required=False, label="提示")
    q = Text(max_length=40, required=False, label="单位", help_text="中文、全拼或首字母")

    def __init__(self, data, plans):
        super().__init__(data)
        self.fields["plan"].queryset = plans
        self.fields["plan"].label_from_instance = lambda plan: plan.named

    def asked(self, name):
        """Return a value that is well formed, else None."""
        self.is_valid()
        return self.cleaned_data.get(name)

    def apply(self, reports):
        """Return the reports asked for; the hint is asked of their texts, not here."""
        if plan := self.asked("plan"):
            reports = reports.filter(period__plan=plan)
        if group := self.asked("group"):
            reports = reports.filter(unit__peer_group=group)
        if self.asked("late"):
            reports = reports.of("late")
        if word := self.asked("q"):
            reports = reports.filter(unit__in=Unit.objects.search(word).values("pk"))
        return reports


class RemarkForm(forms.Form):
    """The office's light and words beside one entry."""

    light = forms.ChoiceField(choices=[("", "同意自评"), *LIGHTS], required=False, label="审核灯色")
    text = Text(
        required=False,
        max_length=REMARK_LIMIT,
        label="审核意见",
        widget=forms.Textarea(attrs={"rows": 1, "data-count": REMARK_LIMIT}),
    )
    redo = forms.BooleanField(required=False, label="须重报")


class ReasonForm(forms.Form):
    """Why a report is given back; compulsory, one by one and in bulk alike."""

    reason = Text(
        label="退回原因",
        max_length=REASON_LIMIT,
        help_text="写清哪一项、缺什么、怎么改，单位会在工作台看到。",
        error_messages={"required": "退回须写明原因。"},
        widget=forms.Textarea(attrs={"rows": 2, "data-count": REASON_LIMIT}),
    )
