"""Names found by how they sound."""

import pytest
from pypinyin.constants import PHRASES_DICT

from kit.pinyin import full, initials


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


def test_syllables_of_one_sound_are_kept_once():
    shared = {id(each) for sounds in PHRASES_DICT.values() for each in sounds}
    assert len(shared) < 2000 < sum(map(len, PHRASES_DICT.values()))
    assert [full(name) for name in ("县长办公室", "重庆银行", "天天向上")] == [
        "xianzhangbangongshi",
        "chongqingyinhang",
        "tiantianxiangshang",
    ]
