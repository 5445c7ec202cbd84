#!/usr/bin/env python
"""The command line of the application."""

import os
import sys

from django.core.management import execute_from_command_line

from zhuzhou import environment, firststart

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuzhou.settings")
    if sys.argv[1:2] in (["quickstart"], ["restore"]):  # what makes a new place needs a key of its own
        firststart.prepare(environment.settings_file())
    execute_from_command_line(sys.argv)
