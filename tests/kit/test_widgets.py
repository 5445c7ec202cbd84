"""Fields drawn in Python are what Django's templates draw, letter for letter."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from kit.widgets import DRAWERS, DrawingRenderer

MENU = [("", "全部"), ("a&b", "甲<乙"), ("组", [(1, "一"), (2, mark_safe("<二>"))]), (None, "空")]
ODD = '"><script>&'


class OwnSelect(forms.Select):
    option_template_name = "django/forms/widgets/input_option.html"


class Everything(forms.Form):
    text = forms.CharField(
        label="字", help_text="说明", widget=forms.TextInput(attrs={"list": "names", "data-x": 'a"b'})
    )
    safe = forms.CharField(required=False, widget=forms.TextInput(attrs={"title": mark_safe("&amp;"), "hidden": True}))
    search = forms.CharField(required=False, widget=forms.TextInput(attrs={"type": "search", "autofocus": False}))
    secret = forms.CharField(widget=forms.PasswordInput)
    hidden = forms.CharField(widget=forms.HiddenInput)
    number = forms.IntegerField(min_value=0, max_value=100)
    share = forms.DecimalField(decimal_places=2, max_digits=6)
    email = forms.EmailField(required=False)
    link = forms.URLField(required=False, assume_scheme="https")
    day = forms.DateField(widget=forms.DateInput(format="%Y-%m", attrs={"type": "month"}), input_formats=["%Y-%m"])
    moment = forms.DateTimeField(required=False)
    hour = forms.TimeField(required=False)
    long = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))
    yes = forms.BooleanField(required=False)
    menu = forms.ChoiceField(choices=MENU)
    several = forms.MultipleChoiceField(choices=MENU, required=False)
    known = forms.NullBooleanField(required=False)
    radio = forms.ChoiceField(choices=MENU, widget=forms.RadioSelect)
    boxes = forms.MultipleChoiceField(choices=MENU, widget=forms.CheckboxSelectMultiple, required=False)
    file = forms.FileField(required=False)
    own = forms.ChoiceField(choices=[(1, "一")], widget=OwnSelect)


TYPED = dict.fromkeys(Everything.base_fields, ODD) | {
    "number": "45",
    "day": "2015-10",
    "long": "\n第一行\n<b>",
    "yes": "on",
    "menu": "a&b",
    "several": ["1", "2"],
    "known": "true",
    "radio": "1",
    "boxes": ["1", "a&b"],
}


@pytest.mark.parametrize("data", [None, {}, TYPED], ids=["empty", "nothing", "typed"])
@pytest.mark.parametrize("name", Everything.base_fields)
def test_a_field_is_drawn_as_the_templates_draw_it(name, data):
    drawn, by_template = (
        str(Everything(data, renderer=renderer(), initial={"menu": 2, "long": "旧"})[name])
        for renderer in (DrawingRenderer, DjangoTemplates)
    )
    assert drawn == by_template


@pytest.mark.parametrize("name", ["radio", "boxes"])
def test_a_choice_by_itself_is_drawn_alike(name):
    drawn, by_template = (
        [(str(choice), choice.tag()) for choice in Everything(TYPED, renderer=renderer())[name]]
        for renderer in (DrawingRenderer, DjangoTemplates)
    )
    assert drawn == by_template


def test_no_template_is_asked_for_what_is_drawn(monkeypatch):
    def forbidden(self, name):
        raise AssertionError(name)

    monkeypatch.setattr(DrawingRenderer, "get_template", forbidden)
    form = Everything(TYPED, renderer=DrawingRenderer())
    assert "".join(str(form[name]) for name in ("text", "number", "day", "long", "yes", "menu", "several", "hidden"))


def test_every_template_named_here_exists():
    assert all(DjangoTemplates().get_template(name) for name in DRAWERS)
