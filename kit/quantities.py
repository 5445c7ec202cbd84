"""Amounts as people write them in a cell: ≥10, 4.5%以内, 12亿, 5,000亩. What is not certain is refused with its readings."""

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from kit.numerals import arabic
from kit.text import half_width

LEAST, MOST = "LEAST", "MOST"
NOTHING = re.compile(r"[-/\\_]{1,4}")

_LEAST = "不低于|不少于|不小于|不下于|大于等于|大于或等于|至少|超过|高于|多于|大于|突破|≥|>=|≧|>"
_MOST = "不高于|不超过|不多于|不大于|小于等于|小于或等于|至多|最多|低于|少于|小于|控制在|降至|降到|压减到|≤|<=|≦|<"
_REACH = "达到|达|完成|实现|同比增长|增长|提高到|提高|新增|力争|确保"
_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_ONE = re.compile(
    rf"(?P<before>(?:(?:{_LEAST}|{_MOST}|{_REACH}):?)*)(?P<number>{_NUMBER})(?P<measure>.*?)"
    r"(?:\(含(?:本数)?\))?(?P<after>(?:及|或|或者)?以上|之上|(?:及|或|或者)?以下|之下|以内|之内)?(?:\(含(?:本数)?\))?"
)
_SEVERAL = re.compile(rf"(?P<first>{_NUMBER})\D{{0,4}}?(?:-|~|至|到)(?P<second>\d[\d,.]*)")
_ABOUT = re.compile(
    r"(?<![节签合预条])约|左右|上下|大概|近[\d百千万亿]|\d[万亿千百]?[余多来]|[数几上成][十百千万亿]|若干"
)
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d|\d月\d{1,2}[日号]")
# 1 234 567 is one number, 1 2 is none.
_SQUARES = str.maketrans({"㎡": "平方米", "㎥": "立方米", "㎢": "平方公里", "²": "2", "³": "3"})
_GAP = re.compile(r"(?<=\d)\s+(?=\d{3}(?!\d))")
_SPLIT = re.compile(r"\d\s+\d")
_MEASURES = {
    "钱": {"元": 1, "块": 1, "角": Fraction(1, 10)},
    "美元": {"美元": 1},
    "地": {
        "平方米": 1,
        "m2": 1,
        "亩": Fraction(2000, 3),
        "公顷": 10_000,
        "ha": 10_000,
        "平方公里": 10**6,
        "平方千米": 10**6,
        "km2": 10**6,
    },
    "长": {"米": 1, "m": 1, "公里": 1000, "千米": 1000, "km": 1000},
    "重": {"克": 1, "斤": 500, "公斤": 1000, "千克": 1000, "kg": 1000, "吨": 10**6, "t": 10**6},
    "体": {"立方米": 1, "m3": 1, "方": 1},
    "电": {"千瓦": 1, "kw": 1, "兆瓦": 1000, "mw": 1000},
    "比": {"%": 1, "‰": Fraction(1, 10)},
}
_COUNTS = "个 家 户 人 人次 人天 名 项 件 宗 所 处 台 套 辆 条 座 栋 间 场 次 期 批 支 张 份 头 只 株 篇 起 村 组 亩次 百分点 天 年 月 小时 分"
_MEASURES |= {count: {count: 1} for count in _COUNTS.split()}
_SCALES = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "十亿": 10**9,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 1000,
    "百": 100,
}
LARGEST = Decimal(10) ** 12


class Measure(NamedTuple):
    """What a number counts: ``scale`` times ``factor`` of the basic measure of its kind; kinds do not convert into each other."""

    kind: str
    scale: int
    factor: Fraction

    @classmethod
    def of(cls, text):
        """The measure a text names: 万元, 平方公里, 个; of a bare 万 or 亿 the kind is empty."""
        return _measure(text)

    @property
    def is_known(self):
        return self.kind in _MEASURES


@lru_cache(maxsize=1024)
def _measure(text):
    text = plain(text).strip("()").lower().replace("个百分点", "百分点")
    for kind, names in _MEASURES.items():
        if text in names:
            return Measure(kind, 1, Fraction(names[text]))
    for scale, times in _SCALES.items():
        if text.startswith(scale):
            rest = _measure(text.removeprefix(scale))
            return rest._replace(scale=rest.scale * times)
    return Measure(text, 1, Fraction(1))


