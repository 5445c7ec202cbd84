"""The fields of every form that people type into: cleaned alike, refused by name, never cut, days and keys within reach."""

import datetime
from contextlib import contextmanager

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from kit import clock
from kit.refusal import Refusal, Unknown
from kit.text import clean, half_width, one_line

MOST_DIGITS = 18
FIRST, LAST = datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)
REACH = "年份应在2000到2100之间。"


class _Named:
    """What is missing or too long is told by the name of its field."""

    def __init__(self, *args, label=None, error_messages=None, **kwargs):
        name = str(label or "").replace("%", "%%")
        told = {"max_length": f"{name}不超过%(limit_value)d字，现有%(show_value)d字，请压缩。"}
        told |= {"required": f"请填写{label}。"} if label else {}
        super().__init__(*args, label=label, error_messages=told | (error_messages or {}), **kwargs)


class _HalfWidth(_Named):
    """Full-width digits and signs are taken as the half-width ones."""

    def to_python(self, value):
        return super().to_python(half_width(value) if isinstance(value, str) else value)


class Text(_Named, forms.CharField):
    """Text as ``kit.text`` keeps it. The box takes more than the limit: what is pasted is never cut, only refused.

    Whoever sends a line break for a box of one line did not type it there.
    """

    def to_python(self, value):
        if isinstance(value, str):
            value = clean(value) if isinstance(self.widget, forms.Textarea) else one_line(clean(value))
        return super().to_python(value)

    def widget_attrs(self, widget):
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class Box(Text):
    """Text of several lines, whose letters are counted while it is typed."""

    def __init__(self, label, most, rows=3, **more):
        widget = forms.Textarea(attrs={"rows": rows, "data-count": most})
        super().__init__(label=label, max_length=most, widget=widget, **more)


class Code(_HalfWidth, Text):
    """Letters and digits that are typed in either width: telephones, names of accounts."""


class Whole(_HalfWidth, forms.IntegerField):
    """A whole number."""


class Number(_HalfWidth, forms.DecimalField):
    """A number with decimals."""


class DayField(_HalfWidth, forms.DateField):
    """A day as 2015-11-30, 2015/11/30 or 2015年11月30日."""

    default_validators = [MinValueValidator(FIRST, REACH), MaxValueValidator(LAST, REACH)]
    formats = ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"]
    kind, invalid = "date", "请写明日期，例如2015-11-30。"

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(format=self.formats[0], attrs={"type": self.kind}))
        kwargs.setdefault("input_formats", self.formats)
        kwargs["error_messages"] = {"invalid": self.invalid} | kwargs.get("error_messages", {})
        super().__init__(**kwargs)


def not_ahead(sentence):
    """A validator of days that have come."""

    def check(day):
        if day > clock.today():
            raise forms.ValidationError(sentence)

    return check


class MonthField(DayField):
    """A month as 2015-10, 2015/10 or 2015年10月: its first day."""

    formats = ["%Y-%m", "%Y/%m", "%Y年%m月"]
    kind, invalid = "month", "月份写作2015-10。"


# Which of them a column of a model gets, in the technical administration and in forms made from models.
OF_COLUMNS = {
    models.EmailField: {},
    models.CharField: {"form_class": Text},
    models.TextField: {"form_class": Text},
    models.IntegerField: {"form_class": Whole},
    models.DecimalField: {"form_class": Number},
    models.DateTimeField: {},
    models.DateField: {"form_class": DayField},
}


class RowField(forms.ModelChoiceField):
    """One of several rows; a key that no database can hold is none of them. (Django sees that of a number, not of a key that is a link.)"""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except OverflowError as why:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from why


class InOrder:
    """A form of a thing with two days, which must come in order."""

    def clean(self):
        values = super().clean()
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "结束日期不能早于开始日期。")
        return values


def of_column(column, **kwargs):
    """Return the form field of a model's column (a ModelForm's ``formfield_callback``)."""
    kind = next((OF_COLUMNS[each] for each in type(column).mro() if each in OF_COLUMNS), {})
    return column.formfield(**kind | kwargs)


class Asked(forms.Form):
    """What an address asks of a list. A value that does not exist is told instead of the list: it never means everything."""

    def is_valid(self):
        if super().is_valid():
            return True
        asked = {name: str(self.data.get(self.add_prefix(name), "")) for name in self.errors}
        raise unknown(*((self.fields[name].label, value) for name, value in asked.items()))


@contextmanager
def told_on(form, field=None):
    """Let what an action refuses stand on the form, so that nothing typed is lost."""
    try:
        yield
    except Refusal as refusal:
        form.add_error(field, str(refusal))


def kept_rows(formset, name):
    """The values of the rows in which ``name`` is filled in and that are not taken away."""
    rows = [form.cleaned_data for form in formset]
    return [row for row in rows if row.get(name) and not row.get("DELETE")]


def unknown(*asked):
    told = "；".join(f"{label}没有“{value[:40]}”" for label, value in asked)
    return Unknown(f"{told}，因此没有显示任何内容。请核对后重选。")


def number_of(text):
    """Return a number that a page of ours wrote (a key, a version, a place), else -1, which nothing has."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else -1
