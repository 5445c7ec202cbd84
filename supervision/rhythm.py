"""The periods of a duty that returns, and where one of them stands: pure arithmetic on days."""

import datetime
from dataclasses import dataclass
from enum import Enum

from kit.deadlines import last_day

# The months of a rule are numbers within its plan's year; 13 is January of the next.
MONTHS = range(1, 14)
EVERY = {1: "每月", 3: "每季", 6: "每半年", 12: "全年"}


class State(Enum):
    """Where one duty of one unit stands: (word, mark, tone)."""

    DONE = "已办", "✓", "good"
    LATE = "迟办", "迟", "warn"
    MISSED = "缺", "缺", "danger"
    WAITING = "待办", "待", "warn"
    WAIVED = "不办", "免", "muted"
    COMING = "未到", "", ""

    def __init__(self, word, mark, tone):
        self.word, self.mark, self.tone = word, mark, tone


# What a cell of several units shows is the first of these that one of them is in.
GRAVEST = (State.MISSED, State.WAITING, State.COMING, State.LATE, State.DONE, State.WAIVED)
COUNTED = (State.DONE, State.LATE, State.MISSED)


@dataclass(frozen=True)
class Span:
    """One period: its first day, the month it ends in (number and first day), by when."""

    number: int
    first: datetime.date
    month: datetime.date
    due: datetime.date

    def holds(self, month):
        return self.first <= month <= self.month


def month_of(year, number):
    return datetime.date(year + (number - 1) // 12, (number - 1) % 12 + 1, 1)


def spans(year, length, ends, due_day, *, due_next=False):
    """Return the periods of ``length`` months that end in these months of a plan's year; ``due_day`` None is a month's last."""
    return [_span(year, length, end, due_day, end + due_next) for end in sorted(ends)]


def _span(year, length, end, due_day, due_in):
    last = last_day(month_of(year, due_in))
    due = last.replace(day=min(due_day or 31, last.day))
    return Span(end, month_of(year, end - length + 1), month_of(year, end), due)


def state_of(span, today, done_on, *, waived=False):
    """``done_on`` is the day of the first record of the period."""
    if waived:
        return State.WAIVED
    if done_on:
        return State.DONE if done_on <= span.due else State.LATE
    if today > span.due:
        return State.MISSED
    return State.WAITING if today >= span.first else State.COMING


def gravest(states):
    found = set(states)
    return next(state for state in GRAVEST if state in found)


def number_words(number):
    return "次年1月" if number == MONTHS[-1] else f"{number}月"


def every_words(length, ends):
    """每月, 3月起每月, 每季, 4月、8月, 4月至10月."""
    ends = sorted(ends)
    if ends == list(range(ends[0], ends[-1] + 1, length)) and EVERY.get(length) and ends[-1] - ends[0] + length > 2:
        until = "" if ends[-1] + length > 12 else f"至{number_words(ends[-1])}"
        begun = "" if ends[0] == length else f"{number_words(ends[0] - length + 1)}{'' if until else '起'}"
        if not (begun and len(ends) == 1) and (not until or len(ends) > 1):
            return f"{begun or '1月' * bool(until)}{until}{EVERY[length]}"
    if length == 1:
        return "、".join(map(number_words, ends))
    return "、".join(f"{number_words(end - length + 1)}至{number_words(end)}" for end in ends)
