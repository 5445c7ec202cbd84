from django import forms

from kit.forms import Text
from units.models import Unit


class UnitForm(forms.Form):
    """Whether a name is free, the action asks."""

    name = Text(label="名称", max_length=60, help_text="与文件所印一致，例如：县教育局。")
    full_name = Text(label="全称", max_length=120, required=False)
    peer_group = forms.ChoiceField(label="同类组", choices=Unit.PeerGroup.choices, initial=Unit.PeerGroup.GOVERNMENT)

    @property
    def unit(self):
        """After all others; only after is_valid."""
        last = Unit.objects.order_by("order").last()
        return Unit(**self.cleaned_data, order=last.order + 10 if last else 10)
