"""A draft as the script sends it."""

from django import forms

from kit.forms import Code, Text
from kit.text import clean
from units.models import Typed

UNREAD = "草稿没有读懂，请刷新页面。"


class FieldsField(forms.JSONField):
    """The fields of a form: {name: [texts]} and nothing else."""

    default_error_messages = {"invalid": UNREAD}

    def to_python(self, value):
        told = super().to_python(value) or {}
        texts = list(told.values()) if isinstance(told, dict) else [None]
        if not all(isinstance(some, list) and all(isinstance(each, str) for each in some) for some in texts):
            raise forms.ValidationError(UNREAD)
        letters = sum(len(each) for some in texts for each in some)
        if letters > Typed.LETTERS:
            raise forms.ValidationError(f"草稿不超过{Typed.LETTERS}字，现有{letters}字，没有自动保存。")
        return {clean(name): [clean(each) for each in some] for name, some in told.items()}


class TypedForm(forms.Form):
    """``first`` is what the page showed before anything was typed. Without ``values`` the draft is not wanted any more."""

    place = Text(label="页面", max_length=Typed.PLACE)
    seen = Code(label="记号", required=False, max_length=32)
    values = FieldsField(required=False)
    first = FieldsField(required=False)
