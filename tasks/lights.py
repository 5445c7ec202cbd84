"""Lights (红黄绿): how far a task is against time, as pure arithmetic on dates and percentages.

A light depends on the day only through how much was expected by then, and that never falls; so for given progress there
is a first day of yellow and a first day of red. They stand on the task's row, and any list can ask the database for
the light of any day without touching history.
"""

import datetime
import enum
from dataclasses import dataclass

from kit.rates import percent

# What the reason of a task past its day says, on record too.
OVERDUE = "已超过完成时限"


class Light(enum.Enum):
    """The levels, with the word that always stands beside the colour."""

    RED = "RED"
    YELLOW = "YELLOW"
    GREEN = "GREEN"
    BLUE = "BLUE"
    GREY = "GREY"

    @property
    def label(self):
        return {"RED": "红灯", "YELLOW": "黄灯", "GREEN": "绿灯", "BLUE": "已办结", "GREY": "暂不评"}[self.value]

    @property
    def tone(self):
        return {"RED": "danger", "YELLOW": "warn", "GREEN": "good", "BLUE": "done", "GREY": "muted"}[self.value]


CHOICES = [(light.value, light.label) for light in Light]


class Basis(enum.Enum):
    """What "10 behind" means: percentage points, or a share of what was expected."""

    POINTS = "POINTS"
    SHARE = "SHARE"

    @property
    def label(self):
        return {"POINTS": "百分点", "SHARE": "应完成数的百分比"}[self.value]


class Pace(enum.Enum):
    """How progress is expected to come."""

    EVEN = "EVEN"
    MILESTONES = "MILESTONES"
    YEAR_END = "YEAR_END"


@dataclass(frozen=True)
class Rules:
    """Behind by more than ``slow_after`` is yellow, by more than ``late_after`` red."""

    slow_after: int = 10
    late_after: int = 30
    basis: Basis = Basis.POINTS
    version: int = 1


@dataclass(frozen=True)
class Course:
    """When a task's progress is expected: its pace, first and last day, and milestones as (day, weight)."""

    pace: Pace
    starts_on: datetime.date
    due_on: datetime.date
    milestones: tuple[tuple[datetime.date, int], ...] = ()

    @classmethod
    def reached(cls, pace, starts_on, due_on, day, steps, steps_due):
        """Return the course as ``day`` sees it: of all its steps' weights these were due by then."""
        later = day + datetime.timedelta(days=1)
        return cls(pace, starts_on, due_on, ((day, steps_due), (later, steps - steps_due)) if steps else ())

    def expected(self, day):
        """Return the whole percent expected by the end of ``day``; it never falls as days go by."""
        if day > self.due_on:
            return 100
        if day < self.starts_on or self.pace is Pace.YEAR_END:
            return 0
        if self.pace is Pace.MILESTONES and self.milestones:
            total = sum(weight for _, weight in self.milestones)
            return percent(sum(weight for due, weight in self.milestones if due <= day), total)
        return percent((day - self.starts_on).days + 1, (self.due_on - self.starts_on).days + 1)


@dataclass(frozen=True)
class Turns:
    """The first days of being judged, of yellow and of red; None is never."""

    judged_from: datetime.date
    slow_from: datetime.date | None
    late_from: datetime.date | None


@dataclass(frozen=True)
class Judgement:
    """A light, the sentence that explains it, and the same in a few words for a narrow column."""

    light: Light
    expected: int
    reason: str
    brief: str = ""


def behind(expected, progress, basis):
    """Return how far progress lags, in points or as a share of what was expected; never below zero."""
    lag = max(0, expected - progress)
    if basis is Basis.SHARE:
        return percent(lag, expected) or 0
    return lag


def _level(course, progress, rules, day):
    """Return 0 green, 1 yellow, 2 red by the lag alone."""
    if day > course.due_on:
        return 2
    lag = behind(course.expected(day), progress, rules.basis)
    return 2 if lag > rules.late_after else int(lag > rules.slow_after)


def _first_day(course, progress, rules, level):
    """Return the first day on which the lag reaches ``level``, by halving; the level never falls with the days."""
    low, high = course.starts_on.toordinal(), course.due_on.toordinal() + 1
    while low < high:
        middle = (low + high) // 2
        if _level(course, progress, rules, datetime.date.fromordinal(middle)) >= level:
            high = middle
        else:
            low = middle + 1
    return datetime.date.fromordinal(low)


def turns(course, progress, rules):
    """Return the days on which the light of a task with this progress turns, if nothing more is accepted."""
    year_end = course.pace is Pace.YEAR_END
    judged_from = course.due_on + datetime.timedelta(days=1) if year_end else course.starts_on
    if progress >= 100:
        return Turns(judged_from, None, None)
    return Turns(judged_from, _first_day(course, progress, rules, 1), _first_day(course, progress, rules, 2))


def judge(course, progress, rules, day, *, done=False, excused="", recovering=False):
    """Return the light of ``day`` with its reason.

    ``excused`` is the approved explanation in force that day; ``recovering`` says that the last frozen light was red: a
    red that catches up is yellow for one period before it is green.
    """
    expected = course.expected(day)
    if done:
        return Judgement(Light.BLUE, expected, "已办结")
    if excused:
        return Judgement(Light.GREY, expected, f"已批准说明，暂不评灯：{excused}", "已批准说明")
    if day <= course.due_on and (course.pace is Pace.YEAR_END or day < course.starts_on):
        return Judgement(Light.GREY, expected, _not_yet(course, day), _not_yet_brief(course, day))
    if day > course.due_on:
        reason = f"进度{progress}%，{OVERDUE}{chinese_day(course.due_on)}，红灯"
        return Judgement(Light.RED, expected, reason, f"逾期{(day - course.due_on).days}天")
    level = _level(course, progress, rules, day)
    if level == 0 and recovering:
        reason = f"{_compare(course, expected, progress, rules)}，由红灯转好，先亮黄灯观察一期"
        return Judgement(Light.YELLOW, expected, reason, "转好观察")
    light = (Light.GREEN, Light.YELLOW, Light.RED)[level]
    reason = f"{_compare(course, expected, progress, rules)}，{light.label}（{band(light, rules)}）"
    return Judgement(light, expected, reason, _lag_words(expected, progress, rules))


def band(light, rules):
    """Return the range of lag a light stands for: ≤10, >10，≤30, >30, in points or with a percent sign."""
    sign = "" if rules.basis is Basis.POINTS else "%"
    return {
        Light.GREEN: f"≤{rules.slow_after}{sign}",
        Light.YELLOW: f">{rules.slow_after}{sign}，≤{rules.late_after}{sign}",
        Light.RED: f">{rules.late_after}{sign}",
    }[light]


def chinese_day(day):
    return f"{day.year}年{day.month}月{day.day}日"


def _not_yet(course, day):
    if day < course.starts_on:
        return f"{chinese_day(course.starts_on)}起实施，尚不评灯"
    return f"年终一次评定，{chinese_day(course.due_on)}到期前不评灯"


def _not_yet_brief(course, day):
    return "尚未开始" if day < course.starts_on else "年终评定"


def _lag_words(expected, progress, rules):
    lag = behind(expected, progress, rules.basis)
    return f"落后{lag}{'个百分点' if rules.basis is Basis.POINTS else '%'}" if lag else "未落后"


def _compare(course, expected, progress, rules):
    name = "节点进度" if course.pace is Pace.MILESTONES and course.milestones else "时间进度"
    return f"进度{progress}%，{name}{expected}%，{_lag_words(expected, progress, rules)}"
