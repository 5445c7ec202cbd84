"""What a unit asks to be changed of its task, and what the office says to it."""

from django import forms

from kit.forms import DayField, Text
from tasks.models import TaskChange

Kind = TaskChange.Kind
# Which fields a kind needs, with the sentence that asks for each.
NEEDED = {
    Kind.EXTEND: {"due_on": "请写明延期到哪一天。"},
    Kind.ADJUST: {"text": "请写明调整后的任务内容。"},
    Kind.CONTINUE: {"due_on": "请写明哪一天复核。", "goal": "持续推进须写明阶段目标。"},
}


class ChangeForm(forms.Form):
    kind = forms.ChoiceField(
        label="申请什么",
        choices=[(Kind.EXTEND, "延期"), (Kind.ADJUST, "调整内容"), (Kind.CONTINUE, "持续推进")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择申请什么。"},
    )
    due_on = DayField(
        label="延期到、复核日期", required=False, help_text="延期的填新的时限，持续推进的填复核日期；调整内容的不填。"
    )
    goal = Text(label="阶段目标", required=False, max_length=200, help_text="持续推进的填：复核那天要做到什么程度。")
    text = Text(
        label="调整后的任务内容",
        required=False,
        max_length=TaskChange.TEXT,
        widget=forms.Textarea(attrs={"rows": 5, "data-count": TaskChange.TEXT}),
        help_text="调整内容的填：在原文上改；原文一直保留。",
    )
    reason = Text(
        label="申请原因",
        max_length=TaskChange.REASON,
        widget=forms.Textarea(attrs={"rows": 3, "data-count": TaskChange.REASON}),
    )
    so_far = Text(
        label="目前进展",
        max_length=TaskChange.REASON,
        widget=forms.Textarea(attrs={"rows": 3, "data-count": TaskChange.REASON}),
    )

    def clean(self):
        values = super().clean()
        for name, sentence in NEEDED.get(values.get("kind"), {}).items():
            if not values.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return values


class ChangeDecisionForm(forms.Form):
    AGREE, DECLINE = "agree", "decline"

    decision = forms.ChoiceField(label="审定", choices=[(AGREE, "同意"), (DECLINE, "不同意")], widget=forms.RadioSelect)
    note = Text(label="审定意见", required=False, max_length=200, help_text="不同意的必须写明原因。")

    def clean(self):
        values = super().clean()
        if values.get("decision") == self.DECLINE and not values.get("note"):
            self.add_error("note", "请写明不同意的原因。")
        return values
