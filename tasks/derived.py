"""What the register of key projects says about promised numbers: which rule makes a figure, and both numbers it is made of. Pure.

A stopped project is in neither part of a rate from its stopping month on; money and land accepted before stay in the year's sums.
A package counts once, its parts carry the money. Each month counts by the class a project had in it.
"""

import datetime
import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from kit.rates import percent, rounded, written

NEW, CONTINUED, CONTRACTED = "NEW", "CONTINUED", "CONTRACTED"
INVESTED, ARRIVED, LAND = "INVESTED", "ARRIVED", "LAND"
START, COMPLETE, COMMISSION, CAPACITY, FULFIL = "START", "COMPLETE", "COMMISSION", "CAPACITY", "FULFIL"
STEP, WORDS = "STEP", {START: "开工", COMPLETE: "竣工", COMMISSION: "投产", CAPACITY: "达产"}
INDUSTRY = "工业"
SHARE, COUNT, MONEY, GROUND = "%", "个", "万元", "亩"


class Rule(enum.Enum):
    """Each with its word, what it is counted in, and how it is counted in words."""

    STARTED_SHARE = ("STARTED_SHARE", "开工率", SHARE, "已开工 ÷ 在册新开工项目，不论计划哪月开工")
    STARTED = ("STARTED", "开工数", COUNT, "在册新开工项目中已开工的")
    FULFILLED_SHARE = ("FULFILLED_SHARE", "履约率", SHARE, "已履约 ÷ 在册招商履约项目，完成规则所列任一节点为履约")
    FULFILLED = ("FULFILLED", "履约数", COUNT, "在册招商履约项目中已履约的")
    FUNDS_SHARE = ("FUNDS_SHARE", "资金到位率", SHARE, "截至当月到位 ÷ 截至当月计划到位，不含已调出项目")
    LAND_SHARE = ("LAND_SHARE", "交地率", SHARE, "截至当月交地 ÷ 截至当月计划交地，不含已调出项目")
    CAPACITY_SHARE = ("CAPACITY_SHARE", "投产达效率", SHARE, "已达产 ÷ 已投产的在册项目")
    COMPLETED = ("COMPLETED", "竣工数", COUNT, "在册续建项目中已竣工的")
    CONTINUED_MONEY = (
        "CONTINUED_MONEY",
        "续建投资",
        MONEY,
        "各月按当月类别为续建的项目入册投资，含已调出项目调出前的数",
    )
    MONEY = ("MONEY", "重点项目投资", MONEY, "全部重点项目入册投资，含已调出项目调出前的数")
    INDUSTRY_SHARE = (
        "INDUSTRY_SHARE",
        "工业占重点项目投资比重",
        SHARE,
        "工业项目投资 ÷ 全部重点项目投资，不含已调出项目",
    )
    LAND = ("LAND", "交地亩数", GROUND, "全部重点项目入册交地，含已调出项目调出前的数")

    def __new__(cls, value, label, measure, words):
        rule = object.__new__(cls)
        rule._value_, rule.label, rule.measure, rule.words = value, label, measure, words
        return rule


@dataclass(frozen=True)
class Listed:
    """A project as a list counts it: its classes from which month on, and the month in which each of its days was on record."""

    key: int
    classes: tuple[tuple[datetime.date, str], ...]
    listed_from: datetime.date
    stopped_from: datetime.date | None = None
    done: Mapping[str, datetime.date] = field(default_factory=dict)

    def at(self, month):
        return Counted(self.class_in(month), {day for day, since in self.done.items() if since <= month})

    def runs_in(self, month):
        return self.listed_from <= month and not (self.stopped_from and self.stopped_from <= month)

    def class_in(self, month):
        if len(self.classes) == 1:
            return self.classes[0][1]
        known = [klass for since, klass in self.classes if since <= month]
        return known[-1] if known else self.classes[0][1]


@dataclass(frozen=True)
class Counted:
    """What a rate of days asks of a project: its class, and which days are on record."""

    klass: str
    days: frozenset | set

    def has(self, day):
        return day in self.days


@dataclass(frozen=True)
class Sum:
    """What projects alike planned and did of one measure in one month; ``actual`` is None where nothing was accepted."""

    month: datetime.date
    measure: str
    klass: str
    stopped_from: datetime.date | None
    sector: str
    planned: Decimal
    actual: Decimal | None


@dataclass(frozen=True)
class Figure:
    """One derived number by the end of a month, with what it is made of; ``whole`` is None of a sum or a count."""

    rule: Rule
    month: datetime.date
    part: Decimal | int
    whole: Decimal | int | None = None
    # Of the part, what projects brought that were stopped since.
    stopped: Decimal = Decimal(0)
    # The same of the list as it was decided: (part, whole).
    decided: tuple[int, int] | None = None

    @property
    def exact(self):
        if self.whole is None:
            return Fraction(self.part)
        return Fraction(self.part) * 100 / Fraction(self.whole) if self.whole else None

    @property
    def words(self):
        """19/27 = 70.4%, or 12500万元（其中已调出项目300万元）."""
        if self.whole is None:
            apart = f"（其中已调出项目{written(self.stopped)}{self.rule.measure}）" if self.stopped else ""
            return f"{written(self.part)}{self.rule.measure}{apart}"
        return _rate(self.part, self.whole) + (f"；年初名单{_rate(*self.decided)}" if self.decided else "")


def _rate(part, whole):
    shown = percent(part, whole, 1)
    return f"{written(part)}/{written(whole)}" + ("" if shown is None else f" = {shown}%")


