"""Where settings come from: the process environment, then the file that the first start wrote."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
TRUE = {"1", "true", "yes", "on"}


def var_dir():
    """Return the folder of everything that is this installation's own: settings file, SQLite, uploaded files."""
    return Path(os.environ.get("ZHUZHOU_VAR", BASE_DIR / "var"))


def settings_file():
    return var_dir() / "settings.env"


def read_file(path):
    """Return the KEY=value lines of ``path`` as a dict; an absent file is an empty one."""
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
