"""Which year's inspections an address asks for."""

from kit.forms import Asked, Whole


class YearForm(Asked):
    year = Whole(required=False, label="年度", min_value=2000, max_value=2100)
