"""A scheme of two marks by hand, and its rounds as they go, for tests."""

import datetime
from decimal import Decimal

import pytest

from kit import clock
from supervision.actions.rounds.marking import give_marks
from supervision.actions.rounds.publishing import publish
from supervision.actions.rounds.running import ask_marks, ask_self, open_round, show
from supervision.models import Score, Subject
from supervision.models.scheme import PeerGroup, Scheme, SchemeItem

D = datetime.date
STEPS = ["SELF", "MARKING", "NOTICE"]
APRIL, JULY = D(2015, 4, 1), D(2015, 7, 1)


@pytest.fixture
def scheme(plan, reform_office, inspector, civil, labour, water, town):
    """基础工作 60 is marked by the 督查室 and self-scored, 改革成效 40 by the office; three units compared, one outside."""
    made = Scheme.objects.create(
        plan=plan, unit=reform_office, name="季度排名", minimum=3, low_count=1, steps=STEPS,
        classes=[["优秀", 90], ["合格", 60]],
    )  # fmt: skip
    PeerGroup.objects.create(scheme=made, name="县直", order=1).units.set([civil, labour, water])
    PeerGroup.objects.create(scheme=made, name="乡镇", order=2, is_outside=True).units.set([town])
    SchemeItem.objects.create(
        scheme=made, number=1, title="基础工作", full=60, way="HAND", scorer=inspector.unit, self_scored=True
    )
    SchemeItem.objects.create(scheme=made, number=2, title="改革成效", full=40, way="HAND")
    return made


@pytest.fixture
def trial(scheme, office):
    return open_round(scheme, office, JULY)


def subject(round_, unit):
    return Subject.objects.select_related("round__scheme", "unit").get(round=round_, unit=unit)


def score(round_, unit, number=1):
    rows = Score.objects.select_related("subject__round__scheme", "subject__unit", "item__scorer")
    return rows.get(subject__round=round_, subject__unit=unit, item__number=number)


def mark_all(round_, office, inspector, marks):
    """{unit: (first, second)}."""
    for number, by in ((1, inspector), (2, office)):
        item = SchemeItem.objects.get(scheme=round_.scheme, number=number)
        given = [
            (score(round_, unit, number), Decimal(each[number - 1]), "查阅台账", None) for unit, each in marks.items()
        ]
        give_marks(round_, by, item, given)


def as_published(scheme, office, inspector, month, marks, at):
    """A round led through all its steps; the clock goes on to the day after its notice."""
    made = open_round(scheme, office, month)
    made = ask_self(made, office, due=clock.today())
    made = ask_marks(made, office, due=clock.today())
    mark_all(made, office, inspector, marks)
    made = show(made, office, until=clock.today())
    at(f"{clock.today() + datetime.timedelta(days=1)} 10:00:00")
    return publish(made, office)
