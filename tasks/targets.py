"""How far a promised number is: pure arithmetic. A level (growth, a share) is reached or not, an amount to so many percent."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from kit.rates import percent, written

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


@dataclass(frozen=True)
class Stand:
    """An indicator by its latest figure: compared with the time gone by ``day``, the end of that figure's month."""

    target: Target
    actual: Decimal
    day: datetime.date

    @property
    def time(self):
        return self.target.gone(self.day)

    @property
    def share(self):
        """The percent of an amount, over 100 too; None of a level."""
        return None if self.target.is_level else percent(self.actual, self.target.number, 1)

    @property
    def is_met(self):
        return self.actual <= self.target.number if self.target.at_most else self.actual >= self.target.number

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
        """How many points an amount lies behind time; 0 of a level that is met, and of what may not be passed."""
        if self.target.is_level or self.target.at_most:
            return 0
        return max(self.time - self.share, 0)

    @property
    def tone(self):
        """An amount more than ten points behind time is slow, more than thirty late; a level is late when its time is over."""
        if self.target.at_most and not self.target.is_level:
            return "good" if self.is_met else "danger"
        if self.is_met:
            return "done"
        if self.target.is_level:
            return "danger" if self.day >= self.target.due_on else "warn"
        return "danger" if self.behind > 30 else "warn" if self.behind > 10 else "good"
