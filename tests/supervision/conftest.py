"""Who dispatches: the office of the programme, the unit that leads (一), another that leads (二)."""

import datetime
from decimal import Decimal

import pytest

from supervision.actions.occasions import plan_occasion, set_stops
from supervision.actions.papers.drafting import start
from supervision.actions.papers.letterheads import keep_letterhead
from supervision.actions.papers.signing import send, sign
from supervision.models import Block
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


def stop_at(**values):
    return {"key": None, "group": "", "day": None, "hour": None, "project": None, "unit": None, "people": ""} | values


@pytest.fixture
def make_inspection(programme, inspector):
    """An inspection of the fourth quarter by 县委督查室, today: make_inspection(title=..., held_on=...)."""

    def make(by=inspector, **values):
        values = {"title": "四季度督查", "held_on": D(2015, 10, 20), "month": D(2015, 10, 1), "span": 3} | values
        return plan_occasion(programme, by, "INSPECTION", **values)

    return make


@pytest.fixture
def inspection(make_inspection, inspector, project, water):
    """It stops at a project that 县民政局 serves, and at 县水利局."""
    made = make_inspection()
    return set_stops(made, inspector, [stop_at(project=project, group="第1组"), stop_at(unit=water)])


@pytest.fixture
def office_head(make_user, reform_office):
    return make_user("gaigeban.head", "HEAD", reform_office, name="何主任")


@pytest.fixture
def letterhead(reform_office, office):
    return keep_letterhead(
        reform_office, "BULLETIN", office, masthead="改革创新年活动通报", series="改革通报", numbering="ISSUE"
    )


@pytest.fixture
def paper(office, office_head, letterhead, plan):
    """A bulletin of September in draft, with one paragraph; it may be sent and signed."""
    made = start(office, "BULLETIN", plans=[plan], month=D(2015, 9, 1), main_to="各责任单位")
    made.blocks.all().delete()
    Block.objects.create(paper=made, order=1, text="全县72项任务，请于10月30日前报送进展。")
    return made


@pytest.fixture
def printed(paper, office, office_head):
    send(paper, office)
    return sign(paper, office_head)
