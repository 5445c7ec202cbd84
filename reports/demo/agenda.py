"""What is to happen when: acts are noted with their moment, then done in order, the clock telling each one's."""

import datetime

from kit import clock, deadlines
from reports.demo.script import BEIJING, DAY
from reports.models import Workday

EVENING = datetime.datetime.combine(DAY, datetime.time(), BEIJING) - datetime.timedelta(hours=5)


class Agenda:
    """Notes acts and does them by moment; acts may note further ones."""

    def __init__(self):
        self.is_workday = Workday.test()
        self.acts = []

    def note(self, at, act, *args, **kwargs):
        """What would come after the last evening never happens."""
        if at <= EVENING:
            self.acts.append((at, len(self.acts), act, args, kwargs))

    def run(self, until):
        while due := [each for each in self.acts if each[0] <= until]:
            first = min(due, key=lambda each: each[:2])
            self.acts.remove(first)
            at, _, act, args, kwargs = first
            with clock.telling(at):
                act(*args, **kwargs)

    def workday(self, day, count=0):
        while count == 0 and not self.is_workday(day):
            day += datetime.timedelta(days=1)
        return deadlines.add_workdays(day, count, self.is_workday)

    def workdays_of(self, month, first, last):
        days = (month.replace(day=number) for number in range(first, min(last, deadlines.last_day(month).day) + 1))
        return [day for day in days if self.is_workday(day)]


def at(day, hour, minute=0):
    return datetime.datetime.combine(day, datetime.time(hour, minute), BEIJING)
