"""Filters of lists, as their addresses say them: one ``ListFilter`` a list, declared as django-filter does."""

from functools import cache

import django_filters
from django import forms
from django.utils.functional import cached_property

from kit.forms import Asked, DayField, MonthField, Text


class WordsFilter(django_filters.CharFilter):
    field_class = Text


class TickFilter(django_filters.Filter):
    field_class = forms.BooleanField


class MonthFilter(django_filters.Filter):
    field_class = MonthField


class DayFilter(django_filters.Filter):
    field_class = DayField


def choice(choices, label, method=None, **more):
    more.setdefault("empty_label", "全部")
    return django_filters.ChoiceFilter(choices=list(choices), label=label, method=method, **more)


class ListFilter(django_filters.FilterSet):
    """What an address asks of one list. A value that does not exist is told instead of the list: it never means everything.

    The form's class is made once, the filters are shared: a list that nobody filters costs an empty form where the page draws it, and nothing else.
    """

    class Meta:
        form = Asked

    def __init__(self, data, queryset=None):
        """Without the copies of every filter that django-filter makes for each request."""
        self.data, self.queryset, self.filters = data, queryset, self.base_filters

    @classmethod
    @cache
    def get_form_class(cls):
        fields = {name: each.field for name, each in cls.base_filters.items()}
        return type(f"{cls.__name__}Form", (cls._meta.form,), fields)

    @cached_property
    def is_asked(self):
        return any(map(self.data.get, self.filters))

    @cached_property
    def form(self):
        form = self.get_form_class()(self.data if self.is_asked else None)
        self.fit(form.fields)
        return form

    def fit(self, fields):
        """Give menus the choices that depend on who asks."""

    @cached_property
    def values(self):
        """{name: value} of what is asked; raises Unknown for what does not exist."""
        if not (self.is_asked and self.form.is_valid()):
            return {}
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def narrow(self, queryset):
        for name, value in self.values.items():
            each = self.filters[name]
            queryset = (
                getattr(self, each.method)(queryset, name, value) if each.method else each.filter(queryset, value)
            )
        return queryset

    @cached_property
    def qs(self):
        return self.narrow(self.queryset)

    def elsewhere(self, queryset, name, value):
        """What the page itself takes into account."""
        return queryset
