"""Signing in, being locked out, changing the password, and forms that met an ended session."""

import time

import pytest
from django.test import Client

from tests.conftest import PASSWORD
from units.models import AccountEvent, FormerPassword

NEW = "Another-Horse-10"


def enter(client, username, password=PASSWORD, **more):
    return client.post("/login/", {"username": username, "password": password, **more})


def test_the_page_needs_no_session_and_is_in_chinese(client, db):
    page = client.get("/login/").content.decode()
    assert "用户名" in page
    assert "密码" in page
    assert "年度任务督办平台" in page
    assert "testserver" not in page


def test_signing_in_leads_home_and_is_on_record(client, reporter):
    assert enter(client, "MinZheng").url == "/"
    assert AccountEvent.objects.get(subject=reporter).verb == "登录"
    assert client.get("/login/").status_code == 302


def test_next_is_kept_and_never_leads_elsewhere(client, reporter):
    assert enter(client, "minzheng", next="/month/").url == "/month/"
    client.post("/logout/")
    assert enter(client, "minzheng", next="https://example.org/").url == "/"


def test_a_wrong_password_and_an_unknown_name_sound_alike(client, reporter):
    wrong = enter(client, "minzheng", "Wrong-Horse-1").content.decode()
    unknown = enter(client, "nobody", "Wrong-Horse-1").content.decode()
    for page in (wrong, unknown):
        assert "用户名或密码不正确" in page
    assert 'value="minzheng"' in wrong


def test_five_failures_lock_the_pair_of_name_and_address(client, reporter, co_reporter):
    for _ in range(5):
        answer = enter(client, "minzheng", "Wrong-Horse-1")
    assert answer.status_code == 429
    assert "暂停登录" in answer.content.decode()
    assert enter(client, "minzheng").status_code == 429
    assert enter(client, "renshe").status_code == 302


def test_a_deactivated_account_is_out_at_once(client, reporter):
    enter(client, "minzheng")
    reporter.is_active = False
    reporter.save()
    assert client.get("/month/").status_code == 302
    assert enter(client, "minzheng").status_code == 200


def test_signing_out_is_a_press_not_a_link(client, reporter):
    enter(client, "minzheng")
    assert client.get("/logout/").status_code == 405
    client.post("/logout/")
    assert client.get("/month/").url.startswith("/login/?next=")


def test_a_new_account_must_choose_its_own_password(client, reporter):
    reporter.must_change_password = True
    reporter.save()
    enter(client, "minzheng")
    assert client.get("/month/").url == "/password/"
    answer = client.get("/month/", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["location"]) == (403, "/password/")


def change(client, old=PASSWORD, new=NEW, again=NEW):
    return client.post("/password/", {"old_password": old, "new_password1": new, "new_password2": again})


def test_changing_keeps_the_session_and_the_old_hash(client, reporter):
    enter(client, "minzheng")
    assert change(client).status_code == 302
    assert client.get("/inbox/").status_code == 200
    reporter.refresh_from_db()
    assert reporter.check_password(NEW)
    assert not reporter.must_change_password
    assert FormerPassword.objects.filter(user=reporter).count() == 1
    assert AccountEvent.objects.filter(subject=reporter, verb="修改密码").exists()


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("Short-1", "10"),
        ("alllowercaseletters", "3种"),
        (PASSWORD, "最近5次"),
        ("Aa1" + "x" * 130, "最长128位"),
    ],
)
def test_rules_are_told_in_chinese(client, reporter, new, sentence):
    enter(client, "minzheng")
    answer = change(client, new=new, again=new)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_wrong_old_password_and_a_slip_are_told(client, reporter):
    enter(client, "minzheng")
    assert "原密码不正确" in change(client, old="x").content.decode()
    assert "两次填写的新密码不一致" in change(client, again="Other-Horse-11").content.decode()


def test_an_old_password_must_be_changed(client, reporter, at):
    enter(client, "minzheng")
    at("2016-02-20 10:00")
    assert client.get("/month/").url == "/password/"


def test_a_session_ends_after_a_working_day(client, reporter, settings):
    enter(client, "minzheng")
    session = client.session
    session["signed_in"] = int(time.time()) - settings.SESSION_LONGEST_HOURS * 3600 - 1
    session.save()
    assert client.get("/month/").url.startswith("/login/")


def test_an_expired_page_keeps_what_was_typed(reporter):
    client = Client(enforce_csrf_checks=True)
    client.force_login(reporter, backend="units.backends.PersonBackend")
    answer = client.post("/password/", {"note": "写好的长长一段文字，\n要保留。", "old_password": "secret"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "要保留" in page
    assert "secret" not in page
