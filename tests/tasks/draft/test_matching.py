"""Names of a draft looked up in the directory."""

import datetime

from tasks.draft import names
from units.actions.loading import Directory
from units.models import UnitName


def match_names(draft):
    return names.match_names(draft, Directory.of_all())


def test_exact_other_spelling_and_nearest(reading, civil, make_unit):
    UnitName.objects.create(unit=make_unit("县就业局"), name="各有关单位")
    make_unit("县信息化中心")
    found = match_names(reading.draft)
    assert list(found) == ["县民政局", "县人社局", "县信息中心", "各有关单位", "县水利局"]
    assert (found["县民政局"].state, found["县民政局"].units) == ("EXACT", ("县民政局",))
    assert (found["各有关单位"].state, found["各有关单位"].units) == ("SPELLING", ("县就业局",))
    assert found["县信息中心"].is_open
    assert found["县信息中心"].nearest[0] == "县信息化中心"
    assert (found["县民政局"].count, found["县民政局"].first) == (2, "t1")


def test_a_unit_that_is_no_more_is_open_and_offers_its_successor(reading, civil, make_unit):
    civil.successor, civil.active_to = make_unit("县民政和人社局"), datetime.date(2015, 1, 1)
    civil.save()
    found = match_names(reading.draft)["县民政局"]
    assert found.is_open
    assert (found.nearest, found.remark) == (("县民政和人社局",), "县民政局已停用")


def test_what_was_decided_holds_while_its_units_do(settled, water):
    draft = settled.draft
    draft["choices"] |= {
        "县信息中心": {"way": "UNIT", "unit": "县水利局", "remember": True},
        "各有关单位": {"way": "MANY", "units": ["县水利局", "县人社局"]},
    }
    found = match_names(draft)
    assert found["县信息中心"].units == ("县水利局",)
    assert found["各有关单位"].units == ("县水利局", "县人社局")
    water.name = "县水务局"
    water.save()
    found = match_names(draft)
    assert found["县信息中心"].is_open
    assert found["各有关单位"].is_open


def test_dropped_tasks_and_plans_left_out_name_nobody(reading):
    reading.draft["plans"][0]["tasks"][0]["dropped"] = "x"
    assert "县信息中心" not in match_names(reading.draft)
    reading.draft["plans"][0]["left_out"] = True
    assert match_names(reading.draft) == {}
