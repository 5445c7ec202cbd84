"""The full square of an occasion: every verb in every state, by every role, for what is inspected and whom one talks to."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from kit import clock
from kit.refusal import Already, Refusal
from supervision.actions.findings import note_finding
from supervision.actions.meetings import revise_occasion, settle_occasion
from supervision.actions.occasions import (
    add_word,
    announce_occasion,
    answer_occasion,
    arrange_occasion,
    drop_occasion,
    hold_occasion,
    set_stops,
)
from supervision.models import Occasion


def noted(occasion, by):
    return note_finding(occasion, by, key=uuid.uuid4(), stop=None, text="未施工", kind="FINDING")


VERBS = {
    "arrange": lambda occasion, by: arrange_occasion(occasion, by, title="督查", held_on=clock.today()),
    "announce": announce_occasion,
    "hold": hold_occasion,
    "drop": lambda occasion, by: drop_occasion(occasion, by, "改期"),
    "stops": lambda occasion, by: set_stops(occasion, by, []),
    "note": noted,
    "revise": lambda occasion, by: revise_occasion(occasion, by, place="三楼"),
    "settle": settle_occasion,
    "answer": lambda occasion, by: answer_occasion(occasion, by, "意见"),
    "add word": lambda occasion, by: add_word(occasion, by, "补充"),
}
# In which of the states each verb does something.
WORKS = {
    "arrange": {"PROPOSED"},
    "announce": {"PLANNED"},
    "hold": {"PLANNED"},
    "drop": {"PROPOSED", "PLANNED"},
    "stops": {"PLANNED", "HELD"},
    "note": {"PLANNED", "HELD"},
    "revise": {"PLANNED", "HELD"},
    "settle": {"HELD"},
    "answer": {"SETTLED"},
    "add word": {"SETTLED"},
}
NAMED = {"reporter", "head", "outsider"}


def outcome(verb, occasion, by):
    """worked, refused or forbidden; nothing of it stays, and what is refused wrote nothing."""
    before = occasion.events.count()
    try:
        with transaction.atomic():
            VERBS[verb](occasion, by)
            transaction.set_rollback(True)
    except PermissionDenied:
        found = "forbidden"
    except (Refusal, Already):
        found = "refused"
    else:
        found = "worked"
    assert occasion.events.count() == before
    return found


@pytest.fixture(params=["INSPECTION", "INTERVIEW"])
def at_status(request, inspection):
    """The inspection, or an interview with the same units, as if it had come to a state."""

    def bring(status):
        Occasion.objects.filter(pk=inspection.pk).update(status=status, kind=request.param, conclusion="好")
        return Occasion.objects.get(pk=inspection.pk)

    return bring


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_in_every_state_by_every_role(at_status, verb, cast):
    may = NAMED if verb == "answer" else {"inspector"}
    for status in Occasion.Status:
        occasion = at_status(status)
        works = WORKS[verb] | ({"HELD"} if verb == "answer" and occasion.is_interview else set())
        told = {name: outcome(verb, occasion, user) for name, user in cast.items()}
        wanted = "worked" if status in works else "refused"
        assert told == {name: wanted if name in may else "forbidden" for name in cast}, status
