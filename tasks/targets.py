"""How far a promised number is: pure arithmetic. A level (growth, a share) is reached or not, an amount to so many percent."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kit.rates import percent, rounded, written

LEVELS = ("%", "％", "‰", "百分点", "个百分点")


@dataclass(frozen=True)
class Target:
    """A promised number, at least or at most, and the days it is promised over."""

    number: Decimal
    measure: str
    at_most: bool
    starts_on: datetime.date
    due_on: datetime.date

    @property
    def is_level(self):
        return self.measure in LEVELS or not self.number

    def gone(self, day):
        """How much of its days has passed by the end of ``day``, in percent with one decimal."""
        days = (self.due_on - self.starts_on).days + 1
        return percent(min(max((day - self.starts_on).days + 1, 0), days), days, 1)

    def at_pace(self, actual, day):
        """推算: what an amount comes to at the end if it goes on as it did up to ``day``; None of a level, and before it began."""
        gone, days = (day - self.starts_on).days + 1, (self.due_on - self.starts_on).days + 1
        if self.is_level or gone <= 0:
            return None
        return Decimal(rounded(Fraction(actual) * days / min(gone, days), 2))


@dataclass(frozen=True)
class Stand:
    """An indicator by its latest figure, compared with what was planned by ``day``, the end of that figure's month.

    Where no curve was planned, that is the time gone. ``actual`` is the figure as it is shown, ``exact`` the one it is judged by.
    """

    target: Target
    actual: Decimal
    day: datetime.date
    planned: Decimal | None = None
    exact: Fraction | None = None

    @property
    def time(self):
        return self.target.gone(self.day)

    @property
    def share(self):
        return None if self.target.is_level else percent(self.actual, self.target.number, 1)

    @property
    def is_met(self):
        return self._reaches(self.target.number)

    def _reaches(self, number):
        judged = self.actual if self.exact is None else self.exact
        return judged <= number if self.target.at_most else judged >= number

    @property
    def due(self):
        """How many percent were to be reached by now: of the planned curve, else of the time."""
        if self.planned is None or self.target.is_level:
            return self.time
        return percent(self.planned, self.target.number, 1)

    @property
    def due_words(self):
        """时间进度74.8%, or 计划进度80.0%; of a planned level, 计划达到38%."""
        if self.planned is None:
            return f"时间进度{self.time}%"
        if self.target.is_level:
            return f"计划达到{written(self.planned)}{self.target.measure}"
        return f"计划进度{self.due}%"

    @property
    def forecast(self):
        return self.target.at_pace(self.actual, self.day)

    @property
    def words(self):
        """97.4%, or 达到, or 未达到，差0.6个百分点."""
        if not self.target.is_level:
            return f"{self.share}%"
        return "达到" if self.is_met else f"未达到，差{self._gap}"

    @property
    def _gap(self):
        gap, measure = abs(self.target.number - self.actual), self.target.measure
        return f"{written(gap)}{'个百分点' if measure in ('%', '％') else measure}"

    @property
    def as_of(self):
        return f"截至{self.day.month}月"

    @property
    def behind(self):
        """How many points an amount lies behind its curve, or behind time; 0 of a level that is met, and of what may not be passed."""
        if self.target.is_level or self.target.at_most:
            return 0
        return max(self.due - self.share, 0)

    @property
    def tone(self):
        """An amount more than ten points behind is slow, more than thirty late; a level is late when its time is over."""
        if self.target.at_most and not self.target.is_level:
            return "good" if self.is_met else "danger"
        if self.is_met:
            return "done"
        if self.target.is_level:
            on_curve = self.planned is not None and self._reaches(self.planned)
            return "danger" if self.day >= self.target.due_on else "good" if on_curve else "warn"
        return "danger" if self.behind > 30 else "warn" if self.behind > 10 else "good"
