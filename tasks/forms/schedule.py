"""When a task is due: due date and pace, milestones, an approved explanation."""

import datetime

from django import forms

from kit import clock
from kit.forms import DayField, Text, Whole, kept_rows, not_ahead
from tasks.models import Milestone, Task


class ScheduleForm(forms.Form):
    """What the office may change about a task; its official text is not among it."""

    short_title = Text(label="简称", max_length=40, help_text="列表和图表用，任务原文不变。")
    due_on = DayField(label="完成时限")
    pace = forms.ChoiceField(label="进度方式", choices=Task.Pace.choices, widget=forms.RadioSelect)
    note = Text(label="调整原因", required=False, max_length=200, help_text="改动完成时限时必须写明，记入变动记录。")

    def __init__(self, *args, task, **kwargs):
        super().__init__(*args, **kwargs)
        self.task = task

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day < self.task.starts_on:
            raise forms.ValidationError(f"完成时限不能早于开始日期{self.task.starts_on:%Y-%m-%d}。")
        return day

    def clean(self):
        values = super().clean()
        moved = values.get("due_on") and values["due_on"] != self.task.due_on
        if moved and not values.get("note", "").strip():
            self.add_error("note", "调整完成时限须写明原因。")
        return values


class MilestoneForm(forms.Form):
    """One step; a row left empty is no step."""

    title = Text(label="节点", max_length=80)
    due_on = DayField(label="时限")
    done_on = DayField(label="完成日期", required=False, validators=[not_ahead("完成日期不能晚于今天。")])
    weight = Whole(label="权重", min_value=1, max_value=100, initial=1)

    def __init__(self, *args, task, **kwargs):
        super().__init__(*args, **kwargs)
        self.task = task

    def clean_due_on(self):
        day, task = self.cleaned_data["due_on"], self.task
        if not task.starts_on <= day <= task.due_on:
            raise forms.ValidationError(f"节点时限须在{task.starts_on:%Y-%m-%d}至{task.due_on:%Y-%m-%d}之间。")
        return day


MilestoneFormSet = forms.formset_factory(MilestoneForm, extra=3, can_delete=True, max_num=60)


def milestone_rows(formset):
    """Return (title, due_on, done_on, weight) of the rows filled in and not taken away, by date."""
    rows = kept_rows(formset, "title")
    return sorted(
        ((row["title"], row["due_on"], row["done_on"], row["weight"]) for row in rows), key=lambda row: row[1]
    )


def scheme_rows(task, known):
    """The steps of a scheme (改革方案) that a task does not have yet, evenly spread over the time that is left; nothing is saved."""
    titles = [kind.label for kind in Milestone.SCHEME if kind.label not in known]
    first = max(clock.today(), task.starts_on)
    left = max((task.due_on - first).days, 0)
    days = [left * number // len(titles) for number in range(1, len(titles) + 1)]
    return [
        {"title": title, "due_on": min(first + datetime.timedelta(days=day), task.due_on), "weight": 1}
        for title, day in zip(titles, days, strict=True)
    ]


class ExcuseForm(forms.Form):
    """An approved explanation: the light rests until a day."""

    until = DayField(label="暂不评灯至", help_text="到期后自动恢复评灯。")
    reason = Text(label="说明", max_length=200, widget=forms.Textarea(attrs={"rows": 3, "data-count": 200}))

    def clean_until(self):
        day = self.cleaned_data["until"]
        if day < clock.today():
            raise forms.ValidationError("截止日期不能早于今天。")
        return day
