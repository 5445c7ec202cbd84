"""Of which plan interviews are proposed."""

from django import forms

from tasks.models import Plan


class ProposingForm(forms.Form):
    plan = forms.ModelChoiceField(Plan.objects.none(), label="方案")

    def __init__(self, *args, plans, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = Plan.objects.filter(pk__in=[plan.pk for plan in plans])
        self.fields["plan"].choices = [(plan.pk, plan.named) for plan in plans]
