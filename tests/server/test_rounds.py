"""Rounds over two processes: two scorers, two publishers, an objection and its answer at the same moment."""

import pytest

from kit import clock
from supervision.actions.rounds.running import ask_marks, ask_self, show
from supervision.models import RoundEvent, RoundRecord
from tests.reports.actions.test_races import at_once
from tests.supervision.rounds import mark_all, scheme, score, trial

__all__ = ["scheme", "trial"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def marking(trial, office):
    ask_self(trial, office, due=clock.today())
    return ask_marks(trial, office, due=clock.today())


def test_two_scorers_at_once_one_wins_and_the_other_loses_nothing(marking, visitor, inspector, make_user, civil):
    two = [visitor(inspector), visitor(make_user("ducha2", "INSPECTOR", inspector.unit, name="李督查"))]
    own, item = score(marking, civil), marking.scheme.items.get(number=1)
    address = f"/assessment/rounds/{marking.pk}/marking/{item.pk}/"
    typed = [
        {f"mark_{own.pk}": mark, f"reason_{own.pk}": reason, f"seen_{own.pk}": own.version}
        for mark, reason in (("50", "台账不全"), ("55", "台账尚可"))
    ]
    answers = at_once(
        *[lambda each=each, told=told: each.post(address, **told) for each, told in zip(two, typed, strict=True)]
    )
    assert sorted(each.status for each in answers) == [302, 422]
    lost = next(place for place, each in enumerate(answers) if each.status == 422)
    assert "请核对后再评" in answers[lost].text
    assert ("台账不全", "台账尚可")[lost] in answers[lost].text
    assert score(marking, civil).mark == (55, 50)[lost]
    assert RoundEvent.objects.filter(subject=marking, verb="评分").count() == 1


def test_two_publish_at_once_one_edition(
    marking, visitor, office, inspector, make_user, civil, labour, water, town, at
):
    mark_all(marking, office, inspector, dict.fromkeys((civil, labour, water, town), (50, 30)))
    shown = show(marking, office, until=clock.today())
    shown.__class__.objects.filter(pk=shown.pk).update(objections_until="2015-10-19")
    two = [visitor(office), visitor(make_user("gaigeban2", "OFFICE", office.unit, name="张审核"))]
    address, typed = f"/assessment/rounds/{shown.pk}/do/publish/", {"version": shown.version}
    answers = at_once(*[lambda each=each: each.post(address, **typed) for each in two])
    assert sorted(each.status for each in answers) == [302, 422]
    assert RoundRecord.objects.filter(round=shown).count() == 1
