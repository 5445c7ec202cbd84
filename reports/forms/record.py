"""Which year of a unit's record to show."""

from django import forms

from kit.forms import Whole


class YearForm(forms.Form):
    """One of the years there are."""

    year = Whole(required=False, min_value=2000, max_value=2100)

    def asked(self, years):
        """Return the year asked for if there is one, else the newest; None when there is none at all."""
        self.is_valid()
        year = self.cleaned_data.get("year")
        return year if year in years else next(iter(years), None)
