"""A backup made while people work, the place destroyed, brought back, compared: on the database the suite runs on."""

import contextlib
import datetime
import os
import sqlite3
import threading
import time
import zipfile
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from kit import backups
from kit.packing import Package, verify
from reports.actions.files import attach
from reports.models import Entry
from tests.zhuzhou.test_settings import manage
from units.models import Unit, UnitName

KEY = "a-real-key-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH"


@pytest.fixture
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def elsewhere(tmp_path):
    """An empty place: manage.py there, and a question asked of its database without Django."""
    place = tmp_path / "elsewhere"
    place.mkdir()
    (tmp_path / "disk" / "2015").mkdir(parents=True)
    (place / "media").symlink_to(tmp_path / "disk")  # files on another disk, a folder of an earlier year left there
    if connection.vendor == "sqlite":
        yield Elsewhere(place, {}, lambda: sqlite3.connect(place / "db.sqlite3"))
        return
    name = f"{connection.settings_dict['NAME']}_elsewhere"
    url = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/"
    with contextlib.closing(psycopg2.connect(f"{url}postgres")) as server:
        server.autocommit = True
        server.cursor().execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.cursor().execute(f'CREATE DATABASE "{name}"')
        yield Elsewhere(place, {"DATABASE_URL": url + name}, lambda: psycopg2.connect(url + name))
        server.cursor().execute(f'DROP DATABASE "{name}" WITH (FORCE)')


class Elsewhere:
    def __init__(self, place, environment, connect):
        self.place, self.environment, self.connect = place, environment | {"SECRET_KEY": KEY, "HTTPS": "0"}, connect

    def manage(self, *words):
        return manage(self.place, *words, **self.environment)

    def ask(self, question):
        with contextlib.closing(self.connect()) as plain:
            cursor = plain.cursor()
            cursor.execute(question)
            return cursor.fetchall()


class Writers:
    """Threads that write a file, then two rows in one transaction that name it."""

    def __init__(self, root, threads=2):
        self.root, self.over, self.faults = root, threading.Event(), []
        self.threads = [threading.Thread(target=self.write, args=[each]) for each in range(threads)]

    def write(self, each):
        try:
            serial = 0
            while not self.over.is_set():
                name = f"单位{each}-{serial}"
                (self.root / name).write_text(name * 50, "utf-8")
                with transaction.atomic():
                    unit = Unit.objects.create(name=name, peer_group="GOVERNMENT")
                    UnitName.objects.create(unit=unit, name=f"{name}的写法")
                serial += 1
        except Exception as fault:  # noqa: BLE001 - told by the test
            self.faults.append(fault)
        finally:
            connections.close_all()

    def __enter__(self):
        self.root.mkdir(parents=True, exist_ok=True)
        for thread in self.threads:
            thread.start()

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()


@pytest.mark.django_db(transaction=True)
def test_made_under_load_and_brought_back_whole(var, elsewhere, entry, reporter):
    attached = attach(entry, reporter, SimpleUploadedFile("照片.pdf", b"%PDF-1.4 " * 5000))
    writers = Writers(Path(configured.MEDIA_ROOT))
    with writers:
        while Unit.objects.count() < 20:
            time.sleep(0.02)
        call_command("backup", var / "kept")
    assert writers.faults == []
    made = backups.newest()
    assert (made.is_there, made.hours) == (True, 0)
    answer = elsewhere.manage("restore", made.file)
    assert answer.returncode == 0, answer.stderr
    assert "与清单全部相符" in answer.stdout
    units = {name for (name,) in elsewhere.ask("SELECT name FROM units_unit WHERE name LIKE '单位%'")}
    other = {name for (name,) in elsewhere.ask("SELECT name FROM units_unitname WHERE name LIKE '单位%'")}
    assert len(units) > 15
    assert other == {f"{name}的写法" for name in units}
    stored = elsewhere.place / "media"
    assert all((stored / name).read_text("utf-8") == name * 50 for name in units)
    assert (stored / attached.file.name).read_bytes() == Path(attached.file.path).read_bytes()
    assert elsewhere.ask("SELECT count(*) FROM reports_entry") == [(Entry.objects.count(),)]
    refused = elsewhere.manage("restore", made.file)
    assert refused.returncode != 0
    assert "已经有内容" in refused.stderr


@pytest.mark.django_db(transaction=True)
def test_the_newest_are_kept_and_a_fault_is_found(var, settings):
    folder = var / "kept"
    for serial in range(3):
        (folder / f"backup-2015010{serial}-000000.zip").parent.mkdir(exist_ok=True)
        (folder / f"backup-2015010{serial}-000000.zip").touch()
    call_command("backup", folder, keep=2)
    made = Path(backups.newest().file)
    assert [each.name for each in sorted(folder.iterdir())] == ["backup-20150102-000000.zip", made.name]
    assert made.stat().st_mode & 0o777 == 0o600
    assert verify(made).faults == ()
    spoilt = var / "spoilt.zip"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(spoilt, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) + (b" " if "/database/" in name else b""))
    with pytest.raises(CommandError, match="备份文件不完整：内容不符：database/"):
        call_command("restore", spoilt)
    made.unlink()
    assert not backups.newest().is_there


def test_nothing_half_written_is_left(var, settings, monkeypatch, db):
    (var / "taken").touch()
    with pytest.raises(CommandError, match="没有备份成"):
        call_command("backup", var / "taken")
    with pytest.raises(CommandError, match="不能放在上传文件的目录里"):
        call_command("backup", Path(settings.MEDIA_ROOT) / "kept")
    assert backups.newest() is None


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ({}, "这不是本系统的备份文件"),
        ({"vendor": "oracle"}, "备份来自oracle"),
        ({"vendor": connection.vendor, "migrations": ["reports.9999_later"]}, "备份来自更新的版本"),
        ({"vendor": connection.vendor, "migrations": ["reports.0001_initial"]}, "数据库里已经有内容"),
    ],
)
def test_what_does_not_belong_here_is_refused(db, tmp_path, about, sentence):
    with Package(tmp_path / "a.zip", "x", datetime.date(2015, 1, 1)) as package:
        package.seal(about)
    with pytest.raises(CommandError, match=sentence):
        call_command("restore", tmp_path / "a.zip")
    with pytest.raises(CommandError, match=r"没有恢复：没有.*b\.zip这个文件"):
        call_command("restore", tmp_path / "b.zip")
