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


def test_there_is_no_start_without_a_secret_key(tmp_path):
    answer = manage(tmp_path, "check")
    assert answer.returncode != 0
    assert "SECRET_KEY is missing" in answer.stderr
    assert manage(tmp_path, "check", DEBUG="1").returncode == 0


def test_the_checks_of_a_real_server_are_clean(tmp_path):
    key = "a-real-key-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH"
    answer = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", SECRET_KEY=key)
    assert answer.returncode == 0, answer.stderr


def test_the_business_clock_is_the_real_one_unless_told(tmp_path):
    show = "from kit import clock; print(clock.set_day())"
    real = manage(tmp_path, "shell", "-v", "0", "-c", show, SECRET_KEY="x" * 60)
    told = manage(tmp_path, "shell", "-v", "0", "-c", show, SECRET_KEY="x" * 60, ZHUZHOU_TODAY="2015-10-20")
    assert (real.stdout.strip(), told.stdout.strip()) == ("None", "2015-10-20")
