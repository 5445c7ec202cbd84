"""What is handed down, and what a leader orders, as it is typed."""

from django import forms

from kit import clock
from kit.forms import Asked, Box, DayField, Text
from reports.models import Workday
from supervision import limits
from supervision.dashboard.directives import BY
from supervision.models import Directive, Point
from tasks.forms.units import UnitField, UnitsField
from tasks.models import Cause
from units.models import Unit, User

TITLE, LONG = Directive.TITLE, Directive.TEXT
# Workdays until an issuer's day is proposed, by what it is about; a leader's ways to say until when.
DAYS, USUAL = {"ABOVE": 5, "FINDING": 10, "DECISION": 5}, 10
WITHIN = ((3, "3天"), (5, "一周"), (10, "半月"))
SPARE = 3


def proposed_day(kind):
    return limits.proposed(clock.today(), DAYS.get(kind, USUAL), Workday.test())


def _workday(day, word):
    if day and (fault := limits.fault_of(day, clock.today(), Workday.test(), word)):
        raise forms.ValidationError(fault)
    return day


def _of_point(day, whole):
    day = _workday(day, "本点期限")
    if day and (fault := limits.fault_of_part(day, whole)):
        raise forms.ValidationError(fault)
    return day


class DirectiveForm(forms.Form):
    """A draft, all of it. Its points are rows of their own: text and day, the empty ones fall away."""

    title = Text(label="事由", max_length=TITLE, help_text="一句话，列表里就看这一句。")
    kind = forms.ChoiceField(label="来源", choices=Directive.Kind.choices)
    units = UnitsField(
        label="承办单位",
        required=False,
        help_text="一家办就写一家；写几家，就是一份交办单、各家分别签收答复。用顿号隔开。",
    )
    groups = forms.MultipleChoiceField(
        label="再加整类单位",
        required=False,
        choices=Unit.PeerGroup.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = DayField(label="办结期限", required=False)
    ordered_by = forms.ModelChoiceField(
        User.objects.none(),
        label="批示领导",
        required=False,
        empty_label="不是批示",
        help_text="替县领导记批示时选，来源选“领导批示”；办结时告诉领导。",
    )
    helpers = UnitsField(label="协助单位", required=False, help_text="协助的没有期限，能看到全过程。")
    co_issuers = UnitsField(label="联合交办", required=False, help_text="能看、能提意见；由交办单位一家销号。")
    cause = forms.ChoiceField(label="原因", required=False, choices=[("", "不分"), *Cause.choices])
    level = forms.ChoiceField(label="谁能定", choices=Directive.Level.choices)
    source_text = Box("原文", LONG, 4, required=False, help_text="从来源照抄，下达后不改。")

    def __init__(self, data=None, *, points=(), initial=None):
        super().__init__(data, initial=initial)
        self.fields["ordered_by"].queryset = User.objects.filter(role=User.Role.LEADER, is_active=True)
        typed = zip(data.getlist("point"), data.getlist("point_due"), strict=False) if data is not None else points
        self.typed = [(text, day) for text, day in typed if str(text).strip() or day]
        self.point_errors = {}

    @property
    def rows(self):
        """(text, day, error) of every point, with a few empty ones below."""
        filled = [(text, day, self.point_errors.get(place, "")) for place, (text, day) in enumerate(self.typed)]
        return filled + [("", "", "")] * (SPARE if len(filled) < SPARE else 1)

    def clean_due_on(self):
        """Told here, where it is typed; it is asked again when it is issued."""
        return _workday(self.cleaned_data["due_on"], "办结期限")

    def clean(self):
        values = super().clean()
        text, day = Text(label="要求", max_length=Point.TEXT), DayField(label="本点期限", required=False)
        found = []
        for place, (words, due) in enumerate(self.typed):
            try:
                found.append((text.clean(words), _of_point(day.clean(due), values.get("due_on"))))
            except forms.ValidationError as error:
                self.point_errors[place] = "".join(error.messages)
        if self.point_errors:
            self.add_error(None, "要求有写得不对的，见下面标出的行。")
        values["points"] = found
        if groups := values.pop("groups", None):
            more = Unit.objects.active().filter(peer_group__in=groups)
            values["units"] = list(dict.fromkeys([*values.get("units", ()), *more]))
        return values


class OrderForm(forms.Form):
    """A leader's word, by thumb: what, to whom, until when."""

    text = Box("批示", Point.TEXT, 4)
    who = forms.ChoiceField(label="交给谁", widget=forms.RadioSelect)
    other = UnitField(label="其他单位", required=False)
    within = forms.ChoiceField(label="多久回复", widget=forms.RadioSelect)

    LEFT, ELSE, NONE = "left", "else", "none"

    def __init__(self, data=None, *, units=(), initial=None):
        super().__init__(data, initial=initial)
        self.near = {str(unit.pk): unit for unit in units}
        near = [(key, unit.name) for key, unit in self.near.items()]
        self.fields["who"].choices = [*near, (self.ELSE, "其他单位"), (self.LEFT, "由督查室定")]
        is_workday, today = Workday.test(), clock.today()
        self.days = {str(days): limits.proposed(today, days, is_workday) for days, _ in WITHIN}
        dated = [(str(days), f"{word} {self.days[str(days)]:%m-%d}") for days, word in WITHIN]
        self.fields["within"].choices = [*dated, (self.NONE, "由督查室定")]

    def clean(self):
        values = super().clean()
        who = values.get("who")
        values["unit"] = values.get("other") if who == self.ELSE else self.near.get(who)
        if who == self.ELSE and not values.get("other") and "other" not in self.errors:
            self.add_error("other", "请写明交给哪个单位。")
        values["due_on"] = self.days.get(values.get("within"))
        return values


class AsOfForm(Asked):
    """What counts are made by, and of which day; no day is now."""

    by = forms.ChoiceField(label="按什么看", required=False, choices=[(name, word) for name, (word, *_) in BY.items()])
    day = DayField(label="截至（日末）", required=False)
