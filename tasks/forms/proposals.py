"""A township's own task, and the office's answer."""

from django import forms

from kit.forms import DayField, Text, Whole


class ProposalForm(forms.Form):
    plan = forms.ChoiceField(label="方案")
    short_title = Text(
        label="任务简称",
        min_length=8,
        max_length=20,
        help_text="8到20字，列表和图表用。",
        error_messages={"min_length": "任务简称为8到20字，现有%(show_value)d字。"},
    )
    text = Text(
        label="任务内容",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 5, "data-count": 600}),
        help_text="写清要改什么、怎么改、到年底达到什么程度。",
    )
    due_on = DayField(label="完成时限")

    def __init__(self, *args, plans, **kwargs):
        super().__init__(*args, **kwargs)
        self.plans = {str(plan.pk): plan for plan in plans}
        self.fields["plan"].choices = [(key, plan.named) for key, plan in self.plans.items()]

    def clean_plan(self):
        return self.plans[self.cleaned_data["plan"]]

    def clean(self):
        values = super().clean()
        plan, day = values.get("plan"), values.get("due_on")
        if plan and day and not plan.starts_on <= day <= plan.ends_on:
            self.add_error("due_on", f"须在方案期间（{plan.starts_on:%Y-%m-%d}至{plan.ends_on:%Y-%m-%d}）内。")
        return values


class DecisionForm(forms.Form):
    """Accept, or decline with a reason; ``seen`` is the proposal's last event on the page."""

    ACCEPT, DECLINE = "accept", "decline"

    decision = forms.ChoiceField(
        label="受理意见", choices=[(ACCEPT, "采纳，列入方案"), (DECLINE, "不采纳")], widget=forms.RadioSelect
    )
    seen = Whole(required=False, widget=forms.HiddenInput)
    note = Text(
        label="说明",
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "data-count": 200}),
        help_text="不采纳时必须写明原因，申报单位会看到。",
    )

    def clean(self):
        values = super().clean()
        if values.get("decision") == self.DECLINE and not values.get("note", "").strip():
            self.add_error("note", "不采纳须写明原因。")
        return values
