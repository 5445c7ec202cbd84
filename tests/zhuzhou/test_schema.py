"""The database stands by itself: a plain sqlite3 program without Django's functions checks and copies it."""

import contextlib
import sqlite3

import pytest
from django.db import IntegrityError, connection, transaction

from reports.models import Period


@pytest.mark.skipif(connection.vendor != "sqlite", reason="what PostgreSQL checks is SQL by nature")
@pytest.mark.django_db
def test_a_plain_program_checks_and_copies_the_database():
    path = connection.settings_dict["NAME"]
    named = "SELECT name, sql FROM sqlite_master ORDER BY name"
    with contextlib.closing(sqlite3.connect(path)) as plain, contextlib.closing(sqlite3.connect(":memory:")) as copy:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        copy.executescript("\n".join(plain.iterdump()))
        assert copy.execute(named).fetchall() == plain.execute(named).fetchall()
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_month_is_its_first_day(period):
    with pytest.raises(IntegrityError), transaction.atomic():
        Period.objects.filter(pk=period.pk).update(month="2015-10-02")
