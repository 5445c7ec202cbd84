"""Gives up most of what a process may use, then becomes the program it was called with."""

import os
import sys
from contextlib import suppress

try:
    import resource
except ImportError:
    resource = None  # Windows has no such limits; the time-out still holds.

SECONDS = 60
LARGEST_FILE = 100 * 1024 * 1024


def main(command: list[str]) -> None:
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
