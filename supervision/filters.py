"""Filters of the lists of this floor."""

import django_filters
from django.utils.functional import cached_property

from kit import clock, names
from kit.filters import ListFilter, MonthFilter, WordsFilter, choice
from supervision.models import Directive, Experience, Item, Occasion, Paper, Round, Scheme
from supervision.rhythm import MONTHS, State, number_words
from tasks.filters import OfPlans
from tasks.models import Cause
from units.models import Unit


class UnitFilter(WordsFilter):
    """Of a unit by its name or initials."""

    def filter(self, rows, value):
        return rows.filter(**{f"{self.field_name}__in": Unit.objects.search(value).values("pk")})


class CalendarFilter(ListFilter):
    """Of the calendar's rules: which year or plan, and whose duties."""

    year = choice([], "年度", "elsewhere", empty_label="今年")
    plan = choice([], "方案", "elsewhere")
    unit = WordsFilter(method="elsewhere", max_length=40, label="单位", help_text="中文、全拼或首字母")

    def __init__(self, data, rhythms, plans):
        """``plans`` are those with rules, newest year first."""
        super().__init__(data, rhythms)
        self.plans = list(plans)

    def fit(self, fields):
        fields["year"].choices = [(year, f"{year}年") for year in dict.fromkeys(plan.year for plan in self.plans)]
        fields["plan"].choices = [(plan.pk, plan.named) for plan in self.plans]

    @cached_property
    def chosen(self):
        return next((plan for plan in self.plans if str(plan.pk) == self.values.get("plan")), None)

    @cached_property
    def shown_year(self):
        return self.chosen.year if self.chosen else int(self.values.get("year") or clock.today().year)

    @property
    def qs(self):
        rows = self.queryset.filter(plan__year=self.shown_year)
        return rows.filter(plan=self.chosen) if self.chosen else rows

    @cached_property
    def units(self):
        """The keys of the units asked for; None is all."""
        word = self.values.get("unit")
        return set(Unit.objects.search(word).values_list("pk", flat=True)) if word else None


class DutyFilter(CalendarFilter):
    state = choice([(state.name, state.word) for state in State], "状态", "elsewhere")
    month = choice([(number, number_words(number)) for number in MONTHS], "到期月份", "elsewhere")

    def of_duties(self, duties):
        """Return those in the state and of the month asked for."""
        state, month = self.values.get("state"), self.values.get("month")
        found = [each for each in duties if not state or each.state.name == state]
        return [each for each in found if not month or each.span.number == int(month)]


class ItemFilter(ListFilter):
    kind = choice(Occasion.Kind.choices, "场合", field_name="occasion__kind")
    kept = choice([*Item.Kept.choices, ("LATE", "已过时限")], "兑现", "standing")
    q = WordsFilter(method="having", max_length=40, label="关键词", help_text="项目、内容或办理单位")

    def standing(self, items, name, value):
        if value == "LATE":
            return items.filter(kept=Item.Kept.OPEN, due_on__lt=clock.today())
        return items.filter(kept=value)

    def having(self, items, name, value):
        return items.filter(names.holds(value, "text", "unit__name", "project__name", "project__task__number"))


class OccasionFilter(OfPlans):
    kind = choice(Occasion.Kind.choices, "种类", field_name="kind")
    plan = choice([], "方案", field_name="plan")
    status = choice(Occasion.Status.choices, "状态", field_name="status")
    unit = WordsFilter(method="of_unit", label="单位", max_length=60)
    q = WordsFilter(method="saying", label="关键词", max_length=40)

    def of_unit(self, rows, name, value):
        return rows.concerning(Unit.objects.visible_to(self.user).search(value).values("pk"))

    def saying(self, rows, name, value):
        return rows.filter(names.holds(value, "title", "place", "basis"))


class DirectiveFilter(OfPlans):
    plan = choice([], "方案", field_name="task__plan")
    kind = choice(Directive.Kind.choices, "来源", field_name="kind")
    unit = UnitFilter("unit", max_length=40, label="承办单位", help_text="中文、全拼或首字母")
    issuer = UnitFilter("issuer", max_length=40, label="交办单位", help_text="中文、全拼或首字母")
    cause = choice(Cause.choices, "原因", field_name="cause")
    level = choice(Directive.Level.choices, "谁能定", field_name="level")
    batch = django_filters.NumberFilter(field_name="batch", label="一批")
    q = WordsFilter(method="matching", max_length=40, label="号、事由")

    def matching(self, rows, name, value):
        return rows.search(value)


class PaperFilter(OfPlans):
    kind = choice(Paper.Kind.choices, "种类", field_name="kind")
    status = choice(Paper.Status.choices, "状态", field_name="status")
    plan = choice([], "方案", "about")
    issuer = UnitFilter("issuer", max_length=40, label="制发单位", help_text="中文、全拼或首字母")
    month = MonthFilter(method="covering", label="所写月份")
    q = WordsFilter(method="matching", max_length=40, label="标题、编号")

    def about(self, rows, name, value):
        return rows.of([value])

    def covering(self, rows, name, value):
        return rows.filter(month__lte=value, until__gte=value)

    def matching(self, rows, name, value):
        return rows.search(value)


class BurdenFilter(ListFilter):
    month = MonthFilter(method="elsewhere", label="月份")
    group = choice(Unit.PeerGroup.choices, "同类组", field_name="peer_group")
    q = UnitFilter("pk", max_length=40, label="单位", help_text="中文、全拼或首字母")


class ExperienceFilter(OfPlans):
    plan = choice([], "方案", field_name="task__plan")
    status = choice(Experience.Status.choices, "状态")
    unit = UnitFilter("unit", label="单位", max_length=60)
    q = WordsFilter(method="saying", label="关键词", max_length=40)

    def saying(self, rows, name, value):
        return rows.saying(value)


class SchemeFilter(OfPlans):
    plan = choice([], "方案", field_name="plan")
    purpose = choice(Scheme.Purpose.choices, "用途")
    q = WordsFilter(field_name="name", lookup_expr="contains", label="关键词", max_length=40)


class RoundFilter(OfPlans):
    plan = choice([], "方案", field_name="scheme__plan")
    purpose = choice(Scheme.Purpose.choices, "用途", field_name="scheme__purpose")
    status = choice(Round.Status.choices, "状态", field_name="status")
    q = WordsFilter(field_name="scheme__name", lookup_expr="contains", label="办法名称", max_length=40)
