"""What the database holds, out into files and back again: SQLite as its own file, PostgreSQL as one CSV a table.

Both are of one moment while people go on working: SQLite's own backup, PostgreSQL's REPEATABLE READ.
"""

import contextlib
import hashlib
import json
import os
import sqlite3
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from kit.refusal import Refusal

MIGRATIONS = "django_migrations"
SEQUENCES = "sequences.json"
# Values must read the same whatever the server, the database or the role is set to.
PLAINLY = "SET LOCAL statement_timeout = 0; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1"


def is_empty():
    return not connection.introspection.table_names()


def unknown_migrations(names):
    known = {".".join(key) for key in MigrationExecutor(connection).loader.disk_migrations}
    return sorted(set(names) - known)


def migrations():
    return sorted(".".join(key) for key in MigrationExecutor(connection).loader.applied_migrations)


class Sqlite:
    """One file, copied by SQLite itself."""

    @property
    def path(self):
        return Path(connection.settings_dict["NAME"])

    def dump(self, folder, rows):
        """Yield the one file; ``rows`` is filled with {table: how many rows}."""
        copy = folder / "db.sqlite3"
        with _opened(self.path) as source, _opened(copy) as target:
            source.backup(target)
        rows.update(self._count(copy))
        yield copy

    def load(self, folder, manifest):
        """Put the file of ``folder`` in its place when it is sound and holds what the manifest says."""
        copy = folder / "db.sqlite3"
        if self._count(copy) != manifest["tables"]:
            raise Refusal("各表行数与清单不符。")
        connection.close()
        for name in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + name).unlink(missing_ok=True)
        os.replace(copy, self.path)

    @staticmethod
    def _count(path):
        with _opened(path) as plain:
            if plain.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise Refusal("数据库文件已损坏（PRAGMA integrity_check）。")
            named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            tables = [name for (name,) in plain.execute(named)]
            return {name: plain.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(tables)}


def _opened(path):
    return contextlib.closing(sqlite3.connect(path, timeout=60))


class Postgres:
    """One CSV a table by COPY, which needs no program of PostgreSQL's on this machine and no version of it."""

    def dump(self, folder, rows):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute(PLAINLY)
            for table in self._tables(cursor):
                path = folder / f"{table}.csv"
                with path.open("wb") as file:
                    rows[table] = self._copy_out(cursor, table, file)
                yield path
            cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()")
            path = folder / SEQUENCES
            path.write_text(json.dumps({name: last for name, last in cursor if last is not None}))
            yield path

    def load(self, folder, manifest):
        """Make the tables as they were, fill them, and compare what stands there with the files; all or nothing."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(PLAINLY)
            self._make_tables(set(manifest["migrations"]))
            tables = ", ".join(map(connection.ops.quote_name, self._tables(cursor)))
            cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; TRUNCATE {tables}")
            for table, rows in manifest["tables"].items():
                self._fill(cursor, table, rows, folder / f"{table}.csv")
            for name, last in json.loads((folder / SEQUENCES).read_text()).items():
                cursor.execute("SELECT setval(quote_ident(%s)::regclass, %s)", [name, last])

    @staticmethod
    def _tables(cursor):
        found = connection.introspection.table_names(cursor)
        known = {*connection.introspection.django_table_names(), MIGRATIONS}
        return sorted(known.intersection(found))

    @staticmethod
    def _copy_out(cursor, table, file):
        quote = connection.ops.quote_name
        key = connection.introspection.get_primary_key_column(cursor, table)
        what = f"SELECT * FROM {quote(table)} ORDER BY {quote(key)}"
        cursor.copy_expert(f"COPY ({what}) TO STDOUT WITH (FORMAT csv, HEADER)", file)
        return cursor.rowcount

    @staticmethod
    def _make_tables(recorded):
        executor = MigrationExecutor(connection)
        full = executor.migration_plan(executor.loader.graph.leaf_nodes())
        executor.migrate(None, plan=[step for step in full if f"{step[0].app_label}.{step[0].name}" in recorded])

    def _fill(self, cursor, table, rows, path):
        quote = connection.ops.quote_name
        with path.open("rb") as file:
            columns = ", ".join(map(quote, file.readline().decode().strip().split(",")))
            cursor.copy_expert(f"COPY {quote(table)} ({columns}) FROM STDIN WITH (FORMAT csv)", file)
        digest = _Digest()
        if self._copy_out(cursor, table, digest) != rows or digest.value != sha256(path):
            raise Refusal(f"表{table}恢复后与备份不一致。")


class _Digest:
    """A file that keeps only the checksum of what is written to it."""

    def __init__(self):
        self.sha256 = hashlib.sha256()

    def write(self, chunk):
        self.sha256.update(chunk)

    @property
    def value(self):
        return self.sha256.hexdigest()


def sha256(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def here():
    return {"sqlite": Sqlite, "postgresql": Postgres}[connection.vendor]()


def bring_up_to_date():
    call_command("migrate", verbosity=0, interactive=False)
