"""Several months told as one amount: a quarter, half a year, 3—6月. How they are spread over months is a person's to say."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache

from kit.intake import Field
from kit.intake.cells import AmountCell
from kit.numerals import arabic
from kit.quantities import plain
from kit.rates import written
from reports.resources.project_months import MEASURES, MONEY, PLANNED, STAGES, measure_of, month_name
from tasks.models import Measure

EVEN, LAST = "even", "last"
WAYS = ((EVEN, "各月平均，除不尽的记在最后一个月"), (LAST, "记在最后一个月"))
MONTHS = re.compile(r"(.*?)(?:(20\d{2})年)?(?<!\d)(\d{1,2})(?:月份?)?([-—–~至到、,和及])(\d{1,2})月份?(.*)")
QUARTER = re.compile(r"(.*?)(?:(20\d{2})年)?第?([1-4])季度?(.*)")
HALF = re.compile(r"(.*?)(?:(20\d{2})年)?([上下])半年(.*)")
YEAR = re.compile(r"20\d{2}")
# What runs on, ends, or was summed up so far is no amount of its own months: 1-3季度, 3-6月底, 1-6月累计.
NOT_BEFORE, NOT_AFTER = re.compile(r"累计|[\d\-—–~至到、,和及前]$"), re.compile(r"^(?:底|末|\d)|累计")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Span:
    """The first and the last month of several, by their numbers."""

    first: int
    last: int

    @property
    def words(self):
        quarter, rest = divmod(self.first - 1, 3)
        is_quarter = not rest and self.last == self.first + 2
        return f"{'一二三四'[quarter]}季度" if is_quarter else f"{self.first}-{self.last}月"

    @property
    def is_quarter(self):
        return self.words.endswith("季度")

    def months(self, plan):
        return [month for month in plan.months if month.year == plan.year and self.first <= month.month <= self.last]


SPANS = [Span(first, last) for first in range(1, 12) for last in range(first + 1, 13) if (first, last) != (1, 12)]


@lru_cache(maxsize=4096)
def span_of(parts):
    """(year or None, Span, what else the heads say) of a column's heads, or None where they name no several months."""
    for place in range(len(parts) - 1, max(len(parts) - 3, -1), -1):
        others = "".join(parts[:place] + parts[place + 1 :])
        if found := _read(arabic(plain(parts[place]).replace("元月", "1月"))):
            year, span, before, after = found
            told = others + before + after
            year = year or next(iter(YEAR.findall(told)), None)
            return None if "累计" in others else (year and int(year), span, told)
    return None


def _read(text):
    """(year, Span, the words before, the words after) of one head."""
    if found := QUARTER.fullmatch(text):
        before, year, number, after = found.groups()
        span = Span(int(number) * 3 - 2, int(number) * 3)
    elif found := HALF.fullmatch(text):
        before, year, half, after = found.groups()
        span = Span(1, 6) if half == "上" else Span(7, 12)
    elif found := MONTHS.fullmatch(text):
        before, year, first, sign, last, after = found.groups()
        span = Span(int(first), int(last))
        if sign in "、,和及" and span.last != span.first + 1:
            return None
    else:
        return None
    is_whole = span in SPANS and not NOT_BEFORE.search(before) and not NOT_AFTER.search(after)
    return (year, span, before, after) if is_whole else None


def span_said(value):
    """The Span that a cell names: 3—6月, 一季度; None where it names none."""
    found = span_of((str(value),))
    return found[1] if found and not found[2].strip() else None


def span_name(measure, span):
    return f"{measure}:{span.first:02}-{span.last:02}"


def span_in(name):
    """(measure, Span) of a field's name, None of any other."""
    measure, _, months = name.partition(":")
    return (measure, Span(*map(int, months.split("-")))) if months and measure in MEASURES else None


def span_field(plan, measure, span):
    """The column of what is planned of one measure in several months together."""

    def fits(parts):
        found = span_of(tuple(map(str, parts)))
        if not found or found[1] != span or found[0] not in (None, plan.year):
            return False
        is_money = MONEY.search(found[2]) or measure == Measure.LAND
        is_plan = is_money or PLANNED.search(found[2]) and not STAGES.search(found[2]) or not span.is_quarter
        return bool(is_plan) and measure_of(found[2], False) == measure

    group = f"{'计划投资' if measure == Measure.INVESTED else Measure(measure).label[:4]}（{MEASURES[measure]}）"
    return Field(
        span_name(measure, span),
        span.words,
        AmountCell(),
        group=group,
        joined=True,
        fits=fits,
        summed=True,
        offered=False,
        listed=span.is_quarter,
        kind="number",
    )


def not_read(names):
    """Of a table's fields the spans that are not spread: amounts summed up so far (1-3月, 1-6月), and one that stands alone.

    A lone one (8-12月) is a part of the year that nothing completes.
    """
    names = list(names)
    spans = [(name, *found) for name in names if (found := span_in(name))]
    found = {
        name
        for name, measure, span in spans
        for other, theirs, more in spans
        if other != name and measure == theirs and span.first <= more.last and more.first <= span.last
    }
    return found | {name for name, measure, _ in spans if sum(each.startswith(measure) for each in names) == 1}


def spread(amount, months, way):
    if way == LAST or len(months) == 1:
        return {month: amount if month == months[-1] else Decimal(0) for month in months}
    part = (amount / len(months)).quantize(CENT, ROUND_DOWN)
    return dict.fromkeys(months[:-1], part) | {months[-1]: amount - part * (len(months) - 1)}


def month_parts(name, amount, wanted, plan, way):
    """What a span's amount comes to by month: {field name: amount}. ValueError where its months say something else.

    Where the months are told too, they hold and the span only has to be their sum.
    """
    measure, span = span_in(name)
    months = {month_name(measure, month): month for month in span.months(plan)}
    told = {each: wanted[each] for each in months if wanted.get(each) is not None}
    if not told:
        parts = spread(amount, list(months.values()), way) if months and way else {}
        return {month_name(measure, month): part for month, part in parts.items()}
    total = sum(told.values(), Decimal(0))
    if total != amount:
        raise ValueError(
            f"{span.words}写的是{written(amount)}，表中{span.first}-{span.last}月相加是{written(total)}，请改成一致。"
        )
    return {}


def needs_way(name, cells, plan):
    """Whether nothing is told of a span's single months."""
    measure, span = span_in(name)
    return not any(
        cells.get(month_name(measure, month)) not in (None, "")
        for month in (date(plan.year, number, 1) for number in range(span.first, span.last + 1))
    )
