"""The demonstration year, built once for a module that imports both fixtures, and taken back after it."""

import pytest
from django.db import transaction
from django.test import override_settings

from reports.demo import year


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, folder):
    """September and October; returns the accounts shown."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(MEDIA_ROOT=folder):
        yield year.build(first_month=9)
        transaction.set_rollback(True)
