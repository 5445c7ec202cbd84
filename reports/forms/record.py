"""Which year of a unit's record to show."""

from kit.forms import Asked, Whole, unknown


class YearForm(Asked):
    year = Whole(label="年度", required=False, min_value=2000, max_value=2100)

    def asked(self, years):
        self.is_valid()
        year = self.cleaned_data["year"]
        if year is not None and year not in years:
            raise unknown(("年度", str(year)))
        return year or next(iter(years), None)
