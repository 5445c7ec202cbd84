"""Filters of the lists of tasks and indicators."""

import datetime

from django import forms
from django.db.models import OuterRef
from django.utils.functional import cached_property

from kit import clock
from kit.filters import ListFilter, MonthFilter, WordsFilter, choice
from kit.statements import Exists
from tasks.lights import CHOICES
from tasks.models import Plan, Responsibility, Section, Task, TaskChange
from units.models import Unit

YES_NO = [("1", "是"), ("0", "否")]


def current(plans):
    """Return the plans that run today, else those of the newest year: what a list shows when no plan is named."""
    today, newest = clock.today(), max((plan.year for plan in plans), default=0)
    running = [plan for plan in plans if plan.starts_on <= today <= plan.ends_on]
    return running or [plan for plan in plans if plan.year == newest]


class PlanFilter(ListFilter):
    """Of which plan to show the rows: of the one asked for, else of the current ones."""

    plan = choice([], "方案", empty_label="现行方案")

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset)
        self.user = user
        self.plans = list(Plan.objects.visible_to(user).select_related("office", "rules").current_first())

    def fit(self, fields):
        fields["plan"].choices = [(plan.pk, plan.named) for plan in self.plans]

    @cached_property
    def chosen(self):
        return next((plan for plan in self.plans if str(plan.pk) == self.values.get("plan")), None)

    @cached_property
    def shown_plans(self):
        asked = self.data.get("plan")
        return [plan for plan in self.plans if str(plan.pk) == asked] or current(self.plans)

    def narrow(self, queryset):
        return super().narrow(queryset.filter(plan__in=self.shown_plans))


class TaskFilter(PlanFilter):
    section = choice([], "章节", null_label="其他任务")
    unit = WordsFilter(
        method="of_unit",
        label="单位",
        max_length=60,
        widget=forms.TextInput(attrs={"list": "unit-names", "placeholder": "名称或拼音首字母", "autocomplete": "off"}),
    )
    role = choice(Responsibility.Role.choices, "职责", "with_role")
    light = choice(CHOICES, "灯色", field_name="light_now")
    status = choice(Task.Status.choices, "状态")
    q = WordsFilter(
        method="having",
        label="关键词",
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "编号、任务、原文、首字母"}),
    )
    due = MonthFilter(method="due_in", label="完成月份")
    overdue = choice(YES_NO, "已逾期", "past_due")
    unassigned = choice(YES_NO, "待分解", "without_units")
    origin = choice(Task.Origin.choices, "来源")

    def __init__(self, data, *, user):
        super().__init__(_with_unit_name(data), Task.objects.visible_to(user).actions().by_light(), user=user)
        self.sections = list(Section.objects.filter(plan__in=self.shown_plans))

    def fit(self, fields):
        super().fit(fields)
        fields["section"].choices = self._section_choices()

    def _section_choices(self):
        several, names = len(self.shown_plans) > 1, {plan.pk: plan.named for plan in self.plans}
        return [(each.pk, f"{names[each.plan_id]} {each}" if several else str(each)) for each in self.sections]

    @property
    def uses_more(self):
        return any(self.data.get(name) for name in ("role", "status", "due", "overdue", "unassigned", "origin"))

    @property
    def chosen_columns(self):
        return self.data.getlist("columns")

    @property
    def summary(self):
        """What was asked for in words, for paper and sheets: 单位：县民政局；灯色：红灯."""
        asked = self.values.items()
        return "；".join(self._words(name, value) for name, value in asked if name not in ("plan", "tab"))

    def _words(self, name, value):
        field = self.form.fields[name]
        shown = {str(key): word for key, word in getattr(field, "choices", ())}.get(str(value), value)
        shown = f"{shown:%Y年%m月}" if isinstance(shown, datetime.date) else shown
        return f"{field.label}：{shown}"

    def of_unit(self, queryset, name, value):
        parts = Responsibility.objects.filter(task=OuterRef("pk"), unit__in=Unit.objects.search(value).values("pk"))
        if exact := Unit.objects.named(value):
            parts = Responsibility.objects.filter(task=OuterRef("pk"), unit=exact)
        if role := self.values.get("role"):
            parts = parts.filter(role=role)
        return queryset.filter(Exists(parts))

    def with_role(self, queryset, name, value):
        if self.values.get("unit"):
            return queryset
        return queryset.filter(Exists(Responsibility.objects.filter(task=OuterRef("pk"), role=value)))

    def having(self, queryset, name, value):
        return queryset.search(value)

    def due_in(self, queryset, name, value):
        following = (value + datetime.timedelta(days=31)).replace(day=1)
        return queryset.filter(due_on__gte=value, due_on__lt=following)

    def past_due(self, queryset, name, value):
        late = Task.objects.open().filter(due_on__lt=clock.today()).values("pk")
        return queryset.filter(pk__in=late) if value == "1" else queryset.exclude(pk__in=late)

    def without_units(self, queryset, name, value):
        nobody = Task.objects.unassigned().values("pk")
        return queryset.filter(pk__in=nobody) if value == "1" else queryset.exclude(pk__in=nobody)


def _with_unit_name(data):
    """Links name a unit by its key; the person sees, and may change, its name."""
    key = data.get("unit", "")
    if not key.isdecimal():
        return data
    data = data.copy()
    data["unit"] = Unit.objects.filter(pk=int(key[:18])).values_list("name", flat=True).first() or key
    return data


class OfPlans(ListFilter):
    """Of a list of which one plan may be asked for, among those this person sees."""

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset)
        self.user = user

    def fit(self, fields):
        plans = Plan.objects.visible_to(self.user).current_first()
        fields["plan"].choices = [(plan.pk, plan.named) for plan in plans]


class ChangeFilter(OfPlans):
    """Which changes of tasks: of a plan, of a kind, where they stand."""

    plan = choice([], "方案", field_name="task__plan")
    kind = choice(TaskChange.Kind.choices, "种类")
    status = choice(TaskChange.Status.choices, "状态")
