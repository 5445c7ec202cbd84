"""Backups: database and files of one moment in one package that proves itself, kept by number, brought back into an empty place."""

import datetime
import json
import os
import shutil
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from kit import databases
from kit.packing import MANIFEST, BadArchive, Package, pieces, verify
from kit.refusal import Refusal

NAME = "backup-{}.zip"
UNFINISHED = ".unfinished"
A_DAY = 86400


@dataclass(frozen=True)
class Made:
    """A backup as noted when it was made; the moment is a real one, whatever the business clock says."""

    file: str
    at: float
    rows: int
    files: int
    size: int
    lacking: tuple[str, ...] = ()

    @property
    def moment(self):
        return datetime.datetime.fromtimestamp(self.at, datetime.UTC)

    @property
    def hours(self):
        return int((time.time() - self.at) // 3600)

    @property
    def is_there(self):
        return Path(self.file).is_file()


def _note():
    return settings.VAR_DIR / "backup.json"


def newest():
    try:
        return Made(**json.loads(_note().read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def make(folder, keep):
    """Write a backup into ``folder``, check it, leave the newest ``keep`` there; return it as Made."""
    if folder.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        raise Refusal("备份不能放在上传文件的目录里。")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    moment = time.time()
    name = NAME.format(time.strftime("%Y%m%d-%H%M%S", time.localtime(moment)))
    unfinished = folder / f"{name}.{os.getpid()}{UNFINISHED}"
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL, 0o600))
        about = _write(unfinished, name.removesuffix(".zip"), datetime.datetime.fromtimestamp(moment, datetime.UTC))
        if faults := verify(unfinished).faults:
            raise Refusal(f"备份写入后核对不符：{faults[0]}")
        os.replace(unfinished, folder / name)
    finally:
        unfinished.unlink(missing_ok=True)
    _thin_out(folder, keep)
    file = (folder / name).resolve()
    made = Made(
        str(file), moment, sum(about["tables"].values()), about["stored"], file.stat().st_size, tuple(about["lacking"])
    )
    _note().write_text(json.dumps(vars(made), ensure_ascii=False), "utf-8")
    return made


def _write(file, title, day):
    """Pack the database first, then the files: they are only ever added, so every file a row names is there."""
    about = {"title": title, "vendor": connection.vendor, "migrations": databases.migrations()}
    about |= {"tables": {}, "stored": 0, "lacking": []}
    with tempfile.TemporaryDirectory(dir=file.parent) as place, Package(file, title, day) as package:
        for path in databases.here().dump(Path(place), about["tables"]):
            with path.open("rb") as stream:
                package.add(f"database/{path.name}", pieces(stream))
            path.unlink()
        root = Path(settings.MEDIA_ROOT)
        for path in sorted(each for each in root.rglob("*") if each.is_file()):
            inside = path.relative_to(root).as_posix()
            try:
                with path.open("rb") as stream:
                    package.add(f"media/{inside}", pieces(stream))
                about["stored"] += 1
            except FileNotFoundError:
                about["lacking"].append(inside)
        package.seal(about)
    return about


def _thin_out(folder, keep):
    for old in sorted(folder.glob(NAME.format("*")))[:-keep]:
        old.unlink()
    for left in folder.glob(f"*{UNFINISHED}"):
        if time.time() - left.stat().st_mtime > A_DAY:
            left.unlink()


def restore(file):
    """Bring a backup into this empty place, prove it against its manifest; return the manifest."""
    if not file.is_file():
        raise Refusal(f"没有{file}这个文件。")
    try:
        if faults := verify(file).faults:
            raise Refusal(f"备份文件不完整：{'；'.join(faults[:3])}")
    except BadArchive as error:
        raise Refusal(f"{file.name}：{error}") from None
    with zipfile.ZipFile(file) as package:
        folder = next(name for name in package.namelist() if name.endswith(f"/{MANIFEST}")).removesuffix(MANIFEST)
        manifest = json.loads(package.read(folder + MANIFEST))
        _refuse(manifest)
        root = Path(settings.MEDIA_ROOT)
        root.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=root.parent) as place:
            _unpack(package, folder, manifest["files"], Path(place))
            (Path(place) / "media").mkdir(exist_ok=True)
            databases.here().load(Path(place) / "database", manifest)
            # File by file: the folder may be a mount or a link to another disk.
            shutil.copytree(Path(place) / "media", root, dirs_exist_ok=True, copy_function=shutil.move)
    databases.bring_up_to_date()
    Session.objects.all().delete()  # who had signed out since must not be signed in again
    return manifest


def _refuse(manifest):
    if "vendor" not in manifest:
        raise Refusal("这不是本系统的备份文件（归档包不能用来恢复）。")
    if manifest["vendor"] != connection.vendor:
        raise Refusal(
            f"备份来自{manifest['vendor']}，这里配置的是{connection.vendor}：请先把 DATABASE_URL 设成同一种数据库。"
        )
    if later := databases.unknown_migrations(manifest["migrations"]):
        raise Refusal(f"备份来自更新的版本（{later[0]}），请先装上备份时的版本。")
    if not databases.is_empty():
        raise Refusal("数据库里已经有内容，不能覆盖：请恢复到空的数据库（SQLite 为没有 db.sqlite3 的 var 目录）。")
    if any(each.is_file() for each in Path(settings.MEDIA_ROOT).rglob("*")):
        raise Refusal(f"{settings.MEDIA_ROOT}里已经有文件，不能覆盖：请先移走。")


def _unpack(package, folder, files, place):
    for each in files:
        path = place / each["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        with package.open(folder + each["path"]) as source, path.open("wb") as target:
            shutil.copyfileobj(source, target)
        if databases.sha256(path) != each["sha256"]:
            raise Refusal(f"写出的文件与清单不符：{each['path']}")
