"""One line of an occasion, corrected."""

from django import forms

from kit.forms import Box, DayField
from supervision.models import Item
from tasks.forms.units import UnitField


class ItemForm(forms.Form):
    text = Box("内容", Item.TEXT)
    unit = UnitField(label="办理单位", required=False)
    due_on = DayField(label="时限", required=False)
