"""What a figure of a paper is: its value as printed, how it is computed, and the rows whose sum it is."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from kit import clock
from kit.rates import grouped, percent, rounded, written
from supervision.papers.tokens import token

NOTHING = "—"
NOT_SLUG = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True)
class Figure:
    """``records`` are (name, figure, address); of a rate they are its two numbers, of a total of parts the parts.

    What says no ``address``, the figure or a record of it, is found on the page of its source.
    """

    value: str
    rule: str
    records: tuple = ()
    address: str = ""
    exact: object = None
    label: str = ""

    @property
    def is_nothing(self):
        return self.value in ("", NOTHING, "0", "0.0", "0.00")

    def at(self, address):
        address = self.address or address
        records = tuple((*row, address) if len(row) == 2 else row for row in self.records)
        return replace(self, address=address, records=records)

    def plain(self, source, params):
        """As a block keeps it: plain values."""
        return {
            "source": source,
            "params": params,
            "label": self.label,
            "value": self.value,
            "exact": None if self.exact is None else exact_words(self.exact),
            "address": self.address,
            "records": [list(each) for each in self.records],
            "rule": self.rule,
        }


def exact_words(number):
    """An exact number as text: 12.5, or 110/3 where it has no end."""
    if isinstance(number, Fraction) and number.denominator != 1:
        return f"{number.numerator}/{number.denominator}"
    return written(number.numerator if isinstance(number, Fraction) else number)


def key_of(source, params):
    """The token's key: the same figure has the same key wherever it stands."""
    parts = [f"{name}{NOT_SLUG.sub('_', str(value))}" for name, value in sorted(params.items())]
    return "-".join([source, *parts])


@dataclass(frozen=True)
class Source:
    """Where a kind of figure comes from; ``params`` are what it may be asked of besides the scope."""

    label: str
    make: Callable
    params: tuple[str, ...] = ()

    def of(self, scope, **params):
        with clock.telling(scope.moment):
            found = self.make(scope, **params)
        return found if found.label else replace(found, label=self.label)


@dataclass
class Drawn:
    """A table as a block keeps it: ``content`` with heads, rows and sum, ``figures`` by the keys its cells name."""

    content: dict
    figures: dict = field(default_factory=dict)

    def keyed(self, mark):
        """With keys that say of what part it is, where a paper has the table of two."""
        rows = [*self.content["rows"], *filter(None, [self.content.get("sum")])]
        for cell in (each for row in rows for each in row if isinstance(each, dict)):
            cell["k"] += mark
        return Drawn(self.content, {key + mark: figure for key, figure in self.figures.items()})


@dataclass(frozen=True)
class TableSource:
    label: str
    make: Callable
    params: tuple[str, ...] = ()

    def of(self, scope, **params):
        with clock.telling(scope.moment):
            drawn = self.make(scope, **params)
        drawn.content["params"] = params
        return drawn.keyed(key_of("", params)) if params else drawn


@dataclass
class BlockSpec:
    """A block before it is written."""

    kind: str
    text: str = ""
    figures: dict = field(default_factory=dict)
    source: str = ""
    content: dict = field(default_factory=dict)


SOURCES: dict[str, Source] = {}
TABLES: dict[str, TableSource] = {}
DRAFTERS: dict[str, Callable] = {}


def source(key, label, *params, where=None):
    """Enter a function of (scope, **params) that gives a Figure; ``where`` of the same gives the page with its rows."""

    def enter(make):
        def made(scope, **asked):
            found = make(scope, **asked)
            return found.at(where(scope, **asked)) if where else found

        SOURCES[key] = Source(label, made, params)
        return made

    return enter


def table(key, label, *params):
    """Enter a function of (scope, **params) that gives a Drawn table."""

    def enter(make):
        TABLES[key] = TableSource(label, make, params)
        return make

    return enter


def drafter(kind):
    """Enter a function of (scope, about) that gives the blocks of a paper of this kind."""

    def enter(make):
        DRAFTERS[kind] = make
        return make

    return enter


def figure_of(scope, key, **params):
    """(token, Figure as a block keeps it): for who puts one figure into a text."""
    params = {name: value for name, value in params.items() if value is not None}
    return token(key_of(key, params)), SOURCES[key].of(scope, **params)


# How figures are written.


def counted(rows, rule, **more):
    """A number of rows, each of them told: (name, figure, address)."""
    rows = tuple(rows)
    return Figure(str(len(rows)), rule, rows, exact=len(rows), **more)


def listed(words, rule, rows, joint="；", **more):
    """Words that name rows; nothing where there are none."""
    return Figure(joint.join(words) or NOTHING, rule, tuple(rows), **more)


def rated(part, whole, rule, records, **more):
    """A share with its two numbers in the rule: 23/27 = 85.2%."""
    shown = percent(part, whole, 1)
    words = f"{rule}：{grouped(part)} ÷ {grouped(whole)}"
    if shown is None:
        return Figure(NOTHING, f"{words}，没有可比的数", records, **more)
    exact = Fraction(part) * 100 / Fraction(whole)
    return Figure(f"{shown}%", f"{words} = {shown}%", records, exact=exact, **more)


def averaged(total, count, rule, records, sign=""):
    """A mean with its two numbers, one decimal."""
    if not count:
        return Figure(NOTHING, f"{rule}：没有可算的数", records)
    exact = Fraction(total) / count
    shown = rounded(exact, 1)
    return Figure(f"{shown}{sign}", f"{rule}：{written(total)} ÷ {count} = {shown}", records, exact=exact)


YI = Decimal(10000)


def money(amount, scale):
    """An amount of 万元 as printed: YI in 亿元 with two decimals, else in 万元 without noughts that say nothing."""
    return f"{rounded(amount / YI, 2):,}" if scale == "YI" else grouped(amount)


def signed(number):
    """Points with the sign as wide as a digit: −5.1."""
    return NOTHING if number is None else f"{'−' if number < 0 else ''}{abs(number)}"


def compared(points):
    """Points against what was due, in words that turn with them: 慢5.1个百分点."""
    if points is None:
        return NOTHING
    return f"{'慢' if points < 0 else '快'}{abs(points)}个百分点" if points else "持平"
