"""An occasion that is planned, its schedule, and what is said when it is over."""

import datetime

from django import forms

from kit import clock
from kit.forms import LAST, Box, DayField, MonthField, Text, Whole
from supervision.models import Addition, Answer, Occasion
from supervision.permissions import can_organise
from tasks.forms.units import UnitField, UnitsField
from tasks.models import Plan, Project
from units.models import User

Kind = Occasion.Kind
SPANS = ((1, "一个月"), (3, "一个季度"), (6, "半年"), (12, "全年"))
# Which fields a kind has, in their order; once it took place its record stands before them.
FIELDS = {
    Kind.MEETING: "title held_on ends_on place chair people content",
    Kind.INSPECTION: "title held_on ends_on basis ways content people contact",
    Kind.INTERVIEW: "title level held_on place chair basis content contact",
    Kind.ACTIVITY: "title held_on ends_on place chair people content",
}
LABELS = {
    Kind.MEETING: {"content": "议题"},
    Kind.INSPECTION: {"people": "督查人员", "title": "督查名称"},
    Kind.INTERVIEW: {"chair": "约谈人", "content": "约谈事由和要求", "title": "约谈名称"},
    Kind.ACTIVITY: {"content": "内容"},
}
CONCLUDED = {Kind.INSPECTION: "督查结论", Kind.INTERVIEW: "约谈结论"}


def fields_of(kind, *, held):
    names = FIELDS[kind].split()
    return ["notes", *(["conclusion"] if kind in CONCLUDED else ()), *names] if held else names


