"""Names found by how they sound."""

import pytest

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
