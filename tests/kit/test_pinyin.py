"""Names found by how they sound."""

import pytest

from kit.pinyin import full, initials, needle, searchable


@pytest.mark.parametrize(
    ("text", "whole", "first"),
    [
        ("县发改局", "xianfagaiju", "xfgj"),
        ("县纪委·监察局", "xianjiweijianchaju", "xjwjcj"),
        ("县政府（法制办）", "xianzhengfufazhiban", "xzffzb"),
        ("绿口镇", "lvkouzhen", "lkz"),
        ("重点办", "zhongdianban", "zdb"),
        ("PPP项目ＡＢ12号", "pppxiangmuab12hao", "pppxmab12h"),
        ("安监局", "anjianju", "ajj"),
        ("", "", ""),
        ("·（）、《》 \n", "", ""),
    ],
)
def test_sounds_of_a_name(text, whole, first):
    assert (full(text), initials(text)) == (whole, first)


@pytest.mark.parametrize("typed", ["fgj", "FGJ", "ＦＧＪ", "xfgj", "fagai", "fa gai ju", "发改", " 县发 改局 "])
def test_a_unit_is_found_by_what_people_type(typed):
    assert needle(typed) in searchable("县发改局")


@pytest.mark.parametrize("typed", ["mzj", "民政", "fjg"])
def test_another_unit_is_not_found(typed):
    assert needle(typed) not in searchable("县发改局")


def test_initials_and_sounds_do_not_run_into_each_other():
    assert needle("jxian") not in searchable("县发改局")