class HeadForm(forms.Form):
    """What stands at the head of an occasion of ``kind``, and once it is ``held`` what was recorded."""

    title = Text(label="名称", max_length=Occasion.TITLE)
    level = forms.ChoiceField(label="层级", choices=Occasion.Level.choices, widget=forms.RadioSelect)
    held_on = DayField(label="日期")
    ends_on = DayField(label="到哪天", required=False, help_text="只有一天的不填。")
    place = Text(label="地点", required=False, max_length=80)
    chair = Text(label="主持人", required=False, max_length=80)
    basis = Box("依据", Occasion.BASIS, 2, required=False, help_text="文件、会议或批示。")
    ways = forms.MultipleChoiceField(
        label="方式",
        required=False,
        choices=list(Occasion.WAY_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    content = Box("内容和要求", Occasion.TEXT, 5, required=False)
    people = Box("参加人员", 300, 2, required=False)
    contact = Text(label="联系人和电话", required=False, max_length=80)
    notes = Box("记录", Occasion.TEXT, 8, required=False)
    conclusion = Box("结论", Occasion.TEXT, 5, required=False)

    def __init__(self, *args, kind, held=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, kept = kind, fields_of(kind, held=held)
        own = [name for name in self.fields if name not in HeadForm.base_fields]
        self.fields = {name: self.fields[name] for name in (*own, *kept)}
        for name, label in {**LABELS[kind], **({"conclusion": CONCLUDED.get(kind)})}.items():
            if name in self.fields:
                self.fields[name].label = label

    def clean_ways(self):
        return "".join(way for way in Occasion.WAYS if way in self.cleaned_data["ways"])

    def clean(self):
        values = super().clean()
        first, last = values.get("held_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", f"早于开始日期{first:%Y-%m-%d}。")
        return values


class PeopleForm(HeadForm):
    """Who holds it besides the unit of whoever types, and of an interview which county leaders talk."""

    co_organisers = UnitsField(label="联合组织单位", required=False, max_length=300, help_text="几个单位用顿号分开。")
    talkers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="哪几位县领导约谈",
        required=False,
        help_text="勾选的领导能看约谈内容。",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.kind == Kind.INTERVIEW:
            self.fields["talkers"].queryset = User.objects.filter(role=User.Role.LEADER, is_active=True)
        else:
            del self.fields["talkers"]


class NewForm(PeopleForm):
    """A new one: of which plan, and for which period."""

    plan = forms.ModelChoiceField(Plan.objects.none(), label="方案", empty_label="请选择")
    month = MonthField(label="代表的时期，从")
    span = forms.TypedChoiceField(label="多长", choices=SPANS, coerce=int, initial=1)
    named = UnitField(label="约谈哪个单位")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        plans = plans_of(user)
        self.fields["plan"].queryset = Plan.objects.filter(pk__in=[plan.pk for plan in plans])
        self.fields["plan"].choices = [("", "请选择"), *((plan.pk, plan.named) for plan in plans)]
        if len(plans) == 1:
            self.initial["plan"] = plans[0].pk
        self.initial.setdefault("month", clock.today().replace(day=1))
        if self.kind != Kind.INTERVIEW:
            del self.fields["named"]
        self.order_fields(["plan", "named", "title", "held_on", "ends_on", "month", "span", *HeadForm.base_fields])


def plans_of(user):
    plans = Plan.objects.visible_to(user).filter(ends_on__gte=clock.today()).select_related("office").current_first()
    return [plan for plan in plans if can_organise(user, plan)]


class ProjectField(Text):
    """A project typed by code or name, or picked from the list."""

    projects = ()

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        found = [each for each in self.projects if text in (each.code, each.name, str(each))]
        if len(found) != 1:
            raise forms.ValidationError(f"{'没有' if not found else '有几个'}“{text[:30]}”，请写项目编号或全名。")
        return found[0]


class StopForm(forms.Form):
    """One line of the schedule; a row that names nobody is none."""

    key = Whole(required=False, widget=forms.HiddenInput, label="编号")
    day = DayField(label="日期", required=False)
    hour = forms.TimeField(
        label="时间",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "时间写作9:30。"},
    )
    group = Text(label="组别", required=False, max_length=20)
    people = Text(label="人员", required=False, max_length=120)
    project = ProjectField(
        label="督查项目",
        required=False,
        max_length=Project.NAME + 30,
        widget=forms.TextInput(attrs={"list": "project-names", "placeholder": "编号或名称", "autocomplete": "off"}),
    )
    unit = UnitField(label="责任单位", required=False)

    def clean(self):
        values = super().clean()
        said = any(values.get(name) for name in ("day", "hour", "group", "people"))
        if said and not (values.get("project") or values.get("unit")) and not {"project", "unit"} & set(self.errors):
            self.add_error("unit", "请写明去哪个项目或单位。")
        return values


class StopRows(forms.BaseFormSet):
    """The schedule of one occasion, whose plan's projects may be named."""

    def __init__(self, *args, projects, **kwargs):
        super().__init__(*args, prefix="s", **kwargs)
        self.projects = projects

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.fields["project"].projects = self.projects
        return form

    def add_error(self, _, error):
        """What an action refuses concerns the whole of it (``kit.forms.told_on``)."""
        self.non_form_errors().append(error)

    @property
    def rows(self):
        """By day, group and hour; what has neither stands last, as it was typed."""
        kept = [form.cleaned_data for form in self if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        kept = [{name: row[name] for name in STOP} for row in kept if row.get("project") or row.get("unit")]
        return sorted(kept, key=lambda row: (row["day"] or LAST, row["group"], row["hour"] or datetime.time.max))


STOP = ("key", "day", "hour", "group", "people", "project", "unit")
StopFormSet = forms.formset_factory(StopForm, formset=StopRows, extra=3, can_delete=True, max_num=200)


class AnnounceForm(forms.Form):
    letter_number = Text(
        label="通知文号", required=False, max_length=40, help_text="不填则按本单位的顺序编号，例如约〔2015〕3号。"
    )


class DropForm(forms.Form):
    reason = Box("原因", 200, 2)


class AnswerForm(forms.Form):
    text = Box("内容", Answer.TEXT, 6)


class WordForm(forms.Form):
    text = Box("补充", Addition.TEXT, 3)
