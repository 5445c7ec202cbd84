"""The business clock: real, set to a day, standing still, told for a while."""

import datetime

from django.utils import timezone

from kit import clock
from tests.conftest import moment


def test_without_a_day_it_is_the_real_clock(settings):
    settings.ZHUZHOU_TODAY = ""
    assert abs(clock.now() - timezone.localtime()) < datetime.timedelta(minutes=1)
    assert clock.set_day() is None


def test_a_day_goes_with_the_real_time_of_day(settings):
    settings.ZHUZHOU_TODAY = datetime.date(2015, 10, 20)
    now, real = clock.now(), timezone.localtime()
    assert now.date() == datetime.date(2015, 10, 20) == clock.today() == clock.set_day()
    assert abs((now.hour * 60 + now.minute) - (real.hour * 60 + real.minute)) <= 1 or real.hour == 0


def test_told_moments_end_with_the_block(settings):
    with clock.telling(moment("2015-03-01 08:00")):
        assert clock.today() == datetime.date(2015, 3, 1)
    assert clock.today() == datetime.date(2015, 10, 20)


def test_the_end_of_a_day_is_the_next_days_first_instant():
    end = clock.end_of(datetime.date(2015, 10, 31))
    assert moment("2015-10-31 23:59:59") < end == moment("2015-11-01 00:00:00")
