"""Who dispatches: the office of the programme, the unit that leads (一), another that leads (二)."""

import datetime
from decimal import Decimal

import pytest

from tests.supervision.directives import hand_down

D = datetime.date
EVEN = {"INVESTED": {D(2015, n, 1): Decimal(10) for n in range(1, 13)}}


@pytest.fixture
def owner(programme, make_user):
    return make_user("xiangmu", "OFFICE", programme.office, name="罗例项")


@pytest.fixture
def lead(programme, make_user):
    return make_user("fagai", "REPORTER", "县发改局", name="易例通")


@pytest.fixture
def other_lead(programme, make_user):
    return make_user("zhongdian", "REPORTER", "县重点办", name="何例重")


@pytest.fixture
def first(programme):
    """Action (一), which has what is to begin."""
    return programme.tasks.get(number="(一)")


@pytest.fixture
def project(make_project, town):
    """A new project without any money spent: red by October."""
    return make_project("湘江标准厂房", amounts=EVEN, year_plan=Decimal(120), places=[town])


@pytest.fixture
def given(inspector, civil):
    """Two points handed down to 县民政局 by the inspectorate on 20 October, due on the 30th."""
    return hand_down(inspector, civil)[0]
