"""Deadlines: as written, and the last day they mean."""

import calendar
import re
from datetime import date

from kit.numerals import arabic
from tasks.reader.source import plain

_YEAR = r"(?P<year>20\d{2}|1\d(?=年(?:1[0-2]|0?[1-9])月)|今|本|当|明|次|翌|来)年度?"
_PART = r"(?P<part>上旬|中旬|下旬|初|中|底|末)"
_BEFORE = r"(?:之前|以前|前(?![期沿端列景提瞻三述十置往]))"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_WHEN = re.compile(
    r"(?<!\d)(?P<dotted>20\d{2})(?P<dot>[-./])(?P<dotted_month>1[0-2]|0?[1-9])"
    r"(?:(?P=dot)(?P<dotted_day>3[01]|[12]\d|0?[1-9]))?(?!\d|[./]\d|[-~]\d{1,2}(?!\d))"
    rf"|(?:{_YEAR})?(?:(?P<month>1[0-2]|0?[1-9]|元)月份?"
    rf"(?:(?:\d{{1,2}}[日号]?[-~至到])?{_DAY}(?:[日号]|(?=$|[前之以,;、)]))|{_PART})?"
    r"|第?(?P<quarter>[一二三四1-4])季度(?:末|底)?|(?P<half>[上下])半年|(?P<end>年[底末初中内]|(?<=[年度])[底末初中内]))"
    rf"|{_YEAR.replace('year', 'bare')}"
)
_IN_PROSE = re.compile(
    r"(?<![每历往])(?:20\d{2}年|今年|本年度?|明年)?(?:1[0-2]|[1-9])月份?(?:\d{1,2}日|底|末|上旬|中旬|下旬|初|中)?"
    rf"{_BEFORE}|(?<![每历往])(?:20\d{{2}}年?|今年?|本年?|明年?)?年?(?:底|末){_BEFORE}"
    rf"|(?:20\d{{2}}年|今年|明年)(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?{_BEFORE}"
    r"|到20\d{2}年(?:\d{1,2}月)?(?:底|末)?|20\d{2}年(?:\d{1,2}月)?(?:底|末)(?=[,、]?(?:完成|建成|实现|达到|全面|基本|全部|竣工))"
    rf"|(?:20\d{{2}}年|今年|本年)?(?:第?[一二三四]季度(?:末|底)?|[上下]半年)(?:{_BEFORE}|(?=完成))"
)
_TITLE = re.compile(r"《[^《》\n]{0,200}》")
# No month and no day of any year: 13月, 0月, 10月32日, 2015-13. To read a part of it as a date would be a guess.
_IMPOSSIBLE = re.compile(
    r"(?<!\d)(?:0+|1[3-9]|[2-9]\d|\d{3,})月|月(?:0+|3[2-9]|[4-9]\d|\d{3,})[日号]|20\d{2}[-./](?:0+|1[3-9]|[2-9]\d)(?!\d)"
)
# Days that move from year to year, or that only people know.
_UNSAID = re.compile(
    r"春节|元宵|清明|端午|中秋|重阳|国庆|元旦|五一|七一|八一|汛期?|雨季|两会|开学|学期|[暑寒]假|高考|中考|入冬|春耕|秋收|换届|(?:党代|人代)会"
)
_QUARTER = {"一": 3, "二": 6, "三": 9, "四": 12}
_PART_DAY = {"上旬": 10, "初": 10, "中旬": 20, "中": 20}
_CELL = re.compile(
    r"(?:长期|常年|常态化?|持续|全年|每年|每月|每季度)(?:坚持|推进|实施|开展|任务|工作|执行)?"
    rf"|(?:{_UNSAID.pattern})节?(?:之前|以前|前)(?:完成)?"
)
_LASTING = re.compile(r"长期|常年|常态|持续|全年|贯穿|每[年月季周日]")
_STANDING = re.compile(rf"{_LASTING.pattern}|立即|即时|按|同步|实时|根据")


def in_prose(text: str) -> list[str]:
    """The deadlines that stand in a text, as written, in order; titles and document numbers are left out."""
    bare = _TITLE.sub(lambda title: " " * len(title.group()), plain(text))
    found = [each.span() for each in _IN_PROSE.finditer(bare)]
    return [text[start:end] for start, end in found if not re.search(r"每\w{0,3}$", bare[max(0, start - 4) : start])]


def is_deadline(text: str) -> bool:
    bare = plain(text).strip(" ,;。")
    if not bare or len(bare) > 30:
        return False
    if re.search(r"20\d{2}年|\d{1,2}月|年底|年内|季度|半年", bare):
        rest = _WHEN.sub("", bare)
        return len(re.sub(r"[前之以于在至到—\-~起完成并持续推进实现建基本全面部力争确保底、,和 ]", "", rest)) <= 4
    return bool(_CELL.fullmatch(bare))


def due_on(text: str, year: int | None) -> date | None:
    """The last day a deadline means; ``year`` where it names none. None for a standing duty or an unreadable one."""
    bare = re.sub(r"(?<=[年月])\s+(?=\d)|(?<=\d)\s+(?=[年月日])", "", plain(text))
    if _UNSAID.search(bare) or _IMPOSSIBLE.search(bare := arabic(bare)):
        return None
    days = [day for found in _WHEN.finditer(bare) if (day := _day(found, year))]
    return max(days) if days else None


def _day(found: re.Match[str], year: int | None) -> date | None:
    parts = found.groupdict()
    if parts["dotted"]:
        return _in_month(int(parts["dotted"]), int(parts["dotted_month"]), parts["dotted_day"], None)
    year = _year(parts["year"] or parts["bare"] or "", year)
    if year is None:
        return None
    if parts["month"]:
        return _in_month(year, int(parts["month"].replace("元", "1")), parts["day"], parts["part"])
    if parts["quarter"]:
        quarter = parts["quarter"]
        return _last(year, _QUARTER[quarter] if quarter in _QUARTER else 3 * int(quarter))
    if parts["half"]:
        return _last(year, 6 if parts["half"] == "上" else 12)
    return _last(year, {"初": 1, "中": 6}.get((parts["end"] or "底")[-1], 12))


def _year(written: str, year: int | None) -> int | None:
    if written.isdigit():
        return int(written) if len(written) == 4 else 2000 + int(written)
    return year + 1 if written and written in "明次翌来" and year else year


def _in_month(year: int, month: int, day: str | None, part: str | None) -> date | None:
    last = calendar.monthrange(year, month)[1]
    number = int(day) if day else _PART_DAY.get(part or "", last)
    return date(year, month, number) if number <= last else None


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def is_lasting(text: str) -> bool:
    return bool(_LASTING.search(text))


def is_standing(text: str) -> bool:
    return bool(_STANDING.search(text))
