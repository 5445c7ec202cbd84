"""Units named by a person: as printed, by another spelling, or by pinyin initials."""

import difflib
import re

from django import forms

from kit.forms import Text
from kit.text import clean
from units.models import Unit

LONGEST = Unit._meta.get_field("full_name").max_length
SEPARATORS = re.compile(r"[、，,;；\s]+")


def read_unit(text):
    """Return the unit that ``text`` means; several or none is a ValidationError that offers the nearest names."""
    if len(text) > LONGEST:
        raise forms.ValidationError(f"没有名为“{text[:20]}……”的单位，单位名称不超过{LONGEST}字。")
    active = Unit.objects.active()
    if unit := active.named(text):
        return unit
    if ended := Unit.objects.select_related("successor").named(text):
        heir = ended.answering()
        raise forms.ValidationError(f"{ended}已停用{f'，由{heir}承接，请改写{heir}' if heir else ''}。")
    found = list(active.search(text)[:6])
    if len(found) == 1:
        return found[0]
    if found:
        raise forms.ValidationError(f"“{text}”对应多个单位：{_joined(found)}。请写明是哪一个。")
    near = difflib.get_close_matches(text, active.values_list("name", flat=True), n=3, cutoff=0.4)
    hint = f"，相近的有：{'、'.join(near)}" if near else ""
    raise forms.ValidationError(f"没有名为“{text}”的单位{hint}。")


def _joined(units):
    names = [unit.name for unit in units[:5]]
    return "、".join(names) + (" 等" if len(units) > len(names) else "")


class UnitField(Text):
    """One unit, typed or picked from the list of names."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("widget", unit_input())
        super().__init__(**kwargs)

    def clean(self, value):
        text = super().clean(value)
        return read_unit(text) if text else None


class UnitsField(Text):
    """Several units in one box, as a document lists them, each once; what is wrong with any is told of all."""

    most = 300

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", self.most * LONGEST)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 1}))
        super().__init__(**kwargs)

    def clean(self, value):
        found, faults, names = [], [], names_in(super().clean(value))
        if len(names) > self.most:
            raise forms.ValidationError(f"一次最多{self.most}个单位，现有{len(names)}个。")
        for name in names:
            try:
                found.append(read_unit(name))
            except forms.ValidationError as error:
                faults.append(error.message)
        if faults:
            raise forms.ValidationError(faults)
        return list(dict.fromkeys(found))


class UnitRows:
    """What a form does with rows of units, all named ``row``; one may hold a list as the document prints it."""

    row, spare_rows = "unit", 2

    def __init__(self, data=None, *, units=(), **kwargs):
        super().__init__(data, **kwargs)
        typed = data.getlist(self.row) if data is not None else [unit.name for unit in units]
        self.typed = [text.strip() for text in typed if text.strip()]
        self.problems = {}

    @property
    def rows(self):
        """(text, error) of every row, with a few empty ones below."""
        filled = [(text, self.problems.get(place, "")) for place, text in enumerate(self.typed)]
        return filled + [("", "")] * self.spare_rows

    def read_rows(self, taken=()):
        """Return the units; ``problems`` tell what is wrong with a row. ``taken``: {unit: why it may stand in none}."""
        found, taken = [], dict(taken)
        for place, name in ((place, name) for place, text in enumerate(self.typed) for name in names_in(text)):
            try:
                unit = read_unit(name)
            except forms.ValidationError as error:
                self.problems[place] = error.message
                continue
            if unit in taken:
                self.problems[place] = f"{unit}{taken[unit]}"
            taken.setdefault(unit, "重复了。")
            found.append(unit)
        return found


def unit_input():
    """A text input that offers the names of units (a datalist with the id unit-names stands on the page)."""
    return forms.TextInput(attrs={"list": "unit-names", "placeholder": "名称或拼音首字母", "autocomplete": "off"})


def names_in(text):
    return [name for name in SEPARATORS.split(clean(text)) if name]
