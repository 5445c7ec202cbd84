"""The demonstration year, built once in a run, for a module that imports ``built`` and ``folder``."""

import pickle
import shutil

import pytest
from django.db import connection, transaction
from django.test import override_settings

from reports.demo import year
from tests import databases


def _build(empty, name, shared):
    """September and October; keeps the accounts shown."""
    databases.copy(empty, name)
    with databases.working_in(name), override_settings(MEDIA_ROOT=shared / "media"):
        accounts = year.build(first_month=9)
    (shared / "accounts").write_bytes(pickle.dumps(accounts))


@pytest.fixture(scope="session")
def played(request, django_db_setup, django_db_blocker, empty, tmp_path_factory):
    """The name of this process's copy, the folder with the files, and the accounts shown."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if hasattr(request.config, "workerinput") else base) / "year"
    name, own = databases.kept("year", shared), f"{connection.settings_dict['NAME']}_copy"
    with django_db_blocker.unblock():
        with databases.alone(shared / "lock"):
            if not (shared / "accounts").exists():
                _build(empty, name, shared)
        databases.copy(name, own)
        yield own, shared / "media", pickle.loads((shared / "accounts").read_bytes())
        databases.forget(own)


@pytest.fixture(scope="module")
def folder(played, tmp_path_factory):
    return shutil.copytree(played[1], tmp_path_factory.mktemp("year") / "media")


@pytest.fixture(scope="module")
def built(played, django_db_blocker):
    """Turn to the year; returns the accounts shown. What the module does is taken back."""
    own, _, accounts = played
    with django_db_blocker.unblock(), databases.working_in(own), transaction.atomic():
        yield accounts
        transaction.set_rollback(True)
