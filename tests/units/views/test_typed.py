"""The door of drafts, and the forms that let theirs go once they are taken."""

import json

import pytest

from supervision.actions.directives.drafting import draft
from tests.supervision.directives import DUE, bring_to, hand_down
from units.actions.typed import keep_typed
from units.models import Typed

PLACE = "/directives/1/"


def send(client, values, place=PLACE, seen="", **more):
    told = {"place": place, "seen": seen, "values": values if isinstance(values, str) else json.dumps(values)}
    return client.post("/typed/", told | more, headers={"Accept": "application/json"})


def test_kept_asked_for_and_let_go(sign_in, reporter, head):
    client = sign_in(reporter)
    kept = send(client, {"answer_1": ["甲\r\n乙\x00"]}).json()
    assert kept["values"] == {"answer_1": ["甲\n乙"]}
    assert client.get("/typed/", {"place": PLACE}).json() == kept
    assert sign_in(head).get("/typed/", {"place": PLACE}).json()["values"] is None
    stale = send(client, {"answer_1": ["丙"]})
    assert stale.status_code == 409
    assert stale.json()["values"] == kept["values"]
    assert send(client, {}, seen=kept["seen"]).json()["seen"] == ""
    assert not Typed.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ("{", "草稿没有读懂"),
        ("[1]", "草稿没有读懂"),
        ('{"a": "b"}', "草稿没有读懂"),
        ('{"a": [1]}', "草稿没有读懂"),
        ({"a": ["长" * 60_001]}, "草稿不超过60000字，现有60001字"),
    ],
)
def test_what_is_no_draft_is_told(sign_in, reporter, values, sentence):
    answer = send(sign_in(reporter), values)
    assert answer.status_code == 422
    assert sentence in answer.json()["error"]
    assert not Typed.objects.exists()


def test_who_does_no_business_has_no_drafts(sign_in, make_user):
    client = sign_in(make_user("guanli", "ADMIN"))
    assert client.get("/typed/").status_code == 403
    assert send(client, {"a": ["b"]}).status_code == 403


def test_a_session_that_ended_is_told_to_the_script(client):
    assert send(client, {"a": ["b"]}).status_code == 401


def test_a_form_that_is_taken_lets_its_draft_go_and_a_refused_one_keeps_it(sign_in, inspector, civil, reporter):
    row = bring_to(hand_down(inspector, civil)[0], "CHECKING", reporter)
    sheet = draft(inspector, title="旧题", units=[civil], points=[("甲", None)], due_on=DUE)[0]
    client, place = sign_in(inspector), f"/directives/{row.pk}/"
    told = {"check": "1", "version": row.version, "found_1": "ok", "found_2": "ok"}
    for address, values in (
        (place, told | {"how": "看过"}),
        (f"/directives/{sheet.pk}/do/withdraw/", {"reason": "重复"}),
    ):
        keep_typed(inspector, address, {"how": ["看"]})
        assert client.post(address, told | {"how": ""}).status_code == 422
        assert Typed.objects.filter(place=address).exists()
        assert client.post(address, {"version": sheet.version} | values).status_code == 302
        assert not Typed.objects.filter(place=address).exists()
