"""What was typed into a form that met a closed door: an ended session, a password fallen due, another role."""

import re

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.conftest import PASSWORD
from units.models import User

TEXT = "写了半小时的进展，\n不能丢。"
ADDRESS = "/entries/7/save/?x=1"
NEW = "Another-Horse-10"


def sent(**more):
    return {"e7-done": TEXT, "e7-seen": "3:" + "ab" * 32, "password": "secret", "csrfmiddlewaretoken": "t"} | more


def carried(answer):
    return answer.context["kept"].sealed


def enter(client, kept, password=PASSWORD, **more):
    return client.post("/login/", {"username": "minzheng", "password": password, "kept": kept, **more})


def is_offered_again(answer):
    page = answer.content.decode()
    return f'action="{ADDRESS}"' in page and TEXT in page and "secret" not in page


def test_a_form_that_met_an_ended_session_is_handed_in_again(client, reporter):
    answer = client.post(ADDRESS, sent())
    assert (answer.status_code, "还在，没有丢失" in answer.content.decode()) == (401, True)
    again = enter(client, carried(answer))
    assert is_offered_again(again)
    assert '<input type="hidden" name="e7-seen"' in again.content.decode()


def test_what_was_typed_stands_in_boxes_with_names_of_their_own(client, reporter):
    answer = client.post(ADDRESS, sent(reason="第二处 文字"))
    page = enter(client, carried(answer)).content.decode()
    assert re.findall(r'<label class="field-label" for="(\w+)">([^<]+)', page) == [
        ("kept_1", "填写的内容（1）"),
        ("kept_3", "填写的内容（2）"),
    ]


def test_kept_text_survives_a_mistyped_password(client, reporter):
    kept = carried(client.post(ADDRESS, sent()))
    assert enter(client, kept, "Wrong-Horse-1").context["kept"].pairs[0] == ("e7-done", TEXT)


def test_kept_text_stands_on_the_page_of_who_is_locked_out(client, reporter):
    kept = carried(client.post(ADDRESS, sent()))
    answers = [enter(client, kept, "Wrong-Horse-1") for _ in range(5)]
    assert (answers[-1].status_code, TEXT in answers[-1].content.decode()) == (429, True)
    assert "请过 15 分钟再试" in answers[-1].content.decode()


@pytest.mark.parametrize(
    "kept",
    ["forged:text", signing.dumps(("/x/", []), salt="another"), ""],
    ids=["forged", "sealed elsewhere", "nothing"],
)
def test_what_somebody_else_wrote_is_not_handed_in(client, reporter, kept):
    assert enter(client, kept, next="/month/").url == "/month/"


def test_a_long_months_work_is_kept_whole(client, reporter):
    text = "一二三四五六七八九十" * 30_000
    again = enter(client, carried(client.post(ADDRESS, sent(**{"e7-done": text}))))
    assert text in again.content.decode()


def test_more_than_a_form_can_carry_is_shown_to_be_copied(client, reporter, monkeypatch):
    monkeypatch.setattr("units.views.kept.MOST_SEALED", 100)
    page = client.post(ADDRESS, sent()).content.decode()
    assert "太多" in page
    assert TEXT in page
    assert 'name="kept"' not in page


def test_who_signed_in_meanwhile_in_another_window_hands_in_at_once(client, reporter):
    kept = carried(client.post(ADDRESS, sent()))
    client.force_login(reporter, backend="units.backends.PersonBackend")
    assert is_offered_again(enter(client, kept))


@pytest.mark.parametrize("why", ["reset", "old"])
def test_a_password_fallen_due_keeps_what_was_typed(client, reporter, sign_in, at, why):
    client = sign_in(reporter)
    if why == "reset":
        User.objects.filter(pk=reporter.pk).update(must_change_password=True)
    else:
        at("2016-02-20 10:00")
    answer = client.post(ADDRESS, sent())
    assert (answer.status_code, "改好密码后再次提交" in answer.content.decode()) == (403, True)
    typed = {"old_password": PASSWORD, "new_password1": NEW, "kept": carried(answer)}
    slip = client.post("/password/", typed | {"new_password2": "Slip-Horse-11"})
    assert slip.context["kept"] == answer.context["kept"]
    assert is_offered_again(client.post("/password/", typed | {"new_password2": NEW}))


def test_both_doors_one_after_the_other(client, reporter):
    answer = client.post(ADDRESS, sent())
    kept = carried(answer)
    User.objects.filter(pk=reporter.pk).update(must_change_password=True)
    first = enter(client, kept)
    assert is_offered_again(first)
    second = client.post("/login/", {"username": "minzheng", "password": PASSWORD, "kept": kept})
    assert second.context["kept"] == answer.context["kept"]


def test_another_role_meanwhile_gets_the_text_back(sign_in, reporter, report):
    client, address = sign_in(reporter), reverse("month_page", args=["2015-10"])
    User.objects.filter(pk=reporter.pk).update(role=User.Role.AUDITOR)
    answer = client.post(address, sent())
    assert answer.status_code == 403
    assert TEXT in answer.content.decode()
    for other in ("/entries/9999/save/", "/nowhere/"):
        assert TEXT in client.post(other, sent()).content.decode()


def test_a_script_is_told_in_words(sign_in, reporter):
    client = sign_in(reporter)
    User.objects.filter(pk=reporter.pk).update(role=User.Role.AUDITOR)
    answer = client.post(reverse("month_page", args=["2015-10"]), sent(), headers={"accept": "application/json"})
    assert (answer.status_code, "换用有权限的账号" in answer.json()["error"]) == (403, True)


def test_a_refusal_gives_the_text_back_and_without_text_the_page(sign_in, reporter, report, at):
    at("2015-11-20 10:00")
    client, address = sign_in(reporter), reverse("report_submit", args=[report.pk])
    page = {"referer": "http://testserver/month/2015-10/"}
    answer = client.post(address, {"note": TEXT}, headers=page)
    assert (answer.status_code, TEXT in answer.content.decode()) == (400, True)
    assert 'href="/month/2015-10/"' in answer.content.decode()
    assert client.post(address, {"version": "1"}, headers=page).url == "/month/2015-10/"


def test_files_that_met_an_ended_session_are_asked_for_by_name(client, reporter):
    files = [SimpleUploadedFile("现场照片.jpg", b"x"), SimpleUploadedFile("批复.pdf", b"y")]
    answer = client.post(ADDRESS, sent(files=files))
    again = enter(client, carried(answer)).content.decode()
    assert "请重新选择：现场照片.jpg、批复.pdf" in again
    assert re.search(r'<form method="post" action="/entries/7/save/\?x=1" enctype="multipart/form-data">', again)
    assert re.search(r'<input type="file" id="again_1" name="files" multiple>', again)


def test_a_form_of_nothing_but_a_file_is_handed_in_again(client, reporter):
    kept = carried(client.post("/loading/", {"file": SimpleUploadedFile("方案.docx", b"x")}))
    assert "请重新选择：方案.docx" in enter(client, kept).content.decode()
