"""One entry of a monthly report as it came in: every good field is kept, a bad one is told beside its field."""

import hashlib
import json
from dataclasses import dataclass

from django import forms
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from kit.forms import Text, Whole, number_of
from kit.widgets import attributes
from reports.completeness import DRAFT_LIMIT, HINTS, TEXT_LIMIT
from reports.models import Entry

NAMES = tuple(HINTS)
TOO_LONG = f"超过{DRAFT_LIMIT}字（现有%(show_value)d字），太长的部分请作为附件上传。"


@dataclass(frozen=True)
class Drawn:
    """A field with what is wrong in it and its box."""

    field: forms.BoundField
    sentences: list[str]
    box: str

    @property
    def choices(self):
        """Return (id, value, label, chosen) of each light to choose from."""
        chosen = self.field.value()
        lights = self.field.field.choices
        return [(f"{self.field.auto_id}_{n}", value, label, value == chosen) for n, (value, label) in enumerate(lights)]


class Percent(Whole):
    """A whole number of percent; the sign may be typed along, as sheets do."""

    def to_python(self, value):
        return super().to_python(str(value or "").strip().rstrip("%％ ") if value != 0 else 0)


def _text(rows, limit, label):
    widget = forms.Textarea(attrs={"rows": rows, "data-count": limit})
    return Text(
        required=False, label=label, widget=widget, max_length=DRAFT_LIMIT, error_messages={"max_length": TOO_LONG}
    )


def _line(label, placeholder=""):
    widget = forms.TextInput(attrs={"autocomplete": "off", "placeholder": placeholder})
    return Text(
        required=False, label=label, widget=widget, max_length=DRAFT_LIMIT, error_messages={"max_length": TOO_LONG}
    )


MARK = 8
WHOLE = "累计进度请填0到100的整数。"


class EntryForm(forms.Form):
    """The fields of one entry, prefixed by its key, so that a page holds as many as there are tasks."""

    progress = Percent(
        required=False,
        label="累计进度",
        min_value=0,
        max_value=100,
        error_messages={"invalid": WHOLE, "min_value": WHOLE, "max_value": WHOLE},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "0-100"}),
    )
    light = forms.ChoiceField(
        required=False,
        label="自评灯色",
        choices=Entry.LIGHTS,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "请从绿灯、黄灯、红灯、已办结中选择。"},
    )
    done = _text(4, TEXT_LIMIT, "本月进展")
    problems = _text(2, TEXT_LIMIT, "存在问题")
    next_steps = _text(2, TEXT_LIMIT, "下步打算")
    no_change = forms.BooleanField(required=False, label="本月无变化")
    no_change_reason = _line("无变化原因", "勾选时写明原因，例如：等待省厅批复")
    fall_reason = _line("进度下降原因")

    def __init__(self, entry, data=None):
        self.entry = entry
        super().__init__(data, prefix=prefix_of(entry), initial=values_of(entry), use_required_attribute=False)
        for name, field in self.fields.items():
            field.help_text = HINTS[name]

    def drawn(self, name, sentences=()):
        """Return one field as the page draws it: its box tied to hint and errors, the errors being ``sentences`` too."""
        field = self[name]
        told = [str(each) for each in field.errors] + list(sentences)
        attrs = {"aria-describedby": f"{field.auto_id}_helptext {field.auto_id}_error"}
        if told:
            attrs["aria-invalid"] = "true"
        return Drawn(field, told, "" if name == "light" else _box(field, attrs))

    @property
    def was_sent(self):
        """Say whether the request carries this entry at all."""
        return f"{self.prefix}-seen" in self.data

    @property
    def seen(self):
        """The version the page was drawn with, and {field: mark of the value it showed}; garbled ones match nothing."""
        version, _, marks = self.data.get(f"{self.prefix}-seen", "").partition(":")
        parts = [marks[n : n + MARK] for n in range(0, MARK * len(NAMES), MARK)]
        return number_of(version), dict(zip(NAMES, parts, strict=True))

    @property
    def good_values(self):
        """What was sent and is well formed; a field that was not sent is left alone."""
        self.is_valid()
        sent = {name for name in NAMES if f"{self.prefix}-{name}" in self.data}
        boxes = {"no_change"} if f"{self.prefix}-done" in self.data else set()
        return {name: value for name, value in self.cleaned_data.items() if name in sent | boxes}

    @property
    def typed(self):
        """The well-formed values the person changed on the page, whatever is on record by now."""
        shown = self.seen[1]
        return {name: value for name, value in self.good_values.items() if mark_of(value) != shown[name]}

    @property
    def changes(self):
        """What of the typed values is not on record yet."""
        return {name: value for name, value in self.typed.items() if value != getattr(self.entry, name)}

    def contested(self, current):
        """Return the fields that this page and somebody else changed differently since the page was drawn."""
        shown = self.seen[1]
        return [
            name
            for name, value in self.typed.items()
            if getattr(current, name) != value and mark_of(getattr(current, name)) != shown[name]
        ]

    def to_take(self, current):
        """Return {field: value on record} for what the page shows differently without the person having typed it."""
        shown = values_of(current) | {"light": ""} | self.good_values
        mine = set(self.typed) | set(self.errors)
        return {name: value for name, value in values_of(current).items() if name not in mine and value != shown[name]}

    def merged(self, current):
        """Return the form to show after a conflict: what was typed stays, the rest is what is on record now."""
        mine = {f"{self.prefix}-{name}" for name in {*self.typed, *self.errors}}
        data = {
            f"{self.prefix}-{name}": value for name, value in values_of(current).items() if value not in (None, False)
        }
        return EntryForm(current, data | {name: self.data[name] for name in mine if name in self.data})


def _box(field, attrs):
    """Draw a field's box. A page holds dozens of them: drawing each from a template of its own would double its time."""
    attrs = {"id": field.auto_id, "name": field.html_name} | field.field.widget.attrs | attrs
    value = field.value()
    if isinstance(field.field.widget, forms.CheckboxInput):
        return format_html("<input{}{}>", _sorted(attrs | {"type": "checkbox"}), mark_safe(" checked" * bool(value)))
    value = "" if value is None else value
    if isinstance(field.field.widget, forms.Textarea):
        return format_html("<textarea{}>\n{}</textarea>", _sorted(attrs), value)
    return format_html("<input{}>", _sorted(attrs | {"type": "text", "value": value}))


def _sorted(attrs):
    return attributes(dict(sorted(attrs.items())))


def prefix_of(entry):
    return f"e{entry.pk}"


def values_of(entry):
    """Return the written fields of an entry."""
    return {name: getattr(entry, name) for name in NAMES}


def mark_of(value):
    """Return a short mark of a value: a field whose mark still holds was not touched."""
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:MARK]


def seen_of(entry):
    """Return what the page sends back to say which version of the entry, and which values, it was drawn with."""
    return f"{entry.version}:{''.join(mark_of(getattr(entry, name)) for name in NAMES)}"
