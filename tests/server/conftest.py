"""The real server as kit.serving starts it: two processes, threads, the test run's own database, fresh connections."""

import contextlib
import os
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

from kit import serving
from tests.server.visitor import Visitor

collect_ignore_glob = ["test_*.py"] if sys.platform == "win32" else []


def _database(folder):
    """Say by which variables another process opens the database of this test run."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        (folder / "db.sqlite3").symlink_to(name)
        return {}
    return {"DATABASE_URL": os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"}


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port, process):
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError("the server did not start")


@pytest.fixture(scope="module")
def port(django_db_setup, tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("var"), _free_port()
    environment = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "DATABASE_URL")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "tests.server.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "ZHUZHOU_VAR": str(folder),
        "ZHUZHOU_TODAY": "2015-10-20",
        "HTTPS": "0",
    } | _database(folder)
    words = serving.command("zhuzhou.wsgi.application", "127.0.0.1", port)
    with subprocess.Popen(words, cwd=settings.BASE_DIR, env=environment) as process:
        try:
            _wait_for(port, process)
            yield port
        finally:
            process.terminate()


@pytest.fixture
def visitor(port):
    """Return a browser of their own, signed in, for a person."""
    return lambda user: Visitor(port).sign_in(user)


@pytest.fixture(autouse=True)
def the_day_before(at):
    """What a test prepares lies before the server's day, which runs with the real time of day."""
    at("2015-10-19 10:00")
