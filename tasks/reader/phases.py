"""Stages of a plan with the days they run, and the groups it sets up."""

import re
from datetime import date

from tasks.reader.deadlines import due_on
from tasks.reader.document import Group, Phase
from tasks.reader.names import joined, split_names
from tasks.reader.passages import Passage
from tasks.reader.source import Source

_POINT = r"(?:20\d{2}年)?(?:1[0-2]|[1-9])月(?:\d{1,2}日|上旬|中旬|下旬|初|中|底|末)?"
_PERIOD = re.compile(
    rf"\( ?(?P<from>{_POINT})(?: ?(?:-{{1,2}}|至|到|~) ?(?P<to>(?:20\d{{2}}年)?(?:1[0-2]|[1-9])月[^()]{{0,4}}))? ?\)"
)
_FIRST_DAY = {"中旬": 11, "下旬": 21, "中": 11, "底": 21, "末": 21}
_WORKING = re.compile(r"([\u4e00-\u9fff]{2,20}组)\(([^()\n]{2,60}?)牵头\)")
_LEADING = re.compile(r"成立(?:[^。\n]{0,120}?的)?([\u4e00-\u9fff“”]{2,36}领导小组)")


def phases_in(source: Source, passages: list[Passage], year: int | None) -> list[Phase]:
    found = []
    for passage in passages:
        start, end = source.trimmed(passage.start, passage.stop)
        period = _PERIOD.search(source.plain, start, min(end, start + 60))
        if period and (days := _days(period, year)):
            title, duties = source.written(start, period.start()), source.written(period.end(), passage.last)
            found.append(Phase(title, *(day.isoformat() for day in days), duties))
    return found


def _days(period: re.Match[str], year: int | None) -> tuple[date, date] | None:
    begun_year = re.search(r"20\d{2}", period["from"])
    year = int(begun_year.group()) if begun_year else year
    first, last = due_on(period["from"], year), due_on(period["to"] or period["from"], year)
    if first is None or last is None or last < first.replace(day=1):
        return None
    if re.search(r"\d日", period["from"]):
        return first, last
    part = re.search(r"(上旬|中旬|下旬|初|中|底|末)$", period["from"])
    return first.replace(day=_FIRST_DAY.get(part.group(), 1) if part else 1), last


def groups_in(source: Source, start: int, end: int) -> list[Group]:
    groups = []
    for found in _LEADING.finditer(source.text, start, end):
        groups.append(Group("LEADING", found[1], []))
    for found in _WORKING.finditer(source.plain, start, end):
        name = re.sub(r"^(?:成立|设立|组建|下设|分设|和|及)", "", found[1])
        leads = source.text[found.start(2) : found.end(2)]
        groups.append(Group("WORKING", name, joined(split_names(leads))))
    return groups