class Quantity(NamedTuple):
    """A number as it was written: its measure, whether it is a least or a most, and the text itself."""

    number: Decimal
    measure: str
    bound: str
    text: str

    def within(self, measure):
        """The number in ``measure``. ValueError names both where they do not go together or the number would be cut."""
        if self.measure in ("", measure):
            return fitting(self.number)
        own, other = Measure.of(self.measure), Measure.of(measure)
        if own == other:
            return fitting(self.number)
        if own.kind not in ("", other.kind):
            raise ValueError(f"这里写的是“{self.text}”，计量单位是“{measure}”，换算不了：请改成一致。")
        factor = own.factor if own.kind else other.factor
        found = Fraction(self.number) * own.scale * factor / (other.scale * other.factor)
        exact = Decimal(found.numerator) / Decimal(found.denominator)
        if Fraction(exact) != found or round(exact, 2) != exact:
            raise ValueError(
                f"“{self.text}”合{float(found):.6g}{measure}，超过两位小数：请取两位小数，或改用别的计量单位。"
            )
        return fitting(exact)


def plain(text) -> str:
    """Half-width, without blanks of any kind and what cannot be seen."""
    return "".join(half_width(str(text).translate(_SQUARES)).split())


def is_nothing(text) -> bool:
    bare = plain(text)
    return not bare or bool(NOTHING.fullmatch(bare))


def quantity(value) -> Quantity:
    """Read one amount. ValueError says what else it may mean, or that it is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Quantity(Decimal(value), "", "", str(value))
    said = f"{Decimal(repr(round(value, 6))):f}" if isinstance(value, float) else str(value).strip()
    joined = _GAP.sub("", said)
    bare = arabic(plain(joined)).rstrip("。;,")
    found = _ONE.fullmatch(bare)
    _refuse_unsure(said, bare, _SPLIT.search(joined))
    if not found or (re.search(r"\d", found["measure"]) and not Measure.of(found["measure"]).is_known):
        raise ValueError(_unread(said, bare))
    number = Decimal(found["number"].replace(",", ""))
    return Quantity(number, found["measure"], _bound(said, found["before"], found["after"] or ""), said)


def fitting(number: Decimal) -> Decimal:
    """The number if it has at most two decimals and twelve digits before them, else ValueError."""
    if abs(number) >= LARGEST or round(number, 2) != number:
        raise ValueError("应为数字，最多两位小数、整数部分不超过12位。")
    return abs(round(number, 2)) if not number else round(number, 2)


def _refuse_unsure(said, bare, is_split):
    if _DAY.search(bare):
        raise ValueError(f"“{said}”像是日期，这里应为数字。")
    if is_split:
        raise ValueError(f"“{said}”像是几个数，请只写一个。")
    if several := _SEVERAL.search(bare):
        first, second = several["first"], several["second"]
        raise ValueError(f"“{said}”是一个范围：是不低于{first}，还是不高于{second}？请只写一个数。")
    if _ABOUT.search(bare):
        digits = re.search(rf"{_NUMBER}[万亿千百]*", bare)
        number = digits.group() if digits else "多少"
        raise ValueError(f"“{said}”不是确定的数：是不低于{number}，还是正好{number}？请写明。")


def _unread(said, bare):
    numbers = re.findall(rf"{_NUMBER}[^\d,、;。]*", bare)
    if len(numbers) > 1:
        return f"“{said}”里有几个数（{'、'.join(numbers[:4])}），请只写一个。"
    if numbers:
        return f"看不出“{said}”是不低于还是不高于、是多少，请写成100、不低于100或不高于100的样子。"
    return f"“{said}”应为数字，最多两位小数，例如100、41.6%、12亿元。"


def _bound(said, before, after):
    """The bound that the words around the number say; two that contradict each other are asked about."""
    least = bool(re.search(f"(?:{_LEAST})", re.sub("不高于|不超过|不多于|不大于|不低于", "", before)))
    least = least or "不低于" in before or after.endswith(("以上", "之上"))
    most = bool(re.search(f"(?:{_MOST})", re.sub("不低于|不少于|不小于|不下于", "", before)))
    most = most or after.endswith(("以下", "之下", "以内", "之内"))
    if least and most:
        raise ValueError(f"“{said}”既像不低于又像不高于，请只写一种。")
    return LEAST if least else MOST if most else ""
