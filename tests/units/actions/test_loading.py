"""Units from plain values, and finding them by any spelling."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from kit.refusal import Refusal
from units.actions.loading import Directory, add_units, drop_units, load_units
from units.models import Unit, UnitEvent

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


def test_offices_add_units_with_their_reason_and_take_them_back(office, civil, reporter):
    with pytest.raises(PermissionDenied):
        add_units({"县信息中心": "INSTITUTION"}, {}, reporter, note="x")
    units, names = add_units({"县信息中心": "INSTITUTION"}, {"民政局": civil.name}, office, note="随某方案导入")
    assert [(unit.name, unit.initials) for unit in units] == [("县信息中心", "xxxzx")]
    assert Unit.objects.named("民政局") == civil
    assert set(UnitEvent.objects.filter(actor=office).values_list("verb", flat=True)) == {"建立单位", "补充其他写法"}
    keys = [unit.pk for unit in units], [name.pk for name in names]
    with pytest.raises(PermissionDenied):
        drop_units(*keys, reporter, note="x")
    assert drop_units(*keys, office, note="撤销导入") == []
    assert Unit.objects.named("民政局") is None
    assert not Unit.objects.filter(name="县信息中心").exists()
    assert UnitEvent.objects.filter(subject_id=keys[0][0], verb="撤去单位").exists()


def test_a_unit_that_something_refers_to_stays(office, make_plan):
    units, _ = add_units({"某办": "LEADING_OFFICE"}, {}, office, note="x")
    make_plan(units[0])
    assert drop_units([units[0].pk], [], office, note="x") == units
    assert Unit.objects.filter(name="某办").exists()
    assert not UnitEvent.objects.filter(subject=units[0], verb="撤去单位").exists()


@pytest.mark.parametrize(
    "name", ["县 民政局", "县民\n政局", "\u200b县民政局", "\ufeff县民政局\u3000", "县民\u00ad政局"]
)
def test_blanks_and_what_cannot_be_seen_make_no_other_unit(name, civil, office):
    assert Directory.of_all().find(name, "") == civil
    assert Unit.objects.named(name) == civil
    load_units([{"name": name, "other_names": ["民政 局", "民政局"]}])
    assert [unit.name for unit in Unit.objects.all()] == ["县委改革办", "县民政局"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.create(name=name)


def test_two_ways_of_writing_a_new_name_make_one_unit(office):
    units, _ = add_units({"县信息 中心": "INSTITUTION", "县信息中心": "INSTITUTION"}, {}, office, note="x")
    assert [unit.name for unit in units] == ["县信息中心"]
