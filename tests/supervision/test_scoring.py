"""Each way to give marks: the mark, the formula with its numbers, what stands against its params."""

from decimal import Decimal
from fractions import Fraction

import pytest

from supervision.scoring import WAYS, Measured, faults, mark, told

RATE = Measured(Decimal(34570), due=Decimal(36800), whole=Decimal(58600))
BANDS = {"bands": [["95", "28"], ["80", "20"]], "else": "5", "by": "share"}


@pytest.mark.parametrize(
    ("way", "full", "params", "measured", "found", "formula"),
    [
        ("SHARE", 35, {}, RATE, "32.88", "35 × 34,570 ÷ 36,800 = 32.88"),
        ("SHARE", 35, {}, Measured(9, due=6), "35", "35 × 9 ÷ 6，按100%封顶 = 35"),
        ("SHARE", 15, {}, Measured(8, whole=9), "13.33", "15 × 8 ÷ 9 = 13.33"),
        ("SHARE", 10, {"target": "4"}, Measured(1), "2.5", "10 × 1 ÷ 4 = 2.5"),
        ("SHARE", 10, {"least": "60"}, Measured(5, due=10), "0", "5 ÷ 10 = 50%，不足60% = 0"),
        ("SHARE", 10, {}, Measured(-5, due=10), "0", "10 × −5 ÷ 10 = 0"),
        ("POINTS", 30, {"per": "1"}, RATE, "26.19", "30 − (36,800 − 34,570) ÷ 58,600 × 100 × 1 = 26.19"),
        ("POINTS", 30, {"per": "1", "base": "25", "up": "5"}, Measured(9, 6, 10), "30", None),
        ("POINTS", 30, {"per": "1", "down": "15"}, Measured(0, 6, 10), "15", None),
        ("POINTS", 20, {"per": "0.5", "base": "15", "up": "5", "target": "80"}, Measured(85), "17.5", None),
        ("BANDS", 30, BANDS, RATE, "20", "34,570 ÷ 36,800 = 93.94%，在“80以上”一档 = 20"),
        ("BANDS", 30, BANDS, Measured(1, due=2), "5", None),
        ("BANDS", 30, BANDS | {"by": "gap"}, Measured(0, 1, 100), "5", "0 − 1 = −1，在各档以下 = 5"),
        ("BANDS", 30, {"bands": [["90", "30"]]}, Measured(9, whole=10), "30", None),
        ("EVENTS", 5, {"each": {"迟报": "0.5", "缺报": "1"}}, Measured(0, counts={"迟报": 3, "缺报": 1}), "2.5", None),
        (
            "EVENTS",
            5,
            {"each": {"迟报": "0.5"}, "double": ["迟报"], "cap": "2"},
            Measured(0, counts={"迟报": 3}),
            "3",
            "5 − 迟报3次 × 0.5 × 2（加倍），扣分以2分为限 = 3",
        ),
        ("EVENTS", 5, {"each": {"迟报": "9"}}, Measured(0, counts={"迟报": 3}), "0", None),
        ("EVENTS", 5, {"each": {"迟报": "1"}}, Measured(4), "5", "5，没有扣分的情形 = 5"),
        ("RANK", 15, {"step": "0.8"}, Measured(1, place=4, of=14), "12.6", "组内14家第4名：15 − 3 × 0.8 = 12.6"),
        ("RANK", 15, {}, Measured(1, place=3, of=3), "5", None),
        ("RANK", 15, {"step": "5", "floor": "4"}, Measured(1, place=9, of=9), "4", None),
        ("YESNO", 4, {}, Measured(1), "4", "有（1件，须1件） = 4"),
        ("YESNO", 4, {"least": "3", "no": "1"}, Measured(2), "1", None),
        ("PANEL", 10, {"seats": {"甲": "70", "乙": "30"}}, Measured(counts={"甲": 9, "乙": 8}), "8.7", None),
        ("EXTRA", 3, {"per": "2"}, Measured(2), "3", "2 × 2，以3分为限 = 3"),
        ("HAND", 3, {}, Measured(Decimal("2.5")), "2.5", "评定2.5分 = 2.5"),
    ],
)
def test_marks(way, full, params, measured, found, formula):
    assert faults(way, full, params) == {}
    marked = mark(way, Decimal(full), params, measured)
    assert marked.mark == Decimal(found)
    assert formula in (None, marked.formula)


@pytest.mark.parametrize(
    ("way", "params", "measured", "why"),
    [
        ("SHARE", {}, Measured(words="没有项目"), "没有项目"),
        ("SHARE", {}, Measured(3, due=0), "应完成为0，没有可比的数，不适用"),
        ("POINTS", {"per": "1"}, Measured(3, 2, 0), "没有应完成的数可比，不适用"),
        ("POINTS", {"per": "1"}, Measured(3), "没有应完成的数可比，不适用"),
        ("BANDS", BANDS, Measured(3, due=0), "没有应完成的数可比，不适用"),
        ("BANDS", BANDS | {"by": "gap"}, Measured(3), "没有应完成的数可比，不适用"),
        ("RANK", {}, Measured(3), "没有可排的数，不适用"),
        ("PANEL", {"seats": {"甲": "70", "乙": "30"}}, Measured(counts={"甲": 9}), "等乙评分"),
    ],
)
def test_what_cannot_be_marked_says_why(way, params, measured, why):
    marked = mark(way, Decimal(10), params, measured)
    assert (marked.mark, marked.formula) == (None, why)


