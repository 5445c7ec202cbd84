"""A new paper, and what a draft says of itself."""

from dataclasses import replace

from django import forms
from django.core.validators import RegexValidator

from kit import clock
from kit.forms import Asked, Box, Code, MonthField, Text
from supervision.forms.directives import UnitsField
from supervision.models import Paper
from supervision.permissions import acts_for
from tasks.forms.units import UnitField

Kind = Paper.Kind
# What is begun here; the others begin where what they are about stands.
BEGUN = (Kind.BULLETIN, Kind.REPORT, Kind.MEDIA, Kind.SUMMARY, Kind.COMMITMENT)
# What may be written of one section or action, or of what a leader follows.
NARROWED = {"section": (Kind.BULLETIN, Kind.REPORT), "action": (Kind.BULLETIN, Kind.REPORT), "leader": (Kind.SUMMARY,)}
LONGEST = 24


def _months(month, until):
    return 12 * (until.year - month.year) + until.month - month.month + 1


def _grouped(parts, whole):
    """The choices of a select: the whole, then the parts by group."""
    found = {}
    for each in parts:
        found.setdefault(each.group, []).append((each.key, each.label))
    return [("", whole), *found.items()]


class _Issued(forms.Form):
    """Under whose head it goes out, with whom, to whom."""

    issuer = forms.ChoiceField(label="制发单位", help_text="由这个单位的负责人签发。")
    co_issuers = UnitsField(
        label="联合制发", required=False, help_text="用顿号隔开；可以一起改稿，其负责人会签以后，制发单位负责人再签发。"
    )
    addressee = UnitField(label="只送单位", required=False, help_text="只送一个单位的，其他单位看不到。")

    def __init__(self, data=None, *, issuers, initial=None):
        super().__init__(data, initial=initial)
        self.issuers = {str(unit.pk): unit for unit in issuers}
        self.fields["issuer"].choices = [(key, unit.name) for key, unit in self.issuers.items()]

    def clean_issuer(self):
        return self.issuers[self.cleaned_data["issuer"]]


class StartForm(_Issued):
    """As short as it goes: what is proposed is what an office wants most months."""

    kind = forms.ChoiceField(
        label="种类", choices=[(each.value, each.label) for each in BEGUN], widget=forms.RadioSelect
    )
    plans = forms.MultipleChoiceField(label="方案", required=False, widget=forms.CheckboxSelectMultiple)
    month = MonthField(label="起始月份")
    until = MonthField(label="截止月份", required=False, help_text="只写一个月的不用填。")
    part = forms.ChoiceField(
        label="只写其中一部分", required=False, help_text="专题通报、专报写一个章节或行动，总结写一位领导联系的项目。"
    )
    title = Text(label="标题", required=False, max_length=Paper.TITLE, help_text="不填则按种类和月份拟定，可以再改。")
    main_to = Text(label="主送", required=False, max_length=Paper.TO)

    def __init__(self, data=None, *, user, plans, issuers, parts=(), kind="", initial=None):
        """``kind`` is of what is begun elsewhere, with what it is about."""
        super().__init__(data, issuers=issuers, initial=initial)
        self.user, self.plans = user, {str(plan.pk): plan for plan in plans}
        self.parts = {each.key: each for each in parts}
        named = {plan.pk: plan.named for plan in plans}
        told = [replace(each, group=f"{named[each.plan]}{each.group}") for each in parts]
        self.fields["part"].choices = _grouped(told, "全部")
        self.fields["plans"].choices = [(key, plan.named) for key, plan in self.plans.items()]
        self.fields["plans"].required = not kind
        self.fields["plans"].error_messages["required"] = "请勾选写哪个方案。"
        if kind:
            self.fields["kind"].choices = [(kind, Kind(kind).label)]

    def clean_plans(self):
        return [self.plans[key] for key in self.cleaned_data["plans"]]

    def clean_part(self):
        return self.parts.get(self.cleaned_data["part"])

    def clean(self):
        values = super().clean()
        if part := values.get("part"):
            if [plan.pk for plan in values.get("plans", ())] != [part.plan]:
                self.add_error("part", f"“{part.label}”要单独写，请只勾选它所在的方案。")
            if values.get("kind") not in NARROWED[part.name]:
                self.add_error("part", "通报、专报可以只写一个章节或行动，总结可以只写一位领导联系的项目。")
        month, until = values.get("month"), values.get("until")
        if month and month > clock.today():
            self.add_error("month", "这个月还没有到。")
        if month and until and until < month:
            self.add_error("until", "截止月份不能在起始月份以前。")
        if month and until and _months(month, until) > LONGEST:
            self.add_error("until", f"一份文书最多写{LONGEST}个月。")
        others = [plan for plan in values.get("plans", ()) if not self._may_sum(plan, values.get("co_issuers") or ())]
        if others:
            named = "、".join(str(plan.office) for plan in others)
            self.add_error("plans", f"写其他办公室的方案要联合制发，请在“联合制发”中加上{named}。")
        return values

    def _may_sum(self, plan, co_issuers):
        return (
            self.user.role == self.user.Role.INSPECTOR or acts_for(self.user, plan.office) or plan.office in co_issuers
        )


def _mark(name, kind, **more):
    """A mark at the head of a paper (份号, 密级), as the model says what it may be."""
    field = Paper._meta.get_field(name)
    validators = [each for each in field.validators if isinstance(each, RegexValidator)]
    return kind(label=field.verbose_name, required=False, help_text=field.help_text, validators=validators, **more)


class HeadForm(_Issued):
    """What a draft says of itself besides its text."""

    title = Box("标题", Paper.TITLE, 2)
    main_to = Text(label="主送", required=False, max_length=Paper.TO)
    copy_to = Text(label="抄送", required=False, max_length=Paper.TO)
    direction = forms.ChoiceField(label="行文方向", choices=Paper.Direction.choices)
    copy_number = _mark("copy_number", Code, max_length=6)
    secrecy = _mark("secrecy", Text, max_length=12)
    urgency = forms.ChoiceField(label="紧急程度", choices=[("", "平件"), *Paper.Urgency.choices], required=False)
    field_order = ("title", "main_to", "copy_to", "issuer", "co_issuers", "addressee", "direction")

    def clean_title(self):
        """One line: where it breaks in print is the system's."""
        return "".join(self.cleaned_data["title"].splitlines())


class InsertForm(Asked):
    """Which part of what a paper is about, and a word the figures and tables say."""

    part = forms.ChoiceField(label="范围", required=False)
    q = Text(label="名称、算法", required=False, max_length=40)

    def __init__(self, data, *, parts):
        super().__init__(data)
        self.parts = {each.key: each for each in parts}
        self.fields["part"].choices = _grouped(parts, "全部")

    @property
    def part_asked(self):
        return self.parts.get(self.cleaned_data["part"])

    @property
    def word(self):
        return self.cleaned_data["q"]
