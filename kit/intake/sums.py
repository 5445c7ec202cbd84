"""Rows that sum up others: 小计, 合计, 一、工业项目（小计4个）. They are no data, and what they say is checked against their rows."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import takewhile

from kit.intake.cells import as_text
from kit.quantities import plain
from kit.rates import written

TOTAL, SUBTOTAL, GROUP, GROUP_END, ROW = "合计", "小计", "分类", "分类小计", "行"
TOTALS = (TOTAL, "总计")
SECTION = re.compile(r"^([（(]?[一二三四五六七八九十]{1,3}[)）、.．]|第[一二三四五六七八九十]{1,3}[章节部分])")
_SUM = re.compile(r"(合计|小计|总计|总和|共计|累计)(?:[(:：共\d].*)?")
_REMARK = re.compile(r"[(（][^()（）]*(?:小计|合计|共|\d+[个项家户人件宗名])[^()（）]*[)）]\s*$")
_COUNT = re.compile(r"(\d+)[个项家户人件宗名]")


def counted(label):
    return bool(_REMARK.search(label))


def sum_of(filled):
    for _, value in filled[:3]:
        if found := _SUM.fullmatch(plain(value)):
            return found[1]
    return ""


def heads_group(filled, below):
    """Does a row that says several things head a group: 一、工业项目（小计4个） with its sums beside?"""
    text = as_text(filled[0][1])
    if not isinstance(filled[0][1], str):
        return False
    told = "计" in "".join(re.findall(r"[(（](.*?)[)）]", text)) and _REMARK.search(text)
    counted = SECTION.match(text) and _REMARK.search(text)
    return (
        bool(told)
        or bool(counted and all(number_in(value) is not None for _, value in filled[1:]))
        or _adds_up(filled, below)
    )


def _adds_up(filled, below):
    own = {column: number_in(value) for column, value in filled[1:]}
    if not own or None in own.values() or not SECTION.match(as_text(filled[0][1])):
        return False
    rows = list(takewhile(lambda row: not SECTION.match(as_text(row[0][1])) and not sum_of(row), below))
    sums = {column: [number_in(dict(row).get(column)) for row in rows] for column in own}
    return len(rows) > 1 and all(None not in found and sum(found) == own[column] for column, found in sums.items())


def title_of(text):
    return _REMARK.sub("", text).strip()


def number_in(value):
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value)
    try:
        found = Decimal(plain(value).replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


@dataclass(frozen=True)
class Sum:
    """A number of a sum that its rows do not add up to; ``name`` is empty for how many rows there are."""

    name: str
    column: int
    said: Decimal
    found: Decimal

    @property
    def sentence(self):
        if not self.name:
            return f"这里写的是{self.said}个，下属的是{self.found}个"
        return f"这里写的是{self.value}，下属各行相加是{written(self.found)}"

    @property
    def value(self):
        return written(self.said)


@dataclass
class _Event:
    """A row or a sum as it is met; ``figures`` {field: number, None where it cannot be read}."""

    kind: str
    number: int
    figures: dict
    count: int | None = None
    depth: int = 0
    part_of: int = 0


class Sums:
    """The sums of a table in groups, each beside the rows it speaks of, number by number in the columns that add up.

    ``read`` says the figures of a row's filled cells, {name: number}, None where one cannot be read; ``columns`` where each stands.
    """

    def __init__(self, read, columns):
        self.read, self.columns = read, columns
        self.events, self.unchecked = [], {}

    @property
    def has_rows(self):
        return any(each.kind == ROW for each in self.events)

    def row(self, number, filled, *, count=1, part_of=0, carried=()):
        figures = self.read(filled) | dict.fromkeys((name for name in carried if name in self.columns), None)
        self.events.append(_Event(ROW, number, figures, count, part_of=part_of))

    def group(self, number, filled, depth):
        self._sum(GROUP, number, filled, depth)

    def group_end(self, number, filled, depth):
        self._sum(GROUP_END, number, filled, depth)

    def sub(self, number, filled):
        self._sum(SUBTOTAL, number, filled)

    def total(self, number, filled, label):
        self._sum("累计" if "累计" in label else "总计" if "总" in label else TOTAL, number, filled)

    def _sum(self, kind, number, filled, depth=0):
        counts = _COUNT.findall(" ".join(plain(value) for _, value in filled if isinstance(value, str)))
        self.events.append(_Event(kind, number, self.read(filled), int(counts[0]) if len(counts) == 1 else None, depth))

    def told(self):
        kinds = [each.kind for each in self.events]
        if "总计" in kinds and kinds.count(TOTAL) > 1:
            for each in self.events:
                each.kind = SUBTOTAL if each.kind == TOTAL else each.kind
        found = {}
        for place, each in enumerate(self.events):
            if each.kind not in (ROW, "累计"):
                rows = [other for other in self._covered(place) if other.kind == ROW]
                found[each.number] = tuple(self._differing(each, rows))
        return found

    def _covered(self, place):
        own, above, below = self.events[place], self.events[:place], self.events[place + 1 :]
        if own.kind == GROUP:
            return _until(below, lambda each: each.kind in TOTALS or (each.kind == GROUP and each.depth <= own.depth))
        if own.kind == GROUP_END:
            return _until(above[::-1], lambda each: each.kind == GROUP and each.depth <= own.depth)
        stops = TOTALS if own.kind in TOTALS else (*TOTALS, SUBTOTAL, GROUP, GROUP_END)
        near = _until(above[::-1], lambda each: each.kind in stops)
        if any(each.kind == ROW for each in near):
            return near
        near = _until(below, lambda each: each.kind in stops)
        if any(each.kind == ROW for each in near):
            return near
        return _until(above[::-1], lambda each: each.kind in TOTALS)

    def _differing(self, own, rows):
        if (
            own.count is not None
            and rows
            and own.count != (lines := sum(each.count for each in rows if not each.part_of))
        ):
            yield Sum("", 0, own.count, lines)
        for name, said in own.figures.items():
            found = [each.figures[name] for each in rows if name in each.figures and not self._is_in(each, rows, name)]
            if (said is None or None in found) and rows:
                self.unchecked[own.number] = (*self.unchecked.get(own.number, ()), name)
            if said is None or None in found or not rows:
                continue
            total = sum(found, Decimal(0))
            if abs(total - said) > Decimal("0.005") * max(len(found), 1):
                yield Sum(name, self.columns.get(name, 0), said, total)

    def _is_in(self, row, rows, name):
        """A part's money is in its whole's, where the whole says its own."""
        return bool(row.part_of) and any(each.number == row.part_of and name in each.figures for each in rows)


def _until(events, stops):
    return [*takewhile(lambda each: not stops(each), events)]
