"""Which events the auditor asks for."""

from django import forms

from kit import clock, trace
from kit.forms import Asked, DayField, Text
from portal.dashboard.trace import Trace


def kinds():
    """What things have events."""
    return [("", "全部"), *((kind, table.word()) for kind, table in trace.tables().items())]


class TraceForm(Asked):
    """Kind, days and a word."""

    kind = forms.ChoiceField(choices=kinds, required=False, label="对象")
    first = DayField(required=False, label="从")
    last = DayField(required=False, label="到")
    q = Text(max_length=40, required=False, label="关键词", help_text="姓名、事项、名称或说明，可写几个词")

    def trace(self):
        """Return the Trace asked for."""
        self.is_valid()
        asked = self.cleaned_data
        first, last = asked.get("first"), asked.get("last")
        return Trace(
            kind=asked.get("kind", ""),
            word=asked.get("q", ""),
            start=clock.start_of(first) if first else None,
            end=clock.end_of(last) if last else None,
        )
