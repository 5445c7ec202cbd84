"""The databases of a run: the empty one is migrated once for each state of the migrations, and copied from then on.

On SQLite databases are files, what is kept lies in .pytest_cache; on PostgreSQL it stands beside the run's own.
"""

import hashlib
import inspect
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.core.files import locks
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

POSTGRES = connection.vendor == "postgresql"
PLAIN = connection.settings_dict["NAME"]


def kept(word, folder):
    """The name of a database that all processes of a run copy."""
    return f"test_{PLAIN}_{word}" if POSTGRES else str(folder / f"{word}.sqlite3")


@contextmanager
def alone(path):
    """One process at a time."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as file:
        locks.lock(file, locks.LOCK_EX)
        yield


def copy(source, target):
    """Make ``target`` anew as ``source`` is; nobody works in either."""
    make(target, f'TEMPLATE "{source}"')
    if not POSTGRES:
        with closing(sqlite3.connect(source)) as given, closing(sqlite3.connect(target)) as made:
            given.backup(made)


def make(name, template=""):
    forget(name)
    if POSTGRES:
        _run(f'CREATE DATABASE "{name}" {template}')


def forget(name):
    """Take a database away, also from under a browser's kept-alive connection."""
    if POSTGRES:
        _run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    else:
        Path(name).unlink(missing_ok=True)


@contextmanager
def working_in(name):
    """What is asked and written goes to another database; no transaction is open in either."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _run(statement, values=()):
    with connection._nodb_cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def _state():
    """A number that changes with any migration."""
    files = {inspect.getfile(type(each)) for each in MigrationLoader(None).disk_migrations.values()}
    return int(hashlib.sha256(b"".join(Path(each).read_bytes() for each in sorted(files))).hexdigest()[:7], 16)


def _is_of(name, state):
    if POSTGRES:
        asked = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        return _run(asked, [name]) == [(f"{state}",)]
    with closing(sqlite3.connect(name)) as kept:
        return kept.execute("PRAGMA user_version").fetchone() == (state,)


def _migrate(name, state):
    make(name)
    with working_in(name), connection.cursor() as cursor:
        call_command("migrate", verbosity=0)
        cursor.execute(f"COMMENT ON DATABASE \"{name}\" IS '{state}'" if POSTGRES else f"PRAGMA user_version = {state}")


@pytest.fixture(scope="session")
def empty(pytestconfig, django_db_blocker):
    """The name of the empty database: to migrate one takes longer than most files of tests."""
    folder = pytestconfig.rootpath / ".pytest_cache"
    name, state = kept("empty", folder), _state()
    with django_db_blocker.unblock(), alone(folder / f"empty-{connection.vendor}.lock"):
        if not _is_of(name, state):
            _migrate(name, state)
    return name


def _deleted(style, tables, **ways):
    """How the rows of a test that ended its transactions go: TRUNCATE writes some thousand files anew, rows or no rows."""
    return [f'DELETE FROM "{each}"' for each in tables]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker, empty):
    """Each process of a run works in a copy of the empty database, taken away at the end."""
    name = connection.settings_dict["TEST"]["NAME"] or f"test_{PLAIN}"
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patches:
        if POSTGRES:
            patches.setattr(connection.ops, "sql_flush", _deleted)
        copy(empty, name)
        with working_in(name):
            yield
        forget(name)
