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


def unit_input():
    """A text input that offers the names of units (a datalist with the id unit-names stands on the page)."""
    return forms.TextInput(attrs={"list": "unit-names", "placeholder": "名称或拼音首字母", "autocomplete": "off"})


def names_in(text):
    return [name for name in SEPARATORS.split(clean(text)) if name]
