"""Which files of the repository the rules look at."""

import functools
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("kit", "units", "tasks", "reports", "supervision", "portal", "zhuzhou")


@functools.cache
def read(pattern, *, below=FLOORS):
    """Return {path: text} of the files that match, below these folders of the repository; migrations are left out."""
    found = {}
    for folder in below:
        for path in sorted((ROOT / folder).rglob(pattern)):
            if "migrations" not in path.parts and path.is_file():
                found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
    return found


def modules():
    """Return every Python file of the floors."""
    return read("*.py")


def templates():
    """Return every template, of the floors and the shared ones."""
    return read("*.html", below=(*FLOORS, "templates"))


def style_sheets():
    """Return our style sheets."""
    return read("*.css", below=("static",))
