"""What stands against a scheme is said in sentences: what stops a round, and what its office is only told."""

import pytest

from supervision.dashboard.soundness import doubts
from supervision.models.scheme import FullMark, PeerGroup, SchemeItem
from tests.supervision.dashboard.test_calculation import make_scheme

ITEMS = [("进度", 60, "SHARE", "progress", {}), ("报送", 40, "EVENTS", "on_time", {"each": {"迟报": "1"}})]


@pytest.fixture
def scheme(plan, civil, labour, water, town):
    return make_scheme(plan, {"县直": [civil, labour, water, town]}, ITEMS, minimum=4)


def stops(scheme):
    return [each.sentence for each in doubts(scheme) if each.stops]


def told(scheme):
    return [each.sentence for each in doubts(scheme) if not each.stops]


def test_a_sound_scheme_has_no_doubts(scheme):
    assert doubts(scheme) == []


def test_marks_that_do_not_sum(scheme):
    scheme.items.filter(number=2).update(full=35)
    assert stops(scheme) == ["各项满分合计95，不是100，差5分。"]
    scheme.items.filter(number=2).update(full=45)
    assert stops(scheme) == ["各项满分合计105，不是100，多5分。"]


def test_extras_stand_beside_the_hundred(scheme):
    SchemeItem.objects.create(scheme=scheme, number=3, title="创新", full=5, way="EXTRA", metric="on_time")
    assert doubts(scheme) == []


def test_a_group_of_three_is_told_not_refused(scheme, town):
    scheme.groups.get().units.remove(town)
    assert (stops(scheme), told(scheme)) == (
        [],
        ["“县直”组只有3家，少于成组最少4家：只列得分，不排名次。"],
    )


def test_a_group_without_units_and_a_unit_in_two(scheme, civil):
    group = PeerGroup.objects.create(scheme=scheme, name="乡镇", order=2)
    assert stops(scheme) == ["“乡镇”组里没有单位。"]
    group.units.add(civil)
    assert stops(scheme) == ["县民政局既在“县直”组，又在“乡镇”组。"]


def test_a_low_cut_as_large_as_the_group_is_told(scheme):
    scheme.low_count = 4
    assert told(scheme) == ["“县直”组4家，末4名为靠后，除第1名外都会列入。"]


def test_the_full_mark_of_a_group_missing(scheme, civil):
    other = PeerGroup.objects.create(scheme=scheme, name="园区", order=2, is_outside=True)
    other.units.set([scheme.plan.office])
    item = scheme.items.get(number=1)
    FullMark.objects.create(item=item, group=scheme.groups.get(name="县直"), full=60)
    assert stops(scheme) == ["第1项进度：没有给“园区”组定满分；这一组不评的写0。"]
    FullMark.objects.create(item=item, group=other, full=0)
    assert (stops(scheme), told(scheme)) == ([], ["“园区”组的满分合计40，得分按100折算。"])
    item.full_marks.filter(group=other).update(full=70)
    assert stops(scheme) == ["“园区”组的满分合计110，超过100。"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"metric": "weather"}, "没有“weather”这种取数，请重选。"),
        ({"metric": "owner_envoy"}, "“业主对特派员的评价”不能用来评责任单位，请重选取数。"),
        ({"way": "HAND"}, "“评分单位评定”由人评定，不能再选取数。"),
        (
            {"way": "EVENTS", "metric": "lights", "params": {"each": {"迟报": "1"}}},
            "“任务亮灯”里没有“迟报”，可写的是红灯、黄灯。",
        ),
        ({"params": {"target": "0"}}, "目标数不能是0，除以0没有得数。"),
        ({"missing": "BASIC"}, "不适用时给基本分的，请写明基本分，不超过满分60分。"),
        ({"missing": "BASIC", "basic": 61}, "不适用时给基本分的，请写明基本分，不超过满分60分。"),
    ],
)
def test_items_that_cannot_be(scheme, values, sentence):
    scheme.items.filter(number=1).update(**values)
    assert stops(scheme) == [f"第1项进度：{sentence}"]


def test_what_people_mark_needs_the_step(scheme):
    scheme.items.filter(number=2).update(way="HAND", metric="", params={})
    assert stops(scheme) == ["“报送”要人评分，但步骤里没有评分。"]
    scheme.steps = ["SELF", "MARKING"]
    assert (stops(scheme), told(scheme)) == ([], ["步骤里有自评，但没有一项要单位自评。"])


def test_forbidden_ground_is_told_by_name(scheme):
    scheme.items.filter(number=1).update(standard="获领导批示每次加1分")
    assert told(scheme) == ["第1项进度：写到“领导批示”，按2024年减负规定，不得把领导批示作为考核内容。"]


def test_an_empty_scheme(plan):
    assert stops(make_scheme(plan, {}, [])) == ["还没有考评项目。", "还没有考评组。"]
