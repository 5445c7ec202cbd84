"""How far a key project is against its own plan: money by month, its start, its nodes. Exact, rounded once, as pure arithmetic.

What is owed by a day moves only at month ends and after the limits of nodes, and never falls; so, as for any task
(tasks.lights), there is a first day of yellow and a first day of red for what has been done.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from kit.deadlines import last_day
from kit.rates import percent, rounded
from tasks.lights import Judgement, Light, Turns, chinese_day

# What holds a project up; each cause belongs to the action that clears it.
CAUSES = (
    ("GROUND", "用地征拆"),
    ("FUNDS", "资金"),
    ("APPROVAL", "审批"),
    ("LABOUR", "用工"),
    ("BLOCKED", "环境阻工"),
    ("DESIGN", "设计"),
    ("OTHER", "其他"),
)
LEVELS = (Light.GREEN, Light.YELLOW, Light.RED)
ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Rules:
    """Money behind the month curve by more than ``slow_after`` points of the year's plan is yellow, by more than ``late_after``
    red; a start that is missing at its ``start_months``-th month end in a row is red."""

    slow_after: int = 10
    late_after: int = 30
    start_months: int = 3


@dataclass(frozen=True)
class Node:
    """A step with its limit; ``told_in`` is the month whose report said it was done, None where the office did."""

    title: str
    due_on: datetime.date
    weight: int = 1
    goal: bool = False
    is_start: bool = False
    done_on: datetime.date | None = None
    told_in: datetime.date | None = None
    key: int | None = None

    def is_done(self, day):
        return self.done_on is not None and self.done_on <= day and (self.told_in is None or self.told_in <= day)


@dataclass(frozen=True)
class Part:
    """One of the three lights a project's own is the worst of: 0 green, 1 yellow, 2 red; ``told`` says why, long and brief."""

    level: int
    told: Callable[[], tuple[str, str]]


@dataclass(frozen=True)
class Course:
    """What a project planned and did: the year's plan in 万元, money by month (days are the firsts of months), and its nodes."""

    starts_on: datetime.date
    year: Decimal = Decimal(0)
    planned: tuple[tuple[datetime.date, Decimal], ...] = ()
    spent: tuple[tuple[datetime.date, Decimal], ...] = ()
    nodes: tuple[Node, ...] = ()

    def due(self, day):
        """The money planned for the months that are over at the end of ``day``."""
        return sum((money for month, money in self.planned if last_day(month) <= day), Decimal(0))

    def done(self, day):
        """The money accepted for months up to the one of ``day``."""
        return sum((money for month, money in self.spent if month <= day), Decimal(0))

    def share(self, day):
        """Percent of the year's money that was spent: exact, uncapped; None where there is none."""
        return Fraction(self.done(day)) * 100 / Fraction(self.year) if self.year else None

    def due_share(self, day):
        return Fraction(self.due(day)) * 100 / Fraction(self.year) if self.year else None

    def lag(self, day):
        """How many points of the year's plan the money lies behind the month curve (below zero: ahead), exact; None without money."""
        return self.due_share(day) - self.share(day) if self.year else None

    @property
    def goal(self):
        return next((node for node in self.nodes if node.goal), None)

    def is_reached(self, day):
        """Whether the goal of the year is accepted: only then a project is done, whatever it spent."""
        return bool(self.goal and self.goal.is_done(day))

    def progress(self, day):
        """Whole percent: the share of the year's money, of the nodes' weights where there is none; at most 99 before the goal."""
        if self.is_reached(day):
            return 100
        share = self.share(day)
        if share is None:
            weights = sum(node.weight for node in self.nodes)
            share = percent(sum(node.weight for node in self.nodes if node.is_done(day)), weights) or 0
        return max(0, min(99, rounded(share)))

    def expected(self, day):
        if self.year:
            return min(100, percent(self.due(day), self.year))
        weights = sum(node.weight for node in self.nodes)
        return percent(sum(node.weight for node in self.nodes if node.due_on <= day), weights) or 0

    @property
    def turning(self):
        """The days on which something more may be owed, in order."""
        days = {last_day(month) for month, money in self.planned if money}
        for node in self.nodes:
            if node.is_start:
                days |= {_month_end(node.due_on, more) for more in range(12)}
            else:
                days.add(node.due_on + ONE_DAY)
        return sorted(days)


