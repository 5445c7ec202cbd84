"""Which month the office opens, and from when until when it is reported on."""

import datetime

from django import forms

from kit import clock, deadlines
from kit.forms import DayField
from reports import windows
from reports.models import Period, Workday


class OpenForm(forms.Form):
    """Which month of which plan to open now, among those begun and not opened yet, and its moments.

    A moment left empty is the one the plan's rule gives it today.
    """

    choice = forms.ChoiceField(
        label="月份",
        widget=forms.HiddenInput,
        error_messages={"required": "请选择要开启的月份。", "invalid_choice": "这个月份不能开启。"},
    )
    opens = DayField(label="开始填报", required=False)
    due = DayField(label="按时截止", required=False)
    until = DayField(label="填报关闭", required=False)

    def __init__(self, data, plans, asked=""):
        super().__init__(data)
        self.plans, is_workday, self.offers = plans, Workday.test(), {}
        for plan in plans:
            opened = {period.month for period in plan.periods.all()}
            for month in plan.months:
                if month not in opened and month <= clock.today():
                    self.offers[f"{plan.pk}:{month:%Y-%m}"] = (plan, month, Period.window_of(plan, month, is_workday))
        self.fields["choice"].choices = [(key, _offer_words(*offer)) for key, offer in self.offers.items()]
        self.chosen = data.get("choice") if data else asked
        if self.chosen not in self.offers:
            self.chosen = self._sensible()
        if self.chosen:
            self.initial = {"choice": self.chosen, **_days(self.offers[self.chosen][2])}

    def _sensible(self):
        for plan in dict.fromkeys(plan for plan, _, _ in self.offers.values()):
            last = max((period.month for period in plan.periods.all()), default=None)
            months = [month for each, month, _ in self.offers.values() if each == plan]
            later = [month for month in months if last and month > last]
            return f"{plan.pk}:{later[0] if later else months[-1]:%Y-%m}"
        return ""

    @property
    def chosen_month(self):
        return self.offers[self.chosen][1]

    def clean(self):
        if "choice" in self.cleaned_data:
            times, hour = self.asked[2], self.asked[0].due_hour
            if not clock.now() < times.on_time_until:
                self.add_error("due", "按时截止须在现在以后，不让单位一开启就迟报。")
            elif not times.opens_at < times.on_time_until:
                self.add_error("opens", f"开始填报须早于按时截止（当天{hour}时）。")
            elif not times.on_time_until <= times.open_until:
                self.add_error("until", "填报关闭不能早于按时截止。")
        return self.cleaned_data

    @property
    def asked(self):
        plan, month, rule = self.offers[self.cleaned_data["choice"]]
        opens, due, until = (self.cleaned_data.get(name) for name in ("opens", "due", "until"))
        on_time_until = deadlines.instant(due, plan.due_hour) if due else rule.on_time_until
        return (
            plan,
            month,
            windows.Window(
                deadlines.instant(opens, 0) if opens else rule.opens_at,
                on_time_until,
                deadlines.instant(until, plan.due_hour) if until else max(rule.open_until, on_time_until),
            ),
        )


def _offer_words(plan, month, times):
    return f"{plan.named} {month.year}年{month.month}月（{deadlines.end_words(times.on_time_until)}截止）"


def _days(times):
    """As people name them: an end at 24:00 is the day before's."""
    instant = datetime.timedelta(microseconds=1)
    return {
        "opens": clock.local(times.opens_at).date(),
        "due": clock.local(times.on_time_until - instant).date(),
        "until": clock.local(times.open_until - instant).date(),
    }
