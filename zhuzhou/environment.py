"""Where settings come from: the process environment, then the file that the first start wrote."""

import contextlib
import os
import stat
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
TRUE = {"1", "true", "yes", "on"}


def var_dir():
    """Everything that is this installation's own: settings file, SQLite, uploaded files."""
    return Path(os.environ.get("ZHUZHOU_VAR", BASE_DIR / "var"))


def keep_private(folder):
    """Let only its owner read the folder and what is in it: what this process makes, and what an earlier one left open."""
    os.umask(0o077)
    folder.mkdir(parents=True, exist_ok=True)
    mode = folder.stat().st_mode
    if mode & stat.S_ISVTX:  # a place shared by all, as /tmp
        return
    open_before = mode & 0o077
    for path in [folder, *(folder.rglob("*") if open_before else folder.glob("*"))]:
        with contextlib.suppress(PermissionError, FileNotFoundError):
            path.chmod(stat.S_IMODE(path.stat().st_mode) & 0o700)


def settings_file():
    return var_dir() / "settings.env"


def read_file(path):
    """An absent file is an empty one."""
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except OSError:
        return {}
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.lstrip().startswith("#"))
    return {key.strip(): value.strip() for key, value in pairs}


class Environment:
    """Reads one name at a time; the process environment wins over the file."""

    def __init__(self, path):
        self.values = read_file(path) | os.environ

    def text(self, name, default=""):
        return self.values.get(name, default)

    def flag(self, name, default=False):
        return self.values.get(name, str(int(default))).lower() in TRUE

    def number(self, name, default):
        return int(self.values.get(name, default))

    def words(self, name, default=""):
        return [word.strip() for word in self.values.get(name, default).split(",") if word.strip()]
