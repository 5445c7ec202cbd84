"""What a township types about the projects at its place: a box each, those not touched change nothing."""

from django import forms

from kit.forms import Text
from kit.refusal import Conflict, Refusal
from reports.actions.places import say_at_place
from reports.models import PlaceRemark


class PlaceForm(forms.Form):
    text = Text(
        label="属地说明",
        required=False,
        max_length=PlaceRemark.LIMIT,
        widget=forms.Textarea(attrs={"rows": 2, "data-count": PlaceRemark.LIMIT}),
    )
    seen = Text(required=False, widget=forms.HiddenInput)

    def __init__(self, data, row):
        said = row.remark.text if row.remark else ""
        super().__init__(
            data and data.dict(),
            prefix=f"p{row.project.pk}",
            initial={"text": said, "seen": said},
            use_required_attribute=False,
        )
        self.row = row

    @property
    def was_sent(self):
        return f"{self.prefix}-text" in self.data

    def save(self, by):
        """Whether anything was written; what the action refuses stands beside the box."""
        if not self.was_sent or not self.is_valid():
            return False
        try:
            return say_at_place(
                self.row.project, self.row.period, by, self.cleaned_data["text"], seen=self.cleaned_data["seen"]
            )
        except Conflict as why:
            # A second press has seen what the colleague wrote.
            self.data = self.data | {f"{self.prefix}-seen": why.current.text if why.current else ""}
            self.add_error("text", f"{why}。要改成下面这样，请再按一次保存。")
        except Refusal as why:
            self.add_error("text", str(why))
        return False
