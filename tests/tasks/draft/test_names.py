"""Who a draft names, and who that makes responsible."""

import pytest

from tasks.draft.names import CHOSEN, EXACT, OPEN, Match, group_of, meant_townships, parts_of, shortens


def match(name, *units, state=EXACT, way="UNIT"):
    return Match(name, 1, "t1", "第1项", state, units, way)


def task(*units, stated=True):
    return {"units": [{"name": name, "role": role} for name, role in units], "lead_stated": stated}


MATCHES = {
    "甲": match("甲", "甲局"),
    "乙": match("乙", "乙局"),
    "各镇": match("各镇", "东镇", "西镇", state=CHOSEN, way="MANY"),
    "有关单位": match("有关单位", state=CHOSEN, way="TEXT"),
    "谁": match("谁", state=OPEN, way=""),
}


def test_the_stated_lead_leads_wherever_it_stands():
    parts = parts_of(task(("乙", "SUPPORT"), ("甲", "LEAD")), MATCHES)
    assert (parts.lead, parts.supports, parts.lead_assumed) == ("甲局", ("乙局",), False)


def test_of_several_units_behind_a_leading_name_the_first_leads():
    parts = parts_of(task(("各镇", "LEAD"), ("甲", "SUPPORT")), MATCHES)
    assert (parts.lead, parts.supports, parts.lead_assumed) == ("东镇", ("西镇", "甲局"), True)


def test_a_unit_stands_once():
    twice = {"甲一": match("甲一", "甲局"), **MATCHES}
    parts = parts_of(task(("甲", "LEAD"), ("甲一", "SUPPORT"), ("乙", "SUPPORT")), twice)
    assert (parts.lead, parts.supports) == ("甲局", ("乙局",))


def test_text_stays_text_and_the_next_of_a_mere_list_leads():
    parts = parts_of(task(("有关单位", "LEAD"), ("甲", "SUPPORT"), stated=False), MATCHES)
    assert (parts.lead, parts.also_named, parts.lead_assumed) == ("甲局", ("有关单位",), True)
    stated = parts_of(task(("有关单位", "LEAD"), ("甲", "SUPPORT")), MATCHES)
    assert (stated.lead, stated.supports) == (None, ("甲局",))


@pytest.mark.parametrize(
    "name", ["各有关单位", "各镇人民政府", "县直各单位", "有关部门", "区直各相关单位", "全县各单位"]
)
def test_collectives(name):
    assert Match(name, 1, "", "").is_collective


@pytest.mark.parametrize("name", ["县民政局", "城关镇人民政府", "县总工会"])
def test_single_units_are_none(name):
    assert not Match(name, 1, "", "").is_collective


def test_proposed_groups():
    names = {"城关镇人民政府": "TOWNSHIP", "县法院": "JUDICIAL", "县委宣传部": "PARTY", "县民政局": "GOVERNMENT"}
    names |= {"县妇联": "MASS", "县信息中心": "INSTITUTION", "经开区管委会": "PARK", "城投公司": "BODY"}
    assert {name: group_of(name) for name in names} == names


def test_a_collective_means_the_townships_it_names():
    townships = ["城关镇", "南山乡", "北河镇", "城东街道"]
    assert meant_townships("各镇人民政府", townships) == ["城关镇", "北河镇"]
    assert meant_townships("各镇街", townships) == ["城关镇", "北河镇", "城东街道"]
    assert meant_townships("各乡镇", townships) == townships
    assert meant_townships("各有关单位", townships) == []


@pytest.mark.parametrize(
    ("name", "other", "is_short"),
    [
        ("经发局", "区经发局", True),
        ("发改局", "清江县发改局", True),
        ("政府办", "县政府办", True),
        ("东镇", "东镇人民政府", True),
        ("县教育局", "清江县教育局", True),
        ("县教育局", "西县教育局", True),
        ("县教育局", "清江县体育教育局", False),
        ("乡教育局", "清江乡教育局", False),
        ("县信息 中心", "县信息中心", True),
        ("区经发局", "经发局", False),
        ("发改局", "县发改委", False),
        ("办公室", "县委办公室", False),
        ("二局", "县二局", False),
        ("教育局", "县体育教育局", False),
    ],
)
def test_a_name_that_another_one_shortens(name, other, is_short):
    assert shortens(name, other) == is_short
