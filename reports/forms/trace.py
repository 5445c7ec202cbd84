"""Which events the auditor asks for."""

import datetime

from django import forms

from kit import clock
from reports.dashboard.trace import KINDS, Trace


class TraceForm(forms.Form):
    """Kind, days and a word; what is not well formed counts as not said."""

    kind = forms.ChoiceField(
        choices=[("", "全部"), *((kind, word) for kind, (word, *_) in KINDS.items())], required=False, label="对象"
    )
    first = forms.DateField(
        required=False, label="从", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        required=False, label="到", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    q = forms.CharField(max_length=40, required=False, label="关键词", help_text="姓名、事项或说明")

    def trace(self):
        """Return the Trace asked for."""
        self.is_valid()
        asked = self.cleaned_data
        first, last = (self._in_reach(asked.get(name)) for name in ("first", "last"))
        return Trace(
            kind=asked.get("kind", ""),
            word=asked.get("q", ""),
            start=clock.start_of(first) if first else None,
            end=clock.end_of(last) if last else None,
        )

    @staticmethod
    def _in_reach(day):
        return day if day and datetime.date(2000, 1, 1) <= day <= datetime.date(2100, 12, 31) else None
