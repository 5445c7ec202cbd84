"""Serving: is the address free, are the static files up to date, which server."""

import os
import socket
import time

from django.core.management import call_command
from django.urls import clear_url_caches, get_resolver

from kit import serving


def test_a_port_in_use_is_not_free():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert not serving.is_free("127.0.0.1", taken.getsockname()[1])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert serving.is_free("127.0.0.1", port)


def test_collected_files_are_fresh_until_a_source_is_newer_or_missing(settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a{}")
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [source], tmp_path / "root"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    assert not serving.static_is_collected(settings.STATIC_ROOT)
    call_command("collectstatic", verbosity=0, interactive=False)
    assert serving.static_is_collected(settings.STATIC_ROOT)
    (source / "b.css").write_text("b{}")
    assert not serving.static_is_collected(settings.STATIC_ROOT)
    (source / "b.css").unlink()
    later = time.time() + 60
    os.utime(source / "a.css", (later, later))
    assert not serving.static_is_collected(settings.STATIC_ROOT)


def test_gunicorn_everywhere_but_on_windows():
    words = serving.command("zhuzhou.wsgi.application", "127.0.0.1", 8123, windows=False)
    assert words[1:7] == ["-m", "gunicorn", "zhuzhou.wsgi:application", "--preload", "--bind", "127.0.0.1:8123"]
    assert words[words.index("--max-requests") + 1] == "2000"
    assert "waitress" in serving.command("zhuzhou.wsgi.application", "127.0.0.1", 8123, windows=True)


def test_addresses_and_what_they_lead_to_are_loaded_before_the_workers_part():
    clear_url_caches()
    assert not get_resolver()._populated
    serving.load_pages()
    assert get_resolver()._populated
