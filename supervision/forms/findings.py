"""One line of an occasion as it is typed on a phone, over a line that may be cut."""

from django import forms

from kit.forms import Box, DayField, Text
from supervision.forms.deeds import PointsField
from supervision.models import Item, Occasion, Stop
from tasks.forms.units import UnitField
from tasks.models import Cause, Milestone

Kind = Item.Kind
# What each kind of occasion notes, in its own words.
KINDS = {
    Occasion.Kind.INSPECTION: ((Kind.FINDING, "问题"), (Kind.PRAISE, "做得好")),
    Occasion.Kind.INTERVIEW: ((Kind.DECISION, "整改要求"),),
}
OTHERS = ((Kind.DECISION, "议定事项"), (Kind.FINDING, "发现问题"), (Kind.PRAISE, "肯定"))


class NoteForm(forms.Form):
    """``key`` is made with the page: the same note sent twice is one."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": "请刷新页面再填。"})
    stop = forms.ModelChoiceField(Stop.objects.none(), label="第几站", required=False, empty_label="不分站")
    text = Text(
        label="看到什么",
        max_length=Item.FOUND,
        widget=forms.Textarea(attrs={"rows": 3, "data-count": Item.FOUND, "data-draft": True}),
    )
    kind = forms.ChoiceField(label="属于", widget=forms.RadioSelect)
    cause = forms.ChoiceField(
        label="原因", choices=Cause.choices, required=False, widget=forms.RadioSelect, help_text="是问题才选，可不选。"
    )
    milestone = forms.ModelChoiceField(
        Milestone.objects.none(), label="完成改革方案的哪一步", required=False, empty_label="不涉及"
    )
    unit = UnitField(label="给谁办", required=False)
    due_on = DayField(label="哪天前", required=False)

    def __init__(self, *args, occasion, steps, **kwargs):
        super().__init__(*args, **kwargs)
        kinds, stops = KINDS.get(occasion.kind, OTHERS), occasion.stops.select_related("project__task", "unit")
        self.fields["kind"].choices = [(kind.value, word) for kind, word in kinds]
        self.initial.setdefault("kind", kinds[0][0].value)
        if occasion.is_interview or not stops:
            del self.fields["stop"]
        else:
            self.fields["stop"].queryset = stops
            self.fields["stop"].choices = [("", "不分站"), *((stop.pk, f"第{stop.number}站 {stop}") for stop in stops)]
        if occasion.kind != Occasion.Kind.INSPECTION:
            self.fields["text"].label = "内容"
            del self.fields["cause"]
        if steps is None:
            del self.fields["milestone"]
        else:
            self.fields["milestone"].queryset = steps
            self.fields["milestone"].choices = [
                ("", "不涉及"),
                *((step.pk, f"{step.task.number} {step.task.short_title}：{step.title}") for step in steps),
            ]

    def clean(self):
        values = super().clean()
        if values.get("kind") == Kind.PRAISE:
            values |= {"cause": "", "due_on": None}
        return values


class LookForm(forms.Form):
    """What was seen where a finding had been closed."""

    is_back = forms.ChoiceField(
        label="回头看的结果", choices=[("0", "没有反弹"), ("1", "反弹")], widget=forms.RadioSelect
    )
    note = Box("看到什么", 200)
    points = PointsField()
    due_on = DayField(label="反弹的，新期限", error_messages={"required": "请写明新期限。"})

    def __init__(self, data=None, *, reopened=None, initial=None):
        """``reopened`` is the directive that begins anew if it came back; without one neither points nor a day are asked."""
        super().__init__(data, initial=initial)
        if reopened is None or not self.fields["points"].offer(reopened):
            del self.fields["points"]
        if reopened is None:
            del self.fields["due_on"]
        else:
            self.fields["due_on"].help_text = f"反弹的，{reopened.code}同时重新办理。"
        for name in {"points", "due_on"} & set(self.fields):
            self.fields[name].required &= self.data.get("is_back") == "1"

    def clean_is_back(self):
        return self.cleaned_data["is_back"] == "1"
