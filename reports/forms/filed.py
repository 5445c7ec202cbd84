"""What the reading page of a report is asked: which versions, which checksum; and the reason of a head who hands back."""

from django import forms

from kit.forms import Text, Whole


class VersionsForm(forms.Form):
    version = Whole(required=False, min_value=1)
    old = Whole(required=False, min_value=1)
    new = Whole(required=False, min_value=1)
    checksum = Text(required=False, max_length=80)

    def asked(self, name):
        self.is_valid()
        return self.cleaned_data.get(name)


class HandBackForm(forms.Form):
    reason = Text(
        label="退回填报人的原因",
        max_length=300,
        help_text="写清哪一项、改什么，填报人会在工作台看到。",
        error_messages={"required": "请写明退回填报人的原因。"},
        widget=forms.Textarea(attrs={"rows": 2, "data-count": 300}),
    )