def _month_end(day, more):
    months = day.year * 12 + day.month - 1 + more
    return last_day(datetime.date(months // 12, months % 12 + 1, 1))


def _money(course, rules, day):
    due, done = course.due(day), course.done(day)
    if not course.year or not due and not done:
        return None
    behind = (due - done) * 100
    level = 2 if behind > rules.late_after * course.year else int(behind > rules.slow_after * course.year)
    return Part(level, lambda: _money_words(course, day))


def _money_words(course, day):
    due, done = course.due(day), course.done(day)
    share, asked, lag = (percent(money, course.year, 1) for money in (done, due, due - done))
    brief = f"落后{lag}点" if due > done else ""
    behind = f"落后{lag}个百分点" if due > done else "未落后"
    return f"投资完成年计划的{share}%，应完成{asked}%，{behind}", brief


def _start(course, rules, day):
    start = next((node for node in course.nodes if node.is_start), None)
    if start is None or start.is_done(day) or day < _month_end(start.due_on, 0):
        return None
    ends = sum(_month_end(start.due_on, more) <= day for more in range(12))
    late = f"{start.due_on.month}月应开工，" + (f"已过{ends - 1}个月" if ends > 1 else "尚未开工")
    return Part(2 if ends >= rules.start_months else 1, lambda: (late, late))


def _nodes(course, day):
    reached = [node for node in course.nodes if node.is_done(day) or node.due_on < day and not node.is_start]
    late = [node for node in reached if not node.is_done(day)]
    if not late:
        return Part(0, lambda: ("到期的节点都已完成", "")) if reached else None
    first = min(late, key=lambda node: (not node.goal, node.due_on))
    return Part(2 if first.goal else 1, lambda: _node_words(first, len(late) - 1, day))


def _node_words(first, more, day):
    called = f"{'年度目标' if first.goal else '节点'}“{first.title}”逾期{(day - first.due_on).days}天"
    others = f"（另有{more}个节点逾期）" if more else ""
    return called + others, f"{first.title}逾期{(day - first.due_on).days}天"


def parts(course, rules, day):
    """The lights of money, start and nodes as far as there is something to judge."""
    return [part for part in (_money(course, rules, day), _start(course, rules, day), _nodes(course, day)) if part]


def light_of(course, rules, day, *, excused="", recovering=False, stopped=None):
    """Return the light of ``day``, the worst of the three; ``judge`` says it in words too."""
    if stopped and stopped <= day:
        return Light.GREY
    if course.is_reached(day):
        return Light.BLUE
    found = () if excused else parts(course, rules, day)
    if not found:
        return Light.GREY
    level = max(part.level for part in found)
    return Light.YELLOW if level == 0 and recovering else LEVELS[level]


def judge(course, rules, day, *, excused="", recovering=False, stopped=None):
    """Return the light of ``day`` with the sentence that names which of the three it is and by how much."""
    light = light_of(course, rules, day, excused=excused, recovering=recovering, stopped=stopped)
    expected = course.expected(day)
    if stopped and stopped <= day:
        return Judgement(light, expected, f"{chinese_day(stopped)}调出，不再评灯", "已调出")
    if light is Light.BLUE:
        return Judgement(light, expected, "年度目标已办结")
    if excused:
        return Judgement(light, expected, f"已批准说明，暂不评灯：{excused}", "已批准说明")
    found = parts(course, rules, day)
    if not found:
        return Judgement(light, expected, "计划还没有到期的，尚不评灯", "未到期")
    worst = max(found, key=lambda part: part.level)
    said = [worst, *(part for part in found if part is not worst and (part.level or not worst.level))]
    reason, brief = "；".join(part.told()[0] for part in said), worst.told()[1]
    if worst.level == 0 and recovering:
        return Judgement(light, expected, f"{reason}；由红灯转好，先亮黄灯观察一期", "转好观察")
    return Judgement(light, expected, f"{reason}，{light.label}", brief or "未落后")


def _known(course):
    """The same as if all that is accepted had been so from its first day: a lag that was made up turns nothing any more."""
    total = sum((money for _, money in course.spent), Decimal(0))
    nodes = (replace(node, done_on=course.starts_on, told_in=None) if node.done_on else node for node in course.nodes)
    return replace(course, spent=((course.starts_on, total),) if course.spent else (), nodes=tuple(nodes))


def turns(course, rules, never):
    """Return the days on which the light turns if nothing more is accepted; ``never`` is a day beyond the plan."""
    first, known = {}, _known(course)
    for day in [course.starts_on, *(day for day in course.turning if day > course.starts_on)]:
        level = max((part.level for part in parts(known, rules, day)), default=-1)
        for reached in range(level + 1):
            first.setdefault(reached, day)
    is_reached = course.goal and course.goal.done_on
    slow_from, late_from = (None, None) if is_reached else (first.get(1), first.get(2))
    return Turns(first.get(0, never), slow_from, late_from)
