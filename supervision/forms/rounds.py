"""What is typed about rounds: which is opened, days and reasons, marks by hand, self-scores, objections and their answers."""

from django import forms

from kit.forms import Box, DayField, MonthField, Number, Text
from supervision.models import Ground, Objection, RoundRecord, Scheme, Score

SAID = Score.SAID
REASON = RoundRecord._meta.get_field("reason").max_length


def _said(label, limit=SAID, rows=3, **more):
    return Box(label, limit, rows, **more)


def _mark(label, full, **more):
    """Nothing to 0..full, with a sentence that says how much full is."""
    messages = {
        "invalid": "分数应为数字，最多两位小数。",
        "max_decimal_places": "分数最多两位小数。",
        "min_value": "得分不能小于0。",
        "max_value": f"超过满分{full.normalize():f}分。",
    }
    return Number(
        label=label,
        min_value=0,
        max_value=full,
        max_digits=8,
        decimal_places=2,
        error_messages=messages,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "w-2"}),
        **more,
    )


class StartForm(forms.Form):
    """Which scheme, from which month."""

    scheme = forms.ModelChoiceField(Scheme.objects.none(), label="考评办法", empty_label=None)
    month = MonthField(label="从哪个月起", help_text="一期管几个月按办法；只写起始月份。")

    def __init__(self, data=None, *, schemes, initial=None):
        super().__init__(data, initial=initial)
        self.fields["scheme"].queryset = schemes

    def clean_month(self):
        return self.cleaned_data["month"].replace(day=1)


class DueForm(forms.Form):
    due = DayField(label="到哪天")


class UntilForm(forms.Form):
    until = DayField(label="异议到哪天", required=False, help_text="不填，按办法的公示工作日。")


class DropForm(forms.Form):
    reason = _said("原因", REASON)


class CorrectForm(forms.Form):
    reason = _said("更正原因", REASON, help_text="印在更正版上。")
    again = forms.BooleanField(label="按现在的记录重新取数", required=False)


class PressForm(forms.Form):
    """A step that asks for nothing."""


class OneMarkForm(forms.Form):
    """One mark by hand beside the automatic one; empty says that the item does not apply."""

    reason = _said("理由")
    apart = forms.BooleanField(label="这一项对它不适用", required=False)
    field_order = ("mark", "apart", "reason")

    def __init__(self, data=None, *, score):
        super().__init__(data, initial={"mark": score.hand, "reason": score.hand_reason})
        self.fields["mark"] = _mark(f"评定分（满分{score.full.normalize():f}）", score.full, required=False)
        self.order_fields(self.field_order)

    def clean(self):
        values = super().clean()
        if values.get("mark") is None and not values.get("apart") and "mark" not in self.errors:
            self.add_error("mark", "请写评定分，或勾选不适用。")
        if values.get("apart"):
            values["mark"] = None
        return values


class _Lines(forms.Form):
    """A mark and a reason for each score; ``MARK`` and ``REASON`` are the fields of the score that say what stands there."""

    MARK, REASON = "hand", "hand_reason"

    def __init__(self, data=None, *, scores):
        first = {f"mark_{each.pk}": getattr(each, self.MARK) for each in scores}
        first |= {f"reason_{each.pk}": getattr(each, self.REASON) for each in scores}
        super().__init__(data, initial=first)
        self.scores, self.sent = scores, data
        for each in scores:
            self.fields[f"mark_{each.pk}"], self.fields[f"reason_{each.pk}"] = self.boxes(each)

    @property
    def lines(self):
        return [(each, self[f"mark_{each.pk}"], self[f"reason_{each.pk}"]) for each in self.scores]


class MarksForm(_Lines):
    """One item, all subjects: a line each; a line without mark and reason says nothing."""

    def boxes(self, score):
        reason = Text(label=f"{score.subject.name}评定理由", required=False, max_length=SAID)
        return _mark(f"{score.subject.name}评定分", score.full, required=False), reason

    def clean(self):
        values = super().clean()
        for each in self.scores:
            mark, reason = values.get(f"mark_{each.pk}"), values.get(f"reason_{each.pk}")
            if mark is not None and not reason and f"reason_{each.pk}" not in self.errors:
                self.add_error(f"reason_{each.pk}", "请写明评定的理由。")
            if reason and mark is None and f"mark_{each.pk}" not in self.errors and reason != each.hand_reason:
                self.add_error(f"mark_{each.pk}", "请写评定分。")
        return values

    @property
    def given(self):
        """(score, mark, reason, version seen) of the lines that say something new."""
        values = self.cleaned_data
        for each in self.scores:
            mark, reason = values[f"mark_{each.pk}"], values[f"reason_{each.pk}"]
            if mark is not None and (mark, reason) != (each.hand, each.hand_reason):
                yield each, mark, reason, self.seen(each)

    def seen(self, score):
        text = self.sent.get(f"seen_{score.pk}", "")
        return int(text) if text.isdecimal() and len(text) < 10 else -1


class PanelForm(MarksForm):
    """One item, one seat, all subjects."""

    def __init__(self, data=None, *, scores, seat):
        for each in scores:
            given = next((mark for mark in each.panel.all() if mark.seat == seat), None)
            each.hand, each.hand_reason = (given.mark, given.reason) if given else (None, "")
        super().__init__(data, scores=scores)


class SelfForm(_Lines):
    """The unit's own marks with what they rest on; a draft may be unfinished."""

    MARK, REASON = "self_mark", "self_reason"

    def boxes(self, score):
        reason = _said(f"{score.item.title}自评依据和过程", required=False)
        return _mark(f"{score.item.title}自评分", score.full, required=False), reason

    @property
    def said(self):
        values = self.cleaned_data
        return {each.pk: (values[f"mark_{each.pk}"], values[f"reason_{each.pk}"]) for each in self.scores}


class ObjectionForm(forms.Form):
    text = _said("哪条记录不对", rows=2)
    wanted = _said("应当是多少，为什么")


class AnswerForm(forms.Form):
    """Yes with the mark it becomes, or no; both say why."""

    granted = forms.ChoiceField(label="答复", choices=Objection.Answer.choices[1:], widget=forms.RadioSelect)
    note = _said("理由")
    field_order = ("granted", "mark", "note")

    def __init__(self, data=None, *, score, initial=None):
        super().__init__(data, initial=initial)
        self.fields["mark"] = _mark(
            f"改为（满分{score.full.normalize():f}）", score.full, required=False, help_text="成立时填写。"
        )
        self.order_fields(self.field_order)

    def clean(self):
        values = super().clean()
        values["granted"] = values.get("granted") == Objection.Answer.GRANTED
        if values["granted"] and values.get("mark") is None and "mark" not in self.errors:
            self.add_error("mark", "异议成立的，请写明改为多少分。")
        return values


class DecisionForm(forms.Form):
    decision = _said("研究结果", Ground.WORDS)
