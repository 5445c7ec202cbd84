"""Filters kept under a name: one's own, of our lists only."""

import pytest
from django.urls import reverse

from tasks.models import SavedFilter

ADD = "/filters/"


def keep(client, **values):
    return client.post(ADD, {"name": "红灯", "path": reverse("task_list"), "query": "light=RED&page=3"} | values)


def test_a_stranger_is_led_to_the_login(client, db):
    assert keep(client).status_code == 401
    assert not SavedFilter.objects.exists()


def test_a_filter_is_kept_without_the_page(reporter, sign_in):
    response = keep(sign_in(reporter))
    assert response.url == "/tasks/?light=RED"
    kept = SavedFilter.objects.get()
    assert (kept.user, kept.name, kept.url) == (reporter, "红灯", "/tasks/?light=RED")


def test_the_same_name_keeps_the_newer(reporter, co_reporter, sign_in):
    keep(sign_in(reporter))
    keep(sign_in(reporter), query="light=YELLOW")
    keep(sign_in(co_reporter), query="light=GREEN")
    assert SavedFilter.objects.visible_to(reporter).get().query == "light=YELLOW"
    assert SavedFilter.objects.count() == 2


@pytest.mark.parametrize(
    "path", ["//evil.example/", "https://evil.example/", "/nowhere/", "/search/", "javascript:1", ""]
)
def test_only_lists_of_ours_are_kept(path, reporter, sign_in):
    assert keep(sign_in(reporter), path=path).url == "/tasks/"
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("name", ["", "很" * 31])
def test_a_name_is_needed_and_short(name, reporter, sign_in):
    keep(sign_in(reporter), name=name)
    assert not SavedFilter.objects.exists()


def test_it_stands_in_the_ledger_and_is_removed_there(reporter, outsider, sign_in):
    client = sign_in(reporter)
    keep(client, name="我的红灯")
    kept = SavedFilter.objects.get()
    assert 'href="/tasks/?light=RED"' in client.get("/tasks/").content.decode()
    assert "我的红灯" not in sign_in(outsider).get("/tasks/").content.decode()
    remove = reverse("saved_filter_remove", args=[kept.pk])
    assert sign_in(outsider).post(remove).status_code == 404
    assert client.get(remove).status_code == 405
    assert client.post(remove).url == "/tasks/"
    assert not SavedFilter.objects.exists()
