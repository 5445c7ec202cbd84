"""Units as people type them: an ended one offers its successor, many are read at once and every fault is told."""

import datetime

import pytest
from django.forms import ValidationError

from tasks.forms.units import UnitsField, read_unit

ENDED = datetime.date(2015, 9, 30)


def told(field, text):
    with pytest.raises(ValidationError) as refused:
        field.clean(text)
    return refused.value.messages


def test_an_ended_unit_offers_its_successor(make_unit, water):
    make_unit("县粮食局", active_to=ENDED, successor=water)
    make_unit("县老龄办", active_to=ENDED)
    make_unit("县老龄办活动中心")
    field = UnitsField()
    assert told(field, "县粮食局、县老龄办、没有局") == [
        "县粮食局已停用，由县水利局承接，请改写县水利局。",
        "县老龄办已停用。",
        "没有名为“没有局”的单位。",
    ]
    assert read_unit("县水利局") == water


def test_three_hundred_names_of_any_length_are_read_and_no_more(make_unit):
    names = [f"株洲县第{place}号名称写得很长很长的事业单位管理服务中心" for place in range(300)]
    units = [make_unit(name) for name in names]
    field = UnitsField()
    assert field.clean("、".join([*names[:150], names[0], *names[150:299]])) == units[:299]
    assert field.clean("\r\n".join(names)) == units
    assert told(field, "、".join([*names, "x"])) == ["一次最多300个单位，现有301个。"]
