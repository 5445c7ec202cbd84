"""Signing computes every figure once more: what moved since is looked at before it is printed."""

import pytest

from kit.refusal import Refusal
from supervision.actions.papers.drafting import start
from supervision.actions.papers.signing import send, sign
from supervision.dashboard.drawing import moves_of
from supervision.dashboard.papers import mark_of
from tests.supervision.dashboard.figures.conftest import SEPTEMBER, month
from tests.supervision.dashboard.figures.test_moves import mend

__all__ = ["month"]


@pytest.fixture
def sent(month, office, office_head, letterhead, plan):
    return send(start(office, "BULLETIN", plans=[plan], month=SEPTEMBER, main_to="各责任单位"), office)


def red(paper):
    blocks = paper.record.content["blocks"]
    return {
        each["figures"]["tasks_light-lightRED"]["value"] for each in blocks if "tasks_light-lightRED" in each["figures"]
    }


def test_what_moved_unseen_stops_the_signing(sent, plan, office, office_head, at):
    at("2015-10-21 09:00:00")
    mend(plan, office)
    with pytest.raises(Refusal, match=r"送签以来有\d+处数字变了"):
        sign(sent, office_head, seen_version=sent.version)
    sent.refresh_from_db()
    assert (sent.status, sent.number) == ("SIGNING", None)


def test_what_was_seen_is_printed_as_it_is_now(sent, plan, office, office_head, at):
    at("2015-10-21 09:00:00")
    mend(plan, office)
    row = sign(sent, office_head, seen_version=sent.version, seen_moves=mark_of(moves_of(sent)))
    assert red(row) == {"1"}
    assert row.record.content["as_of"].startswith("2015-10-21T09:00")
    assert ["2", "1"] in row.events.get(verb="印发").changes.values()


def test_the_page_shows_what_moved_and_carries_its_mark(sent, plan, office, office_head, at, sign_in):
    at("2015-10-21 09:00:00")
    mend(plan, office)
    client = sign_in(office_head)
    page = client.get(f"/papers/{sent.pk}/").content.decode()
    assert "按新数签发" in page
    assert "更正月末进度" in page
    answer = client.post(f"/papers/{sent.pk}/sign/", {"version": sent.version, "moves": ""}, follow=True)
    assert "处数字变了" in answer.content.decode()
    client.post(f"/papers/{sent.pk}/sign/", {"version": sent.version, "moves": mark_of(moves_of(sent))})
    sent.refresh_from_db()
    assert sent.status == "PRINTED"
