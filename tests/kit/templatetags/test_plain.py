"""Built-in tags made quicker: what they say is what Django says."""

import datetime

import pytest
from django.template import Context, Engine, TemplateSyntaxError, engines
from django.urls import NoReverseMatch

from tests.conftest import moment

OURS, DJANGO = engines["django"].engine, Engine()
DAYS = [
    datetime.date(2015, 3, 9),
    moment("2015-10-05 08:07:06"),
    datetime.datetime(2015, 12, 31, 16, 5, tzinfo=datetime.UTC),  # the new year's first day here
    None,
    "",
    "2015",
]
FORMATS = ["n月j日", "Y年n月", "Y-m-d", "Y-m-d H:i", "m-d H:i:s", "c", "Y年n月j日 l", "N j", "{n}", r"\n"]


def drawn(engine, text, **context):
    return engine.from_string(text).render(Context(context))


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("told", FORMATS)
def test_a_day_is_written_as_django_writes_it(day, told):
    text = f'{{{{ day|date:"{told}" }}}}'
    if type(day) is datetime.date and "H" in told:
        for engine in (OURS, DJANGO):
            with pytest.raises(TypeError, match="time-related"):
                drawn(engine, text, day=day)
    else:
        assert drawn(OURS, text, day=day) == drawn(DJANGO, text, day=day)


ADDRESSES = [
    '{% url "task_list" %}',
    '{% url "task" 12 %}',
    '{% url "task" key %}?month={{ key }}',
    '{% url "task" pk=key %}',
    '{% url "admin:index" %}',
    '{% url "task" key as there %}<{{ there }}>',
    '{% url "nowhere" as there %}<{{ there }}>',
    '{% autoescape off %}{% url "task" 3 %}{% endautoescape %}',
]


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_is_what_django_finds(text):
    assert drawn(OURS, text, key=7) == drawn(DJANGO, text, key=7)


def test_what_is_no_address_is_refused_as_ever():
    for engine in (OURS, DJANGO):
        with pytest.raises(NoReverseMatch):
            drawn(engine, '{% url "nowhere" %}')
        with pytest.raises(NoReverseMatch):
            drawn(engine, '{% url "task" key %}', key=None)
        with pytest.raises(TemplateSyntaxError):
            drawn(engine, "{% url %}")
