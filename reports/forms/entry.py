"""One entry of a monthly report as it came in: every good field is kept, a bad one is told beside its field."""

import hashlib
import json
from dataclasses import dataclass

from django import forms
from django.utils.functional import cached_property

from kit.fields import Choice, Field
from kit.forms import number_of
from reports.line import field_of

MARK = 8


@dataclass(frozen=True)
class Drawn:
    asked: Field
    field: forms.BoundField
    sentences: list[str]
    attrs: dict[str, str]

    @property
    def box(self):
        return self.field.as_widget(attrs=self.attrs)

    @property
    def choices(self):
        """(id, value, label, chosen) of each answer to choose from."""
        chosen = self.field.value()
        choices = self.field.field.choices if self.is_choice else ()
        return [
            (f"{self.field.auto_id}_{n}", value, label, value == chosen) for n, (value, label) in enumerate(choices)
        ]

    @property
    def is_choice(self):
        return isinstance(self.field.field.widget, forms.RadioSelect)

    @property
    def is_box(self):
        return isinstance(self.field.field.widget, forms.CheckboxInput)


class EntryForm(forms.Form):
    """Prefixed by the entry's key, so that a page holds as many as there are tasks."""

    def __init__(self, entry, data=None):
        self.entry, self.asked = entry, entry.asked
        initial = self.asked.plain_of(entry)
        super().__init__(data, prefix=prefix_of(entry), initial=initial, use_required_attribute=False)
        self.fields = {name: each.form_field for name, each in self.asked.items()}

    def drawn(self, name, sentences=()):
        """Its box tied to hint and errors, the errors being ``sentences`` too."""
        field = self[name]
        told = [str(each) for each in field.errors] + list(sentences)
        attrs = {"aria-describedby": f"{field.auto_id}_helptext {field.auto_id}_error"}
        if told:
            attrs["aria-invalid"] = "true"
        return Drawn(self.asked[name], field, told, attrs)

    @property
    def was_sent(self):
        return f"{self.prefix}-seen" in self.data

    @cached_property
    def seen(self):
        """The version the page was drawn with, and the marks of the values it showed; garbled ones match nothing."""
        version, _, marks = self.data.get(f"{self.prefix}-seen", "").partition(":")
        return number_of(version), {marks[n : n + MARK] for n in range(0, len(marks), MARK)}

    @property
    def good_values(self):
        """Well-formed ones; a field that was not sent is left alone, a box unless it was shown empty."""
        self.is_valid()
        sent = {name for name in self.asked if f"{self.prefix}-{name}" in self.data}
        if any(self.asked[name].is_text for name in sent):
            sent |= {
                name for name, each in self.asked.items() if each.blank is False and self.showed(name, (True, False))
            }
        return {name: value for name, value in self.cleaned_data.items() if name in sent}

    def showed(self, name, values):
        return any(mark_of(name, value) in self.seen[1] for value in values)

    @property
    def typed(self):
        """What the person changed on the page, whatever is on record by now."""
        return {name: value for name, value in self.good_values.items() if not self.showed(name, [value])}

    @property
    def changes(self):
        return {name: value for name, value in self.typed.items() if value != getattr(self.entry, name)}

    def contested(self, current):
        """The fields that this page and somebody else changed differently since the page was drawn."""
        found = {name: getattr(current, name) for name in self.typed}
        return [name for name, was in found.items() if was != self.typed[name] and not self.showed(name, [was])]

    def to_take(self, current):
        """{field: plain value on record} for what the page shows differently without the person having typed it."""
        unpicked = {name: each.blank for name, each in self.asked.items() if isinstance(each, Choice)}
        now = self.asked.values_of(current)
        shown, mine = now | unpicked | self.good_values, {*self.typed, *self.errors}
        return {
            name: self.asked[name].plain(now[name]) for name in now if name not in mine and now[name] != shown[name]
        }

    def merged(self, current):
        """What was typed stays, the rest is what is on record now."""
        mine = {f"{self.prefix}-{name}" for name in {*self.typed, *self.errors}}
        data = {
            f"{self.prefix}-{name}": plain
            for name, plain in current.asked.plain_of(current).items()
            if plain not in (None, False)
        }
        return EntryForm(current, data | {name: self.data[name] for name in mine if name in self.data})


def prefix_of(entry):
    return f"e{entry.pk}"


def mark_of(name, value):
    """Short; where it is among those a page was drawn with, the field was not touched."""
    return hashlib.sha256(json.dumps([name, field_of(name).plain(value)]).encode()).hexdigest()[:MARK]


def seen_of(entry, marked=mark_of):
    """What the page sends back to say which version of the entry, and which values, it was drawn with."""
    return f"{entry.version}:{''.join(marked(name, value) for name, value in entry.asked.values_of(entry).items())}"
