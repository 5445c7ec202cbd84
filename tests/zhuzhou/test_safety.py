"""What must not stand beside real data keeps the application from starting, each with what to do about it."""

import subprocess
import sys

import pytest
from django.conf import settings as configured
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from reports.demo import year
from tasks.models import PlanEvent
from tests.zhuzhou.test_settings import manage, outside
from zhuzhou.safety import require_safe, unsafe_settings

KEY = "a-real-key-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH"


@pytest.fixture
def real(db, admin, settings, monkeypatch):
    """A real county's place: accounts, no examples, sound settings; the test's connection stays open."""
    monkeypatch.setattr(connection, "close", lambda: None)
    settings.DEBUG, settings.ALLOWED_HOSTS, settings.HTTPS, settings.SECRET_KEY = False, ["a.gov.cn"], True, KEY
    return settings


def found(settings, **values):
    for name, value in values.items():
        setattr(settings, name, value)
    return [each.id for each in unsafe_settings()]


def test_sound_settings_are_silent(real):
    assert found(real) == []
    require_safe()


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"DEBUG": True}, "zhuzhou.E001"),
        ({"ALLOWED_HOSTS": ["a.gov.cn", "*"]}, "zhuzhou.E002"),
        ({"SECRET_KEY": "abcde"}, "zhuzhou.E003"),
        ({"SECRET_KEY": "x" * 60}, "zhuzhou.E003"),
        ({"SECRET_KEY": "django-insecure-" + KEY}, "zhuzhou.E003"),
        ({"SECRET_KEY_FALLBACKS": ["short"]}, "zhuzhou.E003"),
        ({"AUTH_PASSWORD_VALIDATORS": [{"NAME": "x", "OPTIONS": {"min_length": 4}}]}, "zhuzhou.E004"),
    ],
)
def test_the_start_is_refused_beside_real_data(real, values, fault):
    assert found(real, **values) == [fault]
    with pytest.raises(ImproperlyConfigured, match="不能启动"):
        require_safe()


def test_beside_examples_they_harm_nobody(real, plan):
    PlanEvent.write(plan, None, year.BUILT)
    assert found(real, DEBUG=True, ALLOWED_HOSTS=["*"]) == []


def test_developing_beside_an_empty_database_is_free(settings, db):
    assert found(settings, DEBUG=True, ALLOWED_HOSTS=["*"], SECRET_KEY="abcde") == []


def test_open_transport_beyond_this_machine_is_told(real):
    assert found(real, HTTPS=False) == ["zhuzhou.W001"]
    assert found(real, HTTPS=False, ALLOWED_HOSTS=["127.0.0.1"]) == []


def test_commands_and_the_web_server_both_refuse(tmp_path):
    told = manage(tmp_path, "check", SECRET_KEY="abcde")
    assert told.returncode != 0
    assert "SECRET_KEY" in told.stderr
    served = subprocess.run(
        [sys.executable, "-c", "import zhuzhou.wsgi"],
        cwd=configured.BASE_DIR,
        env=outside(tmp_path, SECRET_KEY="abcde"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "不能启动" in served.stderr
    assert "secrets.token_urlsafe" in served.stderr
