"""The settings as an operator meets them: no start without a key, and a real server's checks are clean."""

import os
import subprocess
import sys

from django.conf import settings

QUIET = {"SECRET_KEY", "DEBUG", "HTTPS", "DATABASE_URL", "ZHUZHOU_TODAY", "DEMO_DATA"}


def outside(tmp_path, **environment):
    """Return an environment with these variables, a folder without settings, and nothing of the test run."""
    inherited = {
        name: value for name, value in os.environ.items() if name not in QUIET and not name.startswith("DJANGO_")
    }
    return inherited | {"ZHUZHOU_VAR": str(tmp_path)} | environment


def manage(tmp_path, *words, **environment):
    """Run manage.py in a process of its own."""
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=settings.BASE_DIR,
        env=outside(tmp_path, **environment),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


SHOWN = "from kit import clock; print(clock.set_day())"
CHECKED = "from django.core.management import call_command as call; call('check', deploy=True, fail_level='WARNING'); "


def test_there_is_no_start_without_a_secret_key_but_to_try_it(tmp_path):
    answer = manage(tmp_path, "check")
    assert answer.returncode != 0
    assert "SECRET_KEY is missing" in answer.stderr
    told = manage(tmp_path, "shell", "-v", "0", "-c", SHOWN, DEBUG="1", ZHUZHOU_TODAY="2015-10-20")
    assert (told.returncode, told.stdout.strip()) == (0, "2015-10-20"), told.stderr


def test_the_checks_of_a_real_server_are_clean_and_its_clock_is_the_real_one(tmp_path):
    key = "a-real-key-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH"
    real = manage(tmp_path, "shell", "-v", "0", "-c", CHECKED + SHOWN, SECRET_KEY=key)
    assert (real.returncode, real.stdout.split()[-1]) == (0, "None"), real.stderr


def test_a_statement_is_ended_and_never_compiled_by_postgresql(tmp_path):
    told = manage(tmp_path, "diffsettings", SECRET_KEY="x" * 60, DATABASE_URL="postgres://duban@127.0.0.1/duban")
    assert "-c statement_timeout=15000 -c jit=off" in told.stdout
