"""A parser of files from outside, in a process of its own with little memory and time.

Run as a file it is that process: it loads the parser's one file and nothing else of ours, so it starts quickly and can touch
nothing. A parser's module says ``TooLarge`` (its message is a sentence), and ``encode`` where its values are more than JSON.
"""

import importlib.util
import json
import logging
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import Any

try:
    import resource
except ImportError:
    resource = None  # Windows has no such limits; the parser then works in the caller's process.

log = logging.getLogger(__name__)

MEMORY = 1024**3
SECONDS = 20
WAIT = 30


class Unreadable(Exception):
    """The parser could not make sense of it; the message is its sentence, empty where it has none."""


def parsed(module: ModuleType, name: str, *arguments: Any, decode: Callable[[dict], Any] | None = None) -> Any:
    """Return ``module.name(*arguments)``, worked out apart so that no parser's fault costs more than the wait.

    Arguments and result are JSON. Raise ``Unreadable``.
    """
    if not (resource and sys.executable):
        return _here(module, name, arguments)
    command = [sys.executable, "-P", __file__, str(module.__file__), name]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=WAIT, input=json.dumps(arguments).encode(), check=True
        )
        answer = json.loads(done.stdout, object_hook=decode)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        log.warning("a file could not be read: %s %s", error, getattr(error, "stderr", b""))
        raise Unreadable from error
    if "problem" in answer:
        raise Unreadable(answer["problem"])
    return answer["result"]


def _here(module: ModuleType, name: str, arguments: tuple) -> Any:
    try:
        return getattr(module, name)(*arguments)
    except module.TooLarge as error:
        raise Unreadable(str(error)) from error
    except Exception as error:
        log.warning("a file could not be read: %r", error)
        raise Unreadable from error


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    # macOS refuses some limits; the others and the time-out still hold.
    with suppress(ValueError, OSError):
        resource.setrlimit(what, (most, most))


def _main(file: str, name: str) -> None:
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_CPU, SECONDS)
    _limit(resource.RLIMIT_CORE, 0)
    spec = importlib.util.spec_from_file_location("parser", file)
    module = sys.modules["parser"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    try:
        answer = {"result": getattr(module, name)(*json.load(sys.stdin))}
    except module.TooLarge as error:
        answer = {"problem": str(error)}
    json.dump(answer, sys.stdout, default=getattr(module, "encode", None))


if __name__ == "__main__":
    _main(*sys.argv[1:])
