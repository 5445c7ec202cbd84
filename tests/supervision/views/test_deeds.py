"""The full square through the pages: what a page offers in a state is what its address does there, for every role."""

import datetime
import re

import pytest
from django.db import transaction

from supervision.models import Directive
from supervision.views.deeds import DEEDS, papers_of
from tests.supervision.directives import hand_down

D = datetime.date
# What is typed into the form of each verb.
TYPED = {
    "object": {"reason": "不归本单位"},
    "extend": {"reason": "连续下雨", "progress": "完成一半", "until": "2015-11-06"},
    "continue": {"reason": "跨年", "goal": "签约", "until": "2015-11-20"},
    "goal": {"note": "已签约"},
    "review": {"note": "看过", "review_on": "2015-11-27"},
    "remark": {"text": "抓紧"},
    "withdraw": {"reason": "重复"},
    "hand-over": {"to": "县纪委", "letter": "株县督〔2015〕3号"},
    "reopen": {"reason": "又停工", "due_on": "2015-11-06"},
}
OPEN = ("SENT", "ONGOING", "CHECKING", "CONTINUING")
ISSUERS, UNITS, REMARKING = {"inspector"}, {"reporter", "head"}, {"leader", "other_office"}
# verb -> (who, in which states), as the issue lays it down.
TABLE = {
    "object": (UNITS, {"SENT"}),
    "extend": (UNITS, {"ONGOING"}),
    "continue": (UNITS, {"ONGOING", "CHECKING"}),
    "goal": (UNITS, {"CONTINUING"}),
    "review": (ISSUERS, {"CONTINUING"}),
    "remark": (REMARKING, {*OPEN, "CLOSED"}),
    "withdraw": (ISSUERS, {"DRAFT", *OPEN}),
    "hand-over": (ISSUERS, {"DRAFT", *OPEN}),
    "reopen": (ISSUERS, {"CLOSED", "CONTINUING"}),
}
READERS = {*ISSUERS, *UNITS, *REMARKING}
PRINTS = {"DRAFT": set(), "CLOSED": {"slip", "notice", "closing"}} | {
    status: {"slip", "notice", "urging"} if status in OPEN else {"slip", "notice"}
    for status in (*OPEN, "WITHDRAWN", "MOVED_ON")
}


@pytest.fixture
def row(inspector, civil, law_office):
    """One that 县委法建办 joined in issuing, and 县民政局 answers."""
    return hand_down(inspector, civil, co_issuers=[law_office])[0]


def bring(row, status):
    values = {"status": status, "number": None if status == "DRAFT" else 1}
    reviewed = D(2015, 11, 13) if status == "CONTINUING" else None
    Directive.objects.filter(pk=row.pk).update(**values, review_on=reviewed)
    return Directive.objects.get(pk=row.pk)


def done(client, address, typed):
    """Whether a press did something; nothing of it stays."""
    with transaction.atomic():
        answer = client.post(address, typed)
        transaction.set_rollback(True)
    return answer.status_code == 302 if answer.status_code in (302, 422) else answer.status_code


@pytest.mark.parametrize("status", Directive.Status.values)
def test_a_page_offers_what_its_address_does(row, status, cast, sign_in):
    row = bring(row, status)
    for name, user in cast.items():
        client, address = sign_in(user), f"/directives/{row.pk}/"
        page = client.get(address)
        reads = name in READERS and (status != "DRAFT" or name in ISSUERS)
        if not reads:
            assert page.status_code == 404, name
            assert {done(client, f"{address}do/{verb}/", TYPED[verb]) for verb in DEEDS} == {404}, name
            continue
        offered = set(re.findall(rf"{address}do/([\w-]+)/", page.content.decode()))
        assert offered == {verb for verb, (who, states) in TABLE.items() if name in who and status in states}, name
        for verb in DEEDS:
            told = done(client, f"{address}do/{verb}/", TYPED[verb] | {"version": row.version})
            assert told == (verb in offered if name in TABLE[verb][0] else 403), (name, verb)


@pytest.mark.parametrize("status", Directive.Status.values)
def test_a_slip_is_offered_where_it_can_be_printed(row, status, cast, sign_in):
    row = bring(row, status)
    assert {kind for kind, _ in papers_of(row, [])} == PRINTS[status]
    for name, user in cast.items():
        reads = name in READERS and (status != "DRAFT" or name in ISSUERS)
        for kind in ("slip", "notice", "urging", "extension", "closing"):
            answer = sign_in(user).get(f"/directives/{row.pk}/paper/{kind}/")
            assert (answer.status_code == 200) == (reads and kind in PRINTS[status]), (name, kind)
