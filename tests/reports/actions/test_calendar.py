"""The official calendar goes in once; what people entered stays."""

import datetime

import pytest

from reports.actions.calendar import load_workdays
from reports.models import Workday


@pytest.mark.django_db
def test_holidays_and_the_weekends_worked_for_them():
    assert load_workdays([2015]) > 20
    is_workday = Workday.test()
    assert not is_workday(datetime.date(2015, 10, 1))
    assert is_workday(datetime.date(2015, 10, 10))
    assert Workday.objects.get(day="2015-10-10").note == "国庆节调休上班"


@pytest.mark.django_db
def test_twice_adds_nothing_and_leaves_what_people_entered():
    Workday.objects.create(day="2015-10-01", is_workday=True, note="值班")
    load_workdays([2015])
    assert load_workdays([2015]) == 0
    assert Workday.objects.get(day="2015-10-01").is_workday
