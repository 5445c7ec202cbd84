"""The demonstration year, built once in a run; a module that imports both fixtures works in a copy of its own."""

import pickle
import shutil

import pytest
from django.db import connection
from django.test import override_settings

from reports.demo import year
from tests import databases


def _build(empty, name, shared):
    """September and October; keeps the accounts shown."""
    databases.copy(empty, name)
    with databases.working_in(name), override_settings(MEDIA_ROOT=shared / "media"):
        accounts = year.build(first_month=9)
    (shared / "accounts").write_bytes(pickle.dumps(accounts))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("year") / "media"


@pytest.fixture(scope="module")
def built(request, django_db_setup, django_db_blocker, empty, folder, tmp_path_factory):
    """Returns the accounts shown."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if hasattr(request.config, "workerinput") else base) / "year"
    name, own = databases.kept("year", shared), f"{connection.settings_dict['NAME']}_year"
    with django_db_blocker.unblock():
        with databases.alone(shared / "lock"):
            if not (shared / "accounts").exists():
                _build(empty, name, shared)
        databases.copy(name, own)
        shutil.copytree(shared / "media", folder)
        with databases.working_in(own):
            yield pickle.loads((shared / "accounts").read_bytes())
        databases.forget(own)
