"""The figures of a unit's indicators in one month, typed beside its monthly report; no report is owed by them."""

from django import forms

from kit.forms import Number
from kit.rates import written
from kit.refusal import Refusal
from tasks.actions.readings import record_reading
from tasks.models import Indicator
from tasks.permissions import sources_of

WRONG = "请填写数字，最多两位小数。"


class MonthReadings(forms.Form):
    """A box for each indicator and source that the unit enters; a box not touched changes nothing."""

    def __init__(self, *args, user, month, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.month, self.asked = user, month, {}
        for indicator in _asked(user, month):
            for kind in sources_of(user, indicator):
                self._ask(indicator, kind)

    def _ask(self, indicator, kind):
        name, value = f"i{indicator.pk}-{kind}", indicator.own(kind, self.month)
        words = f"{indicator.name}{'当月数' if indicator.adds_up else '截至当月的数'}"
        self.asked[name] = (indicator, kind, "" if value is None else written(value))
        self.fields[name] = Number(
            label=f"{words}（{indicator.unit_of_measure}）",
            required=False,
            max_digits=14,
            decimal_places=2,
            initial=value,
            error_messages={"invalid": WRONG},
        )

    @property
    def rows(self):
        """[(indicator, source, box, what was seen, what it comes to by this month)], for the page."""
        return [
            (indicator, kind, self[name], seen, indicator.actual(self.month, kind))
            for name, (indicator, kind, seen) in self.asked.items()
        ]

    def clean(self):
        values = super().clean()
        for name, (_, _, now) in self.asked.items():
            seen = self.data.get(f"{name}-seen", now)
            if values.get(name) is not None and self._is_new(name) and seen != now:
                self.add_error(name, f"打开页面以后有人填了{now or '空'}，请核对后再保存。")
        return values

    def _is_new(self, name):
        value, now = self.cleaned_data.get(name), self.asked[name][2]
        return value is not None and written(value) not in (now, self.data.get(f"{name}-seen", now))

    def save(self):
        new = [name for name in self.asked if self._is_new(name)]
        for name in new:
            indicator, kind, _ = self.asked[name]
            source = f"{self.user.unit.name}{self.month.month}月填报"
            try:
                record_reading(
                    indicator, self.month, self.user, value=self.cleaned_data[name], source=source, kind=kind
                )
            except Refusal as refusal:
                self.add_error(name, str(refusal))
        return 0 if self.errors else len(new)


def _asked(user, month):
    """Return those of plans that run in the month; what the register makes official is asked of nobody."""
    rows = Indicator.objects.visible_to(user).entered_by(user.unit_id).with_readings()
    rows = rows.filter(plan__starts_on__lte=month, plan__ends_on__gte=month)
    return [each for each in rows if not each.is_computed(each.official)]