@pytest.mark.parametrize(
    ("way", "params", "field", "sentence"),
    [
        ("SHARE", {"target": "0"}, "target", "目标数不能是0，除以0没有得数。"),
        ("SHARE", {"cap": "120"}, "cap", "封顶比例不能超过100%，否则得分高于满分；超额的另设加分项目。"),
        ("SHARE", {"cap": "0"}, "cap", "封顶比例不能是0。"),
        ("SHARE", {"least": "六十"}, "least", "起评比例应是数字，现为“六十”。"),
        ("SHARE", {"least": "NaN"}, "least", "起评比例应是数字，现为“NaN”。"),
        ("SHARE", {"least": "-1"}, "least", "起评比例不能小于0。"),
        ("POINTS", {}, "per", "请填写每个百分点的分值。"),
        ("POINTS", {"per": "1", "up": "3"}, "up", "达到应完成得10分，再加3分，超过满分10分。"),
        ("POINTS", {"per": "1", "down": "11"}, "down", "最多扣分不能超过10分。"),
        ("BANDS", {}, "bands", "请至少写一档，每行“多少以上 得几分”，例如“90 10”。"),
        ("BANDS", {"bands": [["90"]]}, "bands", "每档写两个数：多少以上、得几分。"),
        ("BANDS", {"bands": [["80", "5"], ["90", "10"]]}, "bands", "各档从高到低写，不能有两档的起点相同。"),
        ("BANDS", {"bands": [["80", "11"]]}, "bands", "各档得分须在0与满分10分之间。"),
        ("BANDS", {"bands": [["80", "9"]], "by": "x"}, "by", "没有这种分档的依据。"),
        ("EVENTS", {}, "each", "请至少写一种扣分的情形，每行“情形 每次扣几分”，例如“迟报 0.5”。"),
        ("EVENTS", {"each": {"迟报": "0"}}, "each", "每次扣几分应是大于0的数。"),
        ("EVENTS", {"each": {"迟报": "1"}, "double": ["缺报"]}, "double", "加倍的“缺报”不在扣分的情形里。"),
        ("RANK", {"floor": "11"}, "floor", "最低得分不能超过满分10分。"),
        ("YESNO", {"no": "11"}, "no", "没有时的得分不能超过满分10分。"),
        ("PANEL", {}, "seats", "请写明评委和权重，每行“评委 权重”，例如“服务对象代表 70”。"),
        ("PANEL", {"seats": {"甲": "x"}}, "seats", "权重应是大于0的数。"),
    ],
)
def test_params_that_cannot_be_are_told(way, params, field, sentence):
    assert faults(way, Decimal(10), params) == {field: sentence}
    assert told(way, Decimal(10), params) == "参数有误"


def test_every_way_is_said_in_words():
    params = {
        "POINTS": {"per": "1", "down": "5"},
        "BANDS": BANDS | {"else": "0", "bands": [["95", "10"], ["80", "5"]]},
        "EVENTS": {"each": {"迟报": "0.5"}, "double": ["迟报"]},
        "PANEL": {"seats": {"服务对象": "70"}},
        "RANK": {"step": "0.8"},
        "SHARE": {"least": "60"},
    }
    words = {way: told(way, Decimal(10), params.get(way)) for way in WAYS}
    assert words == {
        "SHARE": "满分 × 完成数 ÷ 应完成数，100%封顶，不足60%不得分",
        "POINTS": "达到应完成得10分，每高（低）1个百分点加（减）1分，最多加0分、减5分",
        "BANDS": "按完成占应完成的%分档：95以上10分、80以上5分，其余0分",
        "EVENTS": "满分起扣：迟报每次扣0.5分（加倍），最多扣10分",
        "RANK": "组内第1名得满分，每低一名少0.8分，最低0分，并列同分",
        "YESNO": "有1件以上得满分，没有得0分，须有佐证",
        "PANEL": "评委各按满分10分打分，加权平均：服务对象权重70",
        "EXTRA": "总分以外另加，每件1分，最多10分，须有佐证",
        "HAND": "由评分单位按标准评定，并写明理由",
    }


def test_a_mark_is_rounded_once_half_up():
    assert mark("SHARE", 1, {}, Measured(Fraction(1, 8), due=1)).mark == Decimal("0.13")
    assert mark("SHARE", 100, {}, Measured(2, due=3)).mark == Decimal("66.67")


def test_what_was_due_is_met_exactly():
    assert Measured(Decimal("9.99"), due=10).is_met is False
    assert Measured(10, due=10).is_met is True
    assert Measured(0, due=0).is_met is None
