"""``python -m bench fill|measure ...``: what needs the application's settings."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuzhou.settings")
django.setup()

from bench import fill, measure  # noqa: E402

COMMANDS = {"fill": fill.Command, "measure": measure.Command}

if sys.argv[1:2] == [] or sys.argv[1] not in COMMANDS:
    sys.exit(f"python -m bench {'|'.join(COMMANDS)} ...")
COMMANDS[sys.argv[1]]().run_from_argv(["-m bench", *sys.argv[1:]])
