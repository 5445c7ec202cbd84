"""Signing in, being locked out, changing the password, and forms that met an ended session."""

import datetime
import time

import pytest
from axes.models import AccessAttempt
from django.db.models import F
from django.test import Client

from tests.conftest import PASSWORD
from tests.pages import folded
from units.actions.accounts import reset_password
from units.models import AccountEvent
from units.models.user import FormerPassword

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


def test_the_lock_knows_a_name_in_any_case_and_width(client, reporter):
    for name in ("minzheng", "MINZHENG", "MinZheng ", "ｍｉｎｚｈｅｎｇ", "minzhenG"):
        answer = enter(client, name, "Wrong-Horse-1")
    assert answer.status_code == 429
    assert enter(client, "minzheng").status_code == 429


def test_guessing_at_many_names_from_one_address_is_stopped(client, reporter, settings):
    settings.SIGNIN_FAILURES_PER_ADDRESS = 12
    answers = [enter(client, f"name{serial}", "Wrong-Horse-1").status_code for serial in range(12)]
    assert answers == [200] * 11 + [429]
    assert enter(client, "minzheng").status_code == 429
    assert client.post("/login/", {"username": "minzheng", "password": PASSWORD}, REMOTE_ADDR="10.0.0.9").url == "/"


def test_what_was_mistyped_and_then_right_counts_no_more(client, reporter, co_reporter, settings):
    settings.SIGNIN_FAILURES_PER_ADDRESS = 4
    for name in ("minzheng", "renshe"):
        for _ in range(3):
            enter(client, name, "Wrong-Horse-1")
        assert enter(client, name).status_code == 302
        client.post("/logout/")


def test_the_lock_ends_though_somebody_keeps_trying(client, reporter):
    for _ in range(5):
        enter(client, "minzheng", "Wrong-Horse-1")
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - datetime.timedelta(minutes=14))
    assert enter(client, "minzheng", "Wrong-Horse-1").status_code == 429
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - datetime.timedelta(minutes=2))
    assert enter(client, "minzheng").status_code == 302


def test_failures_and_the_lock_are_on_record_and_bounded(client, reporter):
    for _ in range(9):
        enter(client, "MinZheng", "Wrong-Horse-1")
    told = list(reporter.events.order_by("pk").values_list("verb", "note"))
    assert told == [("登录失败", "来自 127.0.0.1")] * 4 + [("暂停登录", "来自 127.0.0.1")]
    enter(client, "nobody", "Wrong-Horse-1")
    assert AccountEvent.objects.count() == 5


def test_the_administrator_sees_a_lock_and_ends_it(client, reporter, admin, sign_in, settings):
    settings.SIGNIN_FAILURES_PER_ADDRESS = 6
    for name in ["MinZheng"] * 5 + ["x1"]:
        enter(
            client,
            name,
            "Wrong-Horse-1",
        )
    desk = sign_in(admin)
    page = folded(desk.get("/accounts/"))
    assert "刘填报（minzheng）在 127.0.0.1 连续输错5次密码" in page
    assert "来自 127.0.0.1 的登录连续失败6次" in page
    assert "minzheng" in folded(desk.get(f"/accounts/{reporter.pk}/"))
    desk.post("/accounts/unlock/", {"address": "127.0.0.1"})
    assert enter(client, "minzheng").status_code == 302
    for _ in range(5):
        enter(Client(), "minzheng", "Wrong-Horse-1")
    desk.post("/accounts/unlock/", {"username": "minzheng"})
    assert enter(Client(), "minzheng").status_code == 302
    assert reporter.events.filter(verb="解除暂停登录", actor=admin).exists()
    assert desk.get("/accounts/unlock/").status_code == 405
    assert sign_in(reporter).post("/accounts/unlock/", {"username": "minzheng"}).status_code == 403


def test_a_reset_password_unlocks(client, reporter, admin):
    for _ in range(5):
        enter(client, "minzheng", "Wrong-Horse-1")
    assert enter(client, "minzheng", reset_password(reporter, admin)).status_code == 302


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


def test_a_password_like_the_name_is_refused_in_good_chinese(client, reporter):
    client.force_login(reporter, backend="units.backends.PersonBackend")
    page = change(client, PASSWORD, "Minzheng-1", "Minzheng-1").content.decode()
    assert "密码与用户名太相似。" in page


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


def expired(reporter, **headers):
    client = Client(enforce_csrf_checks=True)
    client.force_login(reporter, backend="units.backends.PersonBackend")
    typed = {"note": "写好的长长一段文字，\n要保留。", "old_password": "secret"}
    answer = client.post("/password/", typed, headers=headers)
    assert answer.status_code == 403
    return answer.content.decode()


@pytest.mark.parametrize("headers", [{"origin": "http://testserver"}, {"referer": "http://testserver/month/"}])
def test_an_expired_page_keeps_what_was_typed(reporter, headers):
    page = expired(reporter, **headers)
    assert "要保留" in page
    assert "再次提交" in page
    assert "secret" not in page


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example", "referer": "http://testserver/"},
        {"origin": "null"},
        {"referer": "https://evil.example/http://testserver/"},
        {"referer": "http://testserver.evil.example/"},
        {"referer": "http://["},
        {},
    ],
)
def test_a_strange_sites_form_is_never_offered_again(reporter, headers):
    page = expired(reporter, **headers)
    assert "要保留" not in page
    assert "<form" not in page


def test_an_origin_trusted_by_the_settings_is_ours(reporter, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://duban.example.gov.cn"]
    assert "要保留" in expired(reporter, origin="https://duban.example.gov.cn")


@pytest.mark.parametrize("way", ["//elsewhere/", "/\\elsewhere/", "///elsewhere/"])
def test_a_refusal_leads_back_only_to_a_page_of_ours(way, sign_in, reporter, report):
    answer = sign_in(reporter).post(f"/reports/{report.pk}/withdraw/", headers={"Referer": f"http://testserver{way}"})
    assert answer.headers.get("Location", "").startswith("//") is False
    assert "elsewhere" not in answer.headers.get("Location", "")
