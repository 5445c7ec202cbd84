"""The first start fills an empty database, the next one changes nothing; a port in use is told in words.

That it really serves, with the whole demonstration year, is tried by .ci/run.
"""

import io
import socket

import pytest
from django.core.management import CommandError, call_command

from reports.demo import year
from reports.models import Workday
from tasks.models import Plan, PlanEvent
from units.models import Unit, User


@pytest.fixture
def start(db, settings, tmp_path, capsys):
    """Return a function that runs quickstart without serving and returns what it said."""
    settings.STATIC_ROOT, settings.VAR_DIR = tmp_path / "static", tmp_path / "var"
    settings.SETTINGS_FILE = settings.VAR_DIR / "settings.env"

    def run(*options):
        call_command("quickstart", "--no-serve", *options)
        return capsys.readouterr().out

    return run


def test_without_the_demo_the_county_is_empty_but_for_one_administrator(start):
    said = start("--no-demo")
    assert (Plan.objects.count(), Unit.objects.count()) == (0, 0)
    assert User.objects.get().role == "ADMIN"
    assert Workday.knows(2015)
    assert User.objects.get().username in said
    assert User.objects.get().must_change_password


def test_the_shipped_plans_are_one_command_away_and_a_second_start_keeps_them(start):
    start("--no-demo")
    call_command("load_plans", stdout=io.StringIO())
    assert Plan.objects.count() == 3
    start("--no-demo")
    assert Plan.objects.count() == 3


def test_a_second_start_keeps_everything_and_says_how_to_reset(start):
    start("--no-demo")
    before = User.objects.get().password
    said = start()
    assert "reset_password" in said
    assert (Plan.objects.count(), User.objects.get().password) == (0, before)


def test_a_demonstration_year_found_on_record_sets_the_clock_again(start, settings, plan):
    PlanEvent.write(plan, None, year.BUILT)
    start("--no-demo")
    assert "DEMO_DATA=1" in settings.SETTINGS_FILE.read_text("utf-8")


def test_a_port_in_use_is_told(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="已被占用"):
            call_command("quickstart", "--no-demo", port=taken.getsockname()[1])
