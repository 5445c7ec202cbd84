"""The calendar of a year that has not been published is told, not passed over."""

import pytest
from django.core.management import CommandError, call_command

from reports.models import Workday


@pytest.mark.django_db
def test_an_unknown_year_is_an_error_that_says_what_to_do(capsys):
    with pytest.raises(CommandError, match="还没有2035年的节假日安排"):
        call_command("load_workdays", "2015", "2035")
    assert Workday.knows(2015)


@pytest.mark.django_db
def test_one_entered_by_hand_is_enough(capsys):
    Workday.objects.create(day="2035-01-01", is_workday=False, note="元旦")
    call_command("load_workdays", "2035")
    assert "没有新的日期" in capsys.readouterr().out


@pytest.mark.django_db
def test_without_years_it_only_warns(at, capsys):
    at("2034-10-20 10:00")
    call_command("load_workdays")
    said = capsys.readouterr()
    assert "还没有2034、2035年的节假日安排" in said.err
