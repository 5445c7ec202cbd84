"""Addresses of static files are those of the manifest, worked out once."""

import json

import pytest

from kit.staticfiles import RememberingStorage


@pytest.fixture
def storage(tmp_path, settings):
    settings.DEBUG = False
    settings.STATIC_ROOT = tmp_path
    paths = {"a.css": "a.123456789abc.css"}
    (tmp_path / "staticfiles.json").write_text(json.dumps({"paths": paths, "version": "1.1", "hash": ""}), "utf-8")
    return RememberingStorage()


def test_an_address_is_the_hashed_one_at_first_and_again(storage):
    assert [storage.url("a.css"), storage.url("a.css")] == ["/static/a.123456789abc.css"] * 2


def test_what_is_not_collected_is_told_every_time(storage):
    for _ in range(2):
        with pytest.raises(ValueError, match="b.css"):
            storage.url("b.css")


def test_while_debugging_nothing_is_remembered(storage, settings):
    storage.url("a.css")
    settings.DEBUG = True
    assert storage.url("a.css") == "/static/a.css"
