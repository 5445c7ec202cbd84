"""What is said with a verb on a paper, a scan, a letterhead."""

from django import forms

from kit.forms import Box, DayField, Text
from supervision.models import Letterhead, Paper
from tasks.forms.units import UnitField

SAID = Paper._meta.get_field("word").max_length


class WordForm(forms.Form):
    """A word with a verb; the verb says which."""

    def __init__(self, data=None, *, label):
        super().__init__(data)
        self.fields["word"] = Box(label, SAID)


class ScanForm(forms.Form):
    file = forms.FileField(label="扫描件", error_messages={"required": "请选择文件。"})
    agreed_on = DayField(label="双方签字日期", required=False)


class LetterheadForm(forms.Form):
    """An issuer without one cannot number its papers."""

    unit = UnitField(label="制发单位")
    kind = forms.ChoiceField(label="文书种类", choices=Paper.Kind.choices)
    masthead = Text(
        label="发文机关标志",
        max_length=Letterhead._meta.get_field("masthead").max_length,
        help_text=Letterhead._meta.get_field("masthead").help_text,
    )
    series = Text(
        label="刊名或机关代字",
        max_length=Letterhead._meta.get_field("series").max_length,
        help_text=Letterhead._meta.get_field("series").help_text,
    )
    numbering = forms.ChoiceField(label="编号方式", choices=Letterhead.Numbering.choices, widget=forms.RadioSelect)