@dataclass(frozen=True)
class Facts:
    """A plan's register as far as numbers are derived from it."""

    listed: tuple[Listed, ...]
    sums: tuple[Sum, ...]
    # The last month anything is on record for; None before the first.
    until: datetime.date | None
    # The month of the list as it was decided; None without a project.
    first: datetime.date | None
    _known: dict = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, listed, sums):
        months = {each.month for each in sums if each.actual is not None}
        months |= {month for each in listed for month in each.done.values()}
        first = min((each.listed_from for each in listed), default=None)
        return cls(tuple(listed), tuple(sums), max(months, default=None), first)

    def figure(self, rule, month):
        """The number by the end of ``month``; lists ask for each month twice, as itself and as the one before."""
        if (rule, month) not in self._known:
            self._known[rule, month] = RULES[rule](self, rule, month)
        return self._known[rule, month]

    def rate_of_days(self, rule, month):
        rows = self._counted_in(month)
        return Figure(rule, month, *counted(rule, rows))

    def _counted_in(self, month):
        if month not in self._known:
            self._known[month] = [each.at(month) for each in self.listed if each.runs_in(month)]
        return self._known[month]

    def sum_of(self, rule, month, measure, klass=None):
        rows = [each for each in self.sums if each.month <= month and each.measure == measure]
        rows = [each for each in rows if each.actual is not None and klass in (None, each.klass)]
        gone = (each.actual for each in rows if each.stopped_from and each.stopped_from <= month)
        return Figure(rule, month, _total(each.actual for each in rows), stopped=_total(gone))

    def running_sums(self, month, measure):
        rows = (each for each in self.sums if each.month <= month and each.measure == measure)
        return [each for each in rows if not (each.stopped_from and each.stopped_from <= month)]


def _total(numbers: Iterable[Decimal]):
    return sum(numbers, Decimal(0))


# Of which class, which day counts, and of those only that have which other day.
DAYS = {
    Rule.STARTED_SHARE: (NEW, START, None),
    Rule.FULFILLED_SHARE: (CONTRACTED, FULFIL, None),
    Rule.CAPACITY_SHARE: (None, CAPACITY, COMMISSION),
    Rule.COMPLETED: (CONTINUED, COMPLETE, None),
}


def counted(rule, rows):
    """(part, whole) of a rate of days among ``rows``, each with ``klass`` and ``has(day)``: every page and sheet asks here."""
    klass, day, of = DAYS[rule]
    asked = [each for each in rows if klass in (None, each.klass) and (of is None or each.has(of))]
    return sum(each.has(day) for each in asked), len(asked)


def _started(facts, rule, month):
    found = facts.rate_of_days(rule, month)
    decided = [each for each in facts.listed if each.listed_from == facts.first and each.classes[0][1] == NEW]
    then = (sum(each.at(month).has(START) for each in decided), len(decided))
    return found if then == (found.part, found.whole) else Figure(rule, month, found.part, found.whole, decided=then)


def _to_date(measure):
    def rate(facts, rule, month):
        rows = facts.running_sums(month, measure)
        return Figure(rule, month, _total(each.actual or 0 for each in rows), _total(each.planned for each in rows))

    return rate


def _industry(facts, rule, month):
    rows = facts.running_sums(month, INVESTED)
    part = _total(each.actual or 0 for each in rows if each.sector == INDUSTRY)
    return Figure(rule, month, part, _total(each.actual or 0 for each in rows))


def _count(rate):
    def count(facts, rule, month):
        return Figure(rule, month, facts.rate_of_days(rate, month).part)

    return count


RULES = {
    Rule.STARTED_SHARE: _started,
    Rule.STARTED: _count(Rule.STARTED_SHARE),
    Rule.FULFILLED_SHARE: Facts.rate_of_days,
    Rule.FULFILLED: _count(Rule.FULFILLED_SHARE),
    Rule.FUNDS_SHARE: _to_date(ARRIVED),
    Rule.LAND_SHARE: _to_date(LAND),
    Rule.CAPACITY_SHARE: Facts.rate_of_days,
    Rule.COMPLETED: _count(Rule.COMPLETED),
    Rule.CONTINUED_MONEY: lambda facts, rule, month: facts.sum_of(rule, month, INVESTED, CONTINUED),
    Rule.MONEY: lambda facts, rule, month: facts.sum_of(rule, month, INVESTED),
    Rule.INDUSTRY_SHARE: _industry,
    Rule.LAND: lambda facts, rule, month: facts.sum_of(rule, month, LAND),
}


def days_of_package(own, parts):
    """A package that has no day of its own starts with its first part and is done with its last; ``parts`` are their days."""
    found = dict(own)
    for day in (START, COMPLETE, COMMISSION, CAPACITY, FULFIL):
        months = [each[day] for each in parts if day in each]
        if day not in found and months and (day == START or len(months) == len(parts)):
            found[day] = min(months) if day == START else max(months)
    return found


def days_of_node(kind, title, fulfilling):
    """Which days of a project a node is: its own kind, and what fulfils a contract where the plan's rules name it."""
    own = () if kind == STEP else (kind,)
    return (*own, FULFIL) if title in fulfilling or own and WORDS[kind] in fulfilling else own


def recorded_in(done_on, told_in):
    """The month from which a node counts as done; None while it is not."""
    return done_on and max(filter(None, (done_on.replace(day=1), told_in)))


def shown(exact, places):
    """An exact number as people read it, rounded once, half up."""
    return None if exact is None else Decimal(rounded(exact, places))
