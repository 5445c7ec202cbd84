"""Units from plain values, and finding them by any spelling."""

import pytest

from kit.refusal import Refusal
from units.actions.loading import Directory, load_units
from units.models import Unit

ROWS = [
    {
        "name": "县编办",
        "full_name": "县机构编制委员会办公室",
        "other_names": ["县委编办"],
        "peer_group": "PARTY",
        "order": 3,
    },
    {"name": "县民政局", "peer_group": "GOVERNMENT"},
]


@pytest.mark.django_db
def test_units_are_made_once_with_their_pinyin():
    assert (load_units(ROWS).new, load_units(ROWS).new) == (2, 0)
    unit = Unit.objects.get(name="县编办")
    assert (unit.initials, unit.order, unit.peer_group) == ("xbb", 3, "PARTY")
    assert unit.events.count() == 1


@pytest.mark.django_db
def test_any_spelling_finds_the_unit_and_unknown_ones_are_told_together():
    load_units(ROWS)
    directory = Directory.of_all()
    assert {directory.find(name, "").name for name in ("县编办", "县委编办", "县机构编制委员会办公室")} == {"县编办"}
    assert directory.find("县民政厅", "任务1") is None
    assert directory.find("某部", "任务2") is None
    with pytest.raises(Refusal) as told:
        directory.refuse_unknown()
    assert "任务1：没有名为“县民政厅”的单位，相近的有：县民政局" in str(told.value)
    assert "任务2" in str(told.value)
