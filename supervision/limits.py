"""Until when a directive is signed for, answered and finished, and how late each is, in workdays: pure arithmetic on days.

Lateness is no state: it is counted when somebody looks, and only while the time is the unit's own.
"""

import datetime
from dataclasses import dataclass

from kit import deadlines

# Workdays to sign or object, and to sign once an objection was rejected; so long before the limit a slip is blue.
TO_SIGN, TO_SIGN_AGAIN, NEAR = 3, 1, 3
BLUE, YELLOW, RED = "蓝", "黄", "红"
TONES = {"": "plain", BLUE: "info", YELLOW: "warn", RED: "danger"}


@dataclass(frozen=True)
class Limit:
    """A day something is due, the day its clock has come to, and whether the clock still runs."""

    due: datetime.date
    day: datetime.date
    runs: bool

    def late(self, is_workday):
        """Workdays in (due, day]."""
        return deadlines.workdays_between(self.due, self.day, is_workday)

    def words(self, is_workday):
        if self.runs:
            return deadlines.workday_words(self.due, self.day, is_workday)
        late = self.late(is_workday)
        return f"超期{late}个工作日" if late else "按时"

    def tone(self, is_workday):
        if self.late(is_workday):
            return "danger"
        return "warn" if self.runs and self.is_near(is_workday) else "plain"

    def is_near(self, is_workday):
        return deadlines.workdays_between(self.day, self.due, is_workday) <= NEAR


def slip(limit, is_workday, *, is_poor):
    """Which slip is due for an open directive: red once overdue, yellow where it was refused or is not signed in time, blue near the limit."""
    if limit.late(is_workday):
        return RED
    if is_poor:
        return YELLOW
    return BLUE if limit.is_near(is_workday) else ""


def sign_by(today, due, is_workday):
    """Until when what is handed down today is signed for: not after it is due."""
    return min(proposed(today, TO_SIGN, is_workday), due)


def latest_workday(day, is_workday):
    """The last workday up to ``day``: what was due before it is late on ``day``, anything else is not."""
    while not is_workday(day):
        day -= datetime.timedelta(days=1)
    return day


def proposed(day, workdays, is_workday):
    """A due day so many workdays after ``day``."""
    return deadlines.add_workdays(day, workdays, is_workday)


def next_workday(day, is_workday):
    """``day`` itself, or the first workday after it."""
    while not is_workday(day):
        day += datetime.timedelta(days=1)
    return day


def fault_of_part(day, whole):
    return f"本点期限{day:%Y-%m-%d}晚于办结期限{whole:%Y-%m-%d}。" if whole and day > whole else ""


def fault_of(day, today, is_workday, word="办结期限"):
    """What stands against a due day, in a sentence; it is not over, and a workday."""
    if day < today:
        return f"{word}{day:%Y-%m-%d}已经过去，不能早于今天。"
    if not is_workday(day):
        return f"{word}{day:%Y-%m-%d}是休息日，可以改为{next_workday(day, is_workday):%Y-%m-%d}。"
    return ""
