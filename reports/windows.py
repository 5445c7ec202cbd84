"""When a month may be reported on, and until when that is on time: pure arithmetic on days."""

import calendar
import datetime
from dataclasses import dataclass

from kit.deadlines import add_workdays, instant, last_day

# Workdays a unit has from the day its month is opened, however late that is.
LEAST_WORKDAYS = 5


@dataclass(frozen=True)
class Window:
    """Writing is possible in [opens_at, open_until); what comes before on_time_until is on time."""

    opens_at: datetime.datetime
    on_time_until: datetime.datetime
    open_until: datetime.datetime


def due_date(month, due_day=None):
    """The last day on time in ``month`` (its first day given); None is the month's last, as is a day it lacks."""
    last = calendar.monthrange(month.year, month.month)[1]
    return month.replace(day=min(due_day or last, last))


def window(month, *, due_day=None, due_hour=24, grace_days=5):
    """It opens with the month, so notes can be kept all along."""
    opens_at = instant(month, 0)
    on_time_until = instant(due_date(month, due_day), due_hour)
    return Window(opens_at, on_time_until, on_time_until + datetime.timedelta(days=grace_days))


def window_from(day, month, is_workday, *, due_hour=24, grace_days=5, **rule):
    """When it is opened on ``day``: its due day moves with a late opening."""
    regular = window(month, due_hour=due_hour, grace_days=grace_days, **rule)
    earliest = instant(add_workdays(day, LEAST_WORKDAYS, is_workday), due_hour)
    if regular.on_time_until >= earliest:
        return regular
    opens_at = max(regular.opens_at, instant(day, 0)) if day > last_day(month) else regular.opens_at
    return Window(opens_at, earliest, earliest + datetime.timedelta(days=grace_days))
