"""Measuring a page says what it cost and writes nothing."""

import pytest
from django.core.management import CommandError, call_command

from bench.measure import Command
from reports.models import ReportEvent


def test_it_says_status_queries_time_and_size(office, report, capsys):
    call_command(Command(), "/help/", "/nowhere/", user="gaigeban", times=2)
    head, first, second = capsys.readouterr().out.splitlines()
    assert head.split()[:2] == ["status", "queries"]
    assert first.split()[0] == "200"
    assert int(first.split()[1]) > 0
    assert int(first.split()[6]) > 1000
    assert second.split()[0] == "404"
    assert not ReportEvent.objects.exists()


@pytest.mark.django_db
def test_nobody_of_that_name():
    with pytest.raises(CommandError, match="没有用户名"):
        call_command(Command(), "/help/", user="nobody")
