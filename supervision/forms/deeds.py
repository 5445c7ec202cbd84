"""What is said with each verb on a directive: a form for every door that asks for words or a day."""

from django import forms

from kit.forms import Box, DayField, Text
from supervision.models import Directive, Point
from tasks.forms.units import UnitField

SAID = Directive.SAID


def said(label, rows=3, **more):
    return Box(label, SAID, rows, **more)


class DeedForm(forms.Form):
    """What one verb asks; ``directive`` is what it is done to."""

    def __init__(self, data=None, *, directive, initial=None):
        super().__init__(data, initial=initial)


class ReasonForm(DeedForm):
    reason = said("原因")


class RemarkForm(DeedForm):
    text = said("意见")


class ExtensionForm(DeedForm):
    reason = said("延期的理由")
    progress = said("目前的进展")
    until = DayField(label="申请延到")


class ContinuingForm(DeedForm):
    reason = said("持续推进的理由")
    goal = said("阶段目标")
    until = DayField(label="复核日期", help_text="到这一天由交办单位复核，过期不复核算逾期。")


class GoalForm(DeedForm):
    note = said("阶段目标完成的情况")


class ReviewForm(DeedForm):
    note = said("复核情况")
    review_on = DayField(label="下次复核日期")


class HandOverForm(DeedForm):
    to = Text(label="移交给谁", max_length=60, help_text="例如：县纪委。")
    letter = Text(label="移交文号", max_length=40)
    reason = said("说明", required=False)


class PointsField(forms.TypedMultipleChoiceField):
    """Which of the accepted points came back; those never accepted are wanted in any case."""

    default_error_messages = {"required": "请勾选反弹的是哪几点。"}

    def __init__(self):
        told = {"label": "哪几点反弹", "help_text": "没有勾的，通过的答复保留，不用重答。"}
        super().__init__(coerce=int, widget=forms.CheckboxSelectMultiple, **told)

    def offer(self, directive):
        """Put its accepted points up for choice; the only one is chosen. False where there is none."""
        points = list(directive.points.all())
        accepted = [point for point in points if not point.is_open]
        self.choices = [(each.number, f"{each.number}. {each.text}") for each in accepted]
        self.initial = [point.number for point in accepted] if len(accepted) == 1 else []
        self.required = len(accepted) == len(points)
        return bool(accepted)


class ReopenForm(DeedForm):
    points = PointsField()
    reason = said("反弹的情况")
    due_on = DayField(label="新期限")

    def __init__(self, data=None, *, directive, initial=None):
        super().__init__(data, directive=directive, initial=initial)
        if not self.fields["points"].offer(directive):
            del self.fields["points"]


class PleaForm(forms.Form):
    """Yes or no to what a unit asked; an objection that is right names whose matter it is."""

    granted = forms.ChoiceField(label="决定", choices=[("yes", "同意"), ("no", "不同意")], widget=forms.RadioSelect)
    unit = UnitField(label="改由哪个单位承办", required=False)
    due_on = DayField(label="改办后的期限", required=False)
    note = said("说明", required=False, help_text="不同意须写明理由。")

    def __init__(self, data=None, *, is_objection, initial=None):
        super().__init__(data, initial=initial)
        if not is_objection:
            del self.fields["unit"], self.fields["due_on"]

    def clean(self):
        values = super().clean()
        values["granted"] = values.get("granted") == "yes"
        return values


class CheckForm(forms.Form):
    """What was found of each open point: it passes, or what is still wanted of it."""

    how = said("怎么核查的", 2, required=False)
    due_on = DayField(label="新期限", required=False, help_text="有一点还要补时填写。")

    def __init__(self, data=None, *, points, initial=None):
        super().__init__(data, initial=initial)
        self.points = points
        for point in points:
            self.fields[f"found_{point.number}"] = forms.ChoiceField(
                label=f"第{point.number}点", choices=[("ok", "通过"), ("more", "还要补")], widget=forms.RadioSelect
            )
            self.fields[f"wanting_{point.number}"] = said(f"第{point.number}点还要什么", required=False)

    @property
    def lines(self):
        return [(point, self[f"found_{point.number}"], self[f"wanting_{point.number}"]) for point in self.points]

    def clean(self):
        values = super().clean()
        wanting = {}
        for point in self.points:
            if values.get(f"found_{point.number}") == "more":
                wanting[point.number] = values.get(f"wanting_{point.number}") or ""
                if not wanting[point.number]:
                    self.add_error(f"wanting_{point.number}", "请写明还要什么。")
        if wanting and not values.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "请写明新期限。")
        if not wanting and not values.get("how") and "how" not in self.errors:
            self.add_error("how", "请写明怎么核查的。")
        values["wanting"] = wanting
        return values


class AnswerForm(forms.Form):
    """Answers to the open points; what the page showed goes along, so that nobody writes over a colleague's."""

    def __init__(self, data=None, *, points):
        super().__init__(data, initial={f"answer_{point.number}": point.answer for point in points})
        self.points, self.data_ = points, data
        for point in points:
            self.fields[f"answer_{point.number}"] = Box(f"答复第{point.number}点", Point.ANSWER, required=False)

    @property
    def lines(self):
        """(point, field, whether the field says something else than what is on record)."""
        fields = [(point, self[f"answer_{point.number}"]) for point in self.points]
        return [(point, field, (field.value() or "").replace("\r\n", "\n") != point.answer) for point, field in fields]

    @property
    def answers(self):
        return {point.number: self.cleaned_data[f"answer_{point.number}"] for point in self.points}

    @property
    def seen(self):
        return {point.number: self.data_.get(f"seen_{point.number}", "").replace("\r\n", "\n") for point in self.points}
