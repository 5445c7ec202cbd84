"""How one node of a timetable stands on a day, and how long an approval waits: pure arithmetic on days."""

import datetime
from dataclasses import dataclass

from kit.deadlines import workdays_between

# A limit that is nearer than this is counted down.
NEAR = 30


@dataclass(frozen=True)
class Stand:
    """A word with its colour."""

    words: str
    tone: str


def stand(due_on, done_on, day, *, goal=False):
    """按时, 迟12天, 逾期112天, 还剩41天 (counted down when near, of the goal always), 未到."""
    if done_on:
        late = (done_on - due_on).days
        return Stand(f"迟{late}天", "muted") if late > 0 else Stand("按时", "good")
    left = (due_on - day).days
    if left < 0:
        return Stand(f"逾期{-left}天", "danger")
    if goal or left <= NEAR:
        return Stand(f"还剩{left}天" if left else "今天到期", "warn")
    return Stand("未到", "muted")


@dataclass(frozen=True)
class Wait:
    """An approval handed in and not returned: workdays gone by, of the ``limit`` its unit may take (None: none was set)."""

    days: int
    limit: int | None

    @property
    def is_over(self):
        return self.limit is not None and self.days > self.limit

    @property
    def words(self):
        if self.limit is None:
            return "未定时限"
        return f"超{self.days - self.limit}" if self.is_over else f"剩{self.limit - self.days}"

    @property
    def tone(self):
        return "danger" if self.is_over else "muted"


def wait(handed_in_on: datetime.date, limit, day, is_workday):
    return Wait(workdays_between(handed_in_on, day, is_workday), limit)


def at_pace(spent, left, last=3):
    """(where the year ends at the pace of the ``last`` months, of how many that was); None with nothing to go by.

    ``spent`` are the amounts of the months so far, ``left`` is how many are still to come.
    """
    recent = spent[-last:]
    if not recent or not left:
        return None
    return sum(spent) + sum(recent) * left / len(recent), len(recent)
