"""Figures of reports: filed on time, late, missing and by whom; how long the offices themselves took."""

import datetime
from dataclasses import replace
from fractions import Fraction
from functools import partial

from kit.addresses import address_of
from kit.rates import rounded
from reports.models import Fact
from supervision.dashboard.figures.figure import NOTHING, Figure, averaged, counted, rated, source

FACTS = {fact.value: fact for fact in Fact}
DAY = datetime.timedelta(days=1)


def reports_of(scope, plan=None, unit=None, fact=None):
    rows = [each for each in scope.reports if plan in (None, each.plan)]
    rows = [each for each in rows if unit is None or each.unit_name in scope.names_of(unit)]
    return [each for each in rows if fact is None or FACTS[fact] in each.facts]


def where(scope, plan=None, fact="", **_):
    return scope.address("filing_rows", **scope.of_month(plan), state=fact if fact not in ("owed", "due") else "")


def row_of(scope, report):
    words = next((fact.label for fact in SHOWN if fact in report.facts), Fact.UNFILED.label)
    month = "" if scope.first == scope.last else f"{report.month.month}月"
    return f"{report.unit_name}{month}", words, address_of("report", report.pk)


SHOWN = (Fact.EXEMPT, Fact.LAPSED, Fact.ON_TIME, Fact.LATE, Fact.MISSING)
RULES = {
    Fact.OWED: "应报的月报，不含免报",
    Fact.DUE: "已到期或已报送的应报月报",
    Fact.ON_TIME: "首次报送在截止之前",
    Fact.LATE: "首次报送在截止之后",
    Fact.MISSING: "截止时没有报送",
    Fact.LAPSED: "退回后过了重报期限、没有重报",
}


@source("reports_count", "月报份数", "plan", "unit", "fact", where=where)
def count(scope, **asked):
    fact = FACTS[asked["fact"]]
    rows = [row_of(scope, each) for each in reports_of(scope, **asked)]
    return counted(rows, RULES.get(fact, fact.label), label=f"{fact.label}月报")


@source("reports_rate", "报送率", "plan", "unit", where=where)
def filed_rate(scope, **asked):
    return _rate(scope, asked, ("on_time", "late"), "报送率 = 已报 ÷ 到期应报")


@source("reports_on_time", "按时率", "plan", "unit", where=where)
def on_time_rate(scope, **asked):
    return _rate(scope, asked, ("on_time",), "按时率 = 按时 ÷ 到期应报")


def _rate(scope, asked, facts, rule):
    parts = {fact: len(reports_of(scope, **asked, fact=fact)) for fact in (*facts, "due")}
    pairs = tuple((FACTS[fact].label, str(n), where(scope, **asked, fact=fact)) for fact, n in parts.items())
    return rated(sum(parts[fact] for fact in facts), parts["due"], rule, pairs)


@source("reports_missing_named", "没有报送的单位（点名）", "plan", "fact", where=partial(where, fact="missing"))
def missing(scope, plan=None, fact="missing"):
    """Each unit once, with the months where there are several."""
    rows, months = reports_of(scope, plan, fact=fact), {}
    for each in rows:
        months.setdefault(each.unit_name, []).append(each.month)
    several = scope.first != scope.last
    words = "、".join(name + (f"（{_months(own)}）" if several else "") for name, own in months.items())
    told = tuple(row_of(scope, each) for each in rows)
    return Figure(words or "无", RULES[FACTS[fact]], told, label=f"{FACTS[fact].label}的单位")


def _months(months):
    return "、".join(f"{month}月" for month in sorted({each.month for each in months}))


@source("reports_returned", "退回过的月报", "plan", "unit", where=partial(where, fact="returned"))
def returned(scope, **asked):
    """Given back and not filed again, by the moment."""
    rows = reports_of(scope, **asked, fact="returned")
    return counted((row_of(scope, each) for each in rows), "退回后还没有重报")


@source("review_days", "办公室审核平均天数", "plan", where=where)
def review_days(scope, plan=None):
    rows = [each for each in reports_of(scope, plan) if each.review is not None]
    if not rows:
        return Figure(NOTHING, "还没有审核通过的月报")
    told = [(each.unit_name, f"{rounded(_days(each.review), 1)}天", address_of("report", each.pk)) for each in rows]
    mean = averaged(sum(_days(each.review) for each in rows), len(rows), "", tuple(told))
    return replace(mean, rule=f"最近一次报送到审核通过，{len(rows)}份月报的平均，单位：天")


def _days(length):
    return Fraction(length // datetime.timedelta(seconds=1), DAY // datetime.timedelta(seconds=1))


@source("review_waiting", "待审核的月报", "plan", where=partial(where, fact="waiting"))
def waiting(scope, plan=None):
    rows = reports_of(scope, plan, fact="waiting")
    return counted((row_of(scope, each) for each in rows), "已报送、办公室还没有审核")


@source("review_longest", "待审最久的天数", "plan", where=partial(where, fact="waiting"))
def longest(scope, plan=None):
    rows = [each for each in reports_of(scope, plan, fact="waiting") if each.submitted_at]
    if not rows:
        return Figure(NOTHING, "没有待审核的月报")
    first = min(rows, key=lambda each: each.submitted_at)
    days = (scope.moment - first.submitted_at) // DAY
    return Figure(str(days), "报送至今的整天数", (row_of(scope, first),), exact=days)
