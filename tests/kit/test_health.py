"""A monitor asks whether the service lives: yes or no, nothing more, nothing written, from wherever it asks."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["duban.example.gov.cn"]


def test_a_monitor_beside_the_server_hears_yes(client, db, django_assert_num_queries):
    with django_assert_num_queries(2) as asked:
        answer = client.get("/health/", headers={"host": "127.0.0.1:8000"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer.cookies == {}
    assert Session.objects.count() == 0
    assert all(query["sql"].lstrip().upper().startswith("SELECT") for query in asked.captured_queries)


def test_a_migration_that_waits_is_a_no(client, db):
    MigrationRecorder.Migration.objects.filter(app="reports").delete()
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (503, b"not ok\n")


def test_files_that_cannot_be_written_are_a_no(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "gone" / "media"
    assert client.get("/health/").status_code == 503


def test_a_full_disk_is_a_no(client, db, settings):
    settings.UPLOAD_MAX_BYTES = 1 << 60
    assert client.get("/health/").status_code == 503


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_is_a_no(client, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", "/nowhere/at/all")
    assert client.get("/health/").status_code == 503
