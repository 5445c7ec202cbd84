"""One line of an occasion, corrected."""

from django import forms

from kit.forms import DayField, Text
from supervision.models import Item
from tasks.forms.units import UnitField


class ItemForm(forms.Form):
    text = Text(label="内容", max_length=Item.TEXT, widget=forms.Textarea(attrs={"rows": 3, "data-count": Item.TEXT}))
    unit = UnitField(label="办理单位", required=False)
    due_on = DayField(label="时限", required=False)
