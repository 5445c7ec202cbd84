"""The full square of a round: every verb in every state, by everybody, and what each of them sees of it."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from kit import clock
from kit.refusal import Already, Refusal
from supervision.actions.rounds.marking import give_marks, give_panel_marks
from supervision.actions.rounds.objections import answer_objection, object_to
from supervision.actions.rounds.publishing import correct, publish
from supervision.actions.rounds.running import ask_marks, ask_self, compute, drop, open_round, show
from supervision.actions.rounds.selfscoring import hand_in_self, save_self
from supervision.models import Objection, Round, RoundRecord, SchemeItem, ScoreFile, Subject
from tests.supervision.rounds import JULY, D, mark_all, scheme, score, subject

__all__ = ["scheme"]
TEN = Decimal(10)
SEATS = {"代表": "70", "企业": "30"}
# What a verb is tried on: an item of a scoring unit, one that no unit scores, one of a panel.
NAMED, UNNAMED, PANEL = 1, 2, 3


def marked(number):
    return lambda own, by: give_marks(own.round, by, item_of(own, number), [(of(own, number), TEN, "核减", None)])


def panel(own, by):
    return give_panel_marks(own.round, by, item_of(own, PANEL), [(of(own, PANEL), "代表", Decimal(1), "", None)])


def answered(number):
    return lambda own, by: answer_objection(of(own, number).objections.get(), by, granted=True, note="核实", mark=TEN)


def corrected(own, by):
    return correct(own.round, by, reason="漏算", marks=[(of(own, NAMED), TEN, "补算")])


VERBS = {
    "compute": lambda own, by: compute(own.round, by),
    "ask self": lambda own, by: ask_self(own.round, by, due=clock.today()),
    "ask marks": lambda own, by: ask_marks(own.round, by, due=clock.today()),
    "show": lambda own, by: show(own.round, by),
    "publish": lambda own, by: publish(own.round, by),
    "correct": corrected,
    "drop": lambda own, by: drop(own.round, by, reason="月份选错"),
    "save self": lambda own, by: save_self(own, by, {of(own, NAMED).pk: (TEN, "台账")}),
    "hand in self": hand_in_self,
    "mark": marked(NAMED),
    "mark what no unit scores": marked(UNNAMED),
    "mark of a panel": panel,
    "object": lambda own, by: object_to(of(own, NAMED), by, text="漏算", wanted="60"),
    "answer": answered(NAMED),
    "answer about what no unit scores": answered(UNNAMED),
}
TRIAL, SELF, MARKING, NOTICE, PUBLISHED, CORRECTED = Round.Status
SHOWN = {NOTICE, PUBLISHED, CORRECTED}
RUNS, OWN, SCORES, BY_OFFICE = {"office"}, {"reporter", "head"}, {"scorer"}, {"office", "office head"}
# Who may, and in which of the states it does something.
TABLE = {
    "compute": (RUNS, {TRIAL, SELF, MARKING}),
    "ask self": (RUNS, {TRIAL, SELF}),
    "ask marks": (RUNS, {SELF, MARKING}),
    "show": (RUNS, {MARKING}),
    "publish": (RUNS, {NOTICE}),
    "correct": (RUNS, {PUBLISHED, CORRECTED}),
    "drop": (RUNS, {TRIAL}),
    "save self": (OWN, {SELF}),
    "hand in self": (OWN, {SELF}),
    "mark": (SCORES, {MARKING}),
    "mark what no unit scores": (BY_OFFICE, {MARKING}),
    "mark of a panel": (SCORES, {MARKING}),
    "object": (OWN, SHOWN),
    "answer": (SCORES, SHOWN),
    "answer about what no unit scores": (BY_OFFICE, SHOWN),
}
OVERSEE = {"office", "office head", "leader", "inspector"}
SUBJECTS = {"reporter", "head", "other subject", "unranked"}
ASKED = OVERSEE | SUBJECTS | {"scorer"}
BUSINESS = ASKED | {"other office", "outsider"}
# Who sees the round and its record, and who all its subjects; whoever sees only the round sees their own.
SEES = {
    TRIAL: (OVERSEE, OVERSEE),
    SELF: (ASKED, OVERSEE | {"scorer"}),
    MARKING: (ASKED, OVERSEE | {"scorer"}),
    NOTICE: (ASKED, ASKED),
    PUBLISHED: (BUSINESS, BUSINESS),
    CORRECTED: (BUSINESS, BUSINESS),
}


@pytest.fixture
def people(cast, office_head, mayor, make_user):
    """By what they are to the round: 县民政局 is the unit it is about, 县统计局 scores, 县林业局 has no part in it."""
    names = ("office", "reporter", "head", "leader", "inspector", "admin", "auditor")
    return {name: cast[name] for name in names} | {
        "office head": office_head,
        "other office": cast["other_office"],
        "other subject": cast["co_reporter"],
        "unranked": mayor,
        "scorer": make_user("tongji", "REPORTER", "县统计局"),
        "outsider": make_user("linye", "REPORTER", "县林业局"),
    }


@pytest.fixture
def round_(scheme, people, civil, labour, water, town):
    """Every mark given, and what 县民政局 says of itself written: no verb is refused for what is lacking."""
    office, scorer = people["office"], people["scorer"]
    scheme.items.filter(number=NAMED).update(scorer=scorer.unit)
    scheme.items.filter(number=UNNAMED).update(full=30)
    SchemeItem.objects.create(
        scheme=scheme, number=PANEL, title="评议", full=10, way="PANEL", scorer=scorer.unit, params={"seats": SEATS}
    )
    made = open_round(scheme, office, JULY)
    ask_self(made, office, due=clock.today())
    save_self(subject(made, civil), people["reporter"], {score(made, civil).pk: (Decimal(50), "台账齐全")})
    ask_marks(made, office, due=clock.today())
    units = (civil, labour, water, town)
    mark_all(made, office, scorer, dict.fromkeys(units, (50, 20)))
    given = [(score(made, unit, PANEL), seat, Decimal(8), "", None) for unit in units for seat in SEATS]
    give_panel_marks(made, scorer, scheme.items.get(number=PANEL), given)
    return made


@pytest.fixture
def at_status(round_, civil):
    """What 县民政局 has in the round, as if it had come to a state."""

    def bring(status, until):
        Round.objects.filter(pk=round_.pk).update(
            status=status, edition=status in Round.OUT, self_due=clock.today(), objections_until=until
        )
        return subject(round_, civil)

    return bring


def of(own, number):
    return score(own.round, own.unit, number)


def item_of(own, number):
    return SchemeItem.objects.select_related("scorer").get(scheme=own.round.scheme, number=number)


def outcome(verb, own, by):
    """worked, refused or forbidden; nothing of it stays, and what worked left its trace, a draft apart."""
    before = own.round.events.count()
    try:
        with transaction.atomic():
            VERBS[verb](own, by)
            assert verb == "save self" or own.round.events.count() == before + 1
            transaction.set_rollback(True)
    except PermissionDenied:
        found = "forbidden"
    except (Refusal, Already):
        found = "refused"
    else:
        found = "worked"
    assert own.round.events.count() == before
    return found


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_in_every_state_by_everybody(at_status, verb, people, reporter):
    may, works = TABLE[verb]
    # Objecting lasts to the end of the day; nothing is published before the day after, nor while an answer is waited for.
    until = D(2015, 10, 19) if verb == "publish" else clock.today()
    answers = verb.startswith("answer")
    for status in Round.Status:
        if answers and status not in SHOWN:
            # There is nothing yet to answer.
            continue
        own = at_status(status, until)
        if answers:
            for number in (NAMED, UNNAMED):
                Objection.objects.get_or_create(score=of(own, number), text="漏算", wanted="60", by=reporter)
        told = {name: outcome(verb, own, user) for name, user in people.items()}
        wanted = "worked" if status in works else "refused"
        assert told == {name: wanted if name in may else "forbidden" for name in people}, status


def who(people, rows):
    """{name: how many of ``rows`` they see}, without those who see none."""
    seen = {name: rows.visible_to(user).count() for name, user in people.items()}
    return {name: n for name, n in seen.items() if n}


@pytest.mark.parametrize("status", Round.Status)
def test_what_everybody_sees_in_every_state(at_status, status, people, office):
    own = at_status(status, clock.today())
    see, see_all = SEES[status]
    RoundRecord.made({}, office, round=own.round, edition=1, at=clock.now()).save()
    assert who(people, Round.objects) == who(people, RoundRecord.objects) == dict.fromkeys(see, 1)
    assert who(people, Subject.objects) == {name: 4 if name in see_all else 1 for name in see}


@pytest.mark.parametrize("status", Round.Status)
@pytest.mark.parametrize(("number", "scores"), [(NAMED, SCORES), (UNNAMED, set())])
def test_evidence_is_for_whose_it_is_and_who_judges_it(at_status, status, number, scores, people, reporter):
    own = at_status(status, clock.today())
    about = {"name": "台账.pdf", "size": 1, "checksum": "0", "kind": "pdf", "file": "evidence.pdf"}
    ScoreFile.objects.create(score=of(own, number), by=reporter, **about)
    told = OVERSEE | (OWN | scores if status != TRIAL else set())
    assert who(people, ScoreFile.objects) == dict.fromkeys(told, 1)
