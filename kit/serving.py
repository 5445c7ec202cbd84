"""Serving the application from one command: is the address free, are the static files collected, which server."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from django.contrib.auth.hashers import get_hashers
from django.contrib.staticfiles.finders import get_finders
from django.urls import get_resolver

WINDOWS = sys.platform == "win32"
# One arena for all threads, large blocks always by themselves, and what is free at the top given back: else each worker
# keeps what its busiest moment took, such as the 19 MiB of each password that was checked.
THRIFT = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "1048576", "MALLOC_TRIM_THRESHOLD_": "4194304"}


def is_free(host, port):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if not WINDOWS:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def static_is_collected(root):
    manifest = Path(root) / "staticfiles.json"
    if not manifest.exists():
        return False
    made, known = manifest.stat().st_mtime, manifest.read_text("utf-8")
    sources = [(path, Path(storage.path(path))) for finder in get_finders() for path, storage in finder.list([])]
    return all(f'"{path}"' in known and source.stat().st_mtime <= made for path, source in sources)


def load_pages():
    """Load addresses, views, forms and hashers before the workers part. Templates are left: what is used is copied in each worker."""
    get_resolver().reverse_dict  # noqa: B018 - read for what it loads
    for hasher in get_hashers():
        hasher.encode("loaded", hasher.salt())


def command(wsgi, host, port, *, windows=WINDOWS):
    """Return the command line of the web server for a dotted WSGI application: gunicorn, on Windows waitress.

    The application and its pages are loaded before the workers part (``load_pages``), so that they share this memory.
    """
    address = f"{host}:{port}"
    if windows:
        return [sys.executable, "-m", "waitress", f"--listen={address}", "--threads=8", ":".join(wsgi.rsplit(".", 1))]
    options = {
        "--bind": address,
        "--worker-class": "gthread",
        "--workers": 2,
        "--threads": 4,
        "--timeout": 60,
        "--graceful-timeout": 30,
        "--max-requests": 2000,
        "--max-requests-jitter": 200,
        # A search of 500 characters is 4,500 bytes of address; beyond 4,094 the server answers by itself, in English.
        "--limit-request-line": 8190,
        "--log-level": "warning",
    }
    words = ["--preload", *(str(word) for pair in options.items() for word in pair)]
    return [sys.executable, "-m", "gunicorn", ":".join(wsgi.rsplit(".", 1)), *words]


def serve(wsgi, host, port):
    words = command(wsgi, host, port)
    sys.stdout.flush()
    if WINDOWS:
        return subprocess.call(words)
    return os.execve(words[0], words, THRIFT | os.environ)
