"""The business clock: every rule, deadline and moment of ours asks here and nowhere else.

It is the real clock unless the setting ``ZHUZHOU_TODAY`` names a day; then it is that day, advancing with the real time
of day, so that a package of another year can be looked at and worked in. A full aware moment there stands still: tests
travel in time by it.
"""

import contextlib
import contextvars
import datetime

from django.conf import settings
from django.utils import timezone

_told = contextvars.ContextVar("told moment", default=None)


def now():
    if told := _told.get():
        return told
    day = settings.ZHUZHOU_TODAY
    real = timezone.localtime()
    if not day:
        return real
    if isinstance(day, datetime.datetime):
        return timezone.localtime(day)
    return real.replace(year=day.year, month=day.month, day=day.day)


def today():
    return now().date()


@contextlib.contextmanager
def telling(moment):
    """Make the clock say ``moment`` (aware) inside the block: a demonstration year is written through the real actions."""
    token = _told.set(timezone.localtime(moment))
    try:
        yield
    finally:
        _told.reset(token)


def local(moment):
    return timezone.localtime(moment)


def start_of(day):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def end_of(day):
    """Return the exclusive end of ``day``: the first instant of the next one, so 23:59:59.999 still counts."""
    return start_of(day + datetime.timedelta(days=1))


def set_day():
    day = settings.ZHUZHOU_TODAY
    return (day.date() if isinstance(day, datetime.datetime) else day) or None
