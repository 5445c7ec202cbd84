"""我联系的项目: a county leader's own page."""

import datetime
from decimal import Decimal

import pytest

from reports.actions.periods import open_period
from reports.models import MonthlyReport
from supervision.actions.visits import record_visit
from tasks.actions.listing import Person
from tasks.actions.stopping import stop_project
from tasks.models import Amount
from tests.conftest import OCTOBER
from tests.pages import folded

MINE = "/projects/mine/"
MARCH = datetime.date(2015, 3, 1)


@pytest.fixture
def chief(make_user):
    return make_user("hls", "LEADER", name="何示山")


@pytest.fixture
def led(make_project, chief):
    """Two of the leader's, one of them far behind, and one of somebody else."""
    people = [Person("LEADER", "何示山"), Person("ENVOY", "袁例宁", None, "0731-00001234")]
    plan, year = {"INVESTED": {MARCH: Decimal(800)}}, {"year_plan": Decimal(1000)}
    plant = make_project("示例厂房", "NEW", people=people, amounts=plan, **year)
    bridge = make_project("渌水大桥", "CONTINUED", people=people[:1], amounts=plan, **year)
    make_project("别人联系的水库", "STUDIED", people=[Person("LEADER", "他人")])
    for project, money in ((plant, 800), (bridge, 100)):
        Amount.objects.filter(project=project).update(actual=money)
    return {"plant": plant, "bridge": bridge}


def test_who_may(led, client, cast, chief, sign_in):
    assert client.get(MINE).url.startswith("/login/")
    for role in ("office", "reporter", "head", "inspector", "auditor"):
        assert sign_in(cast[role]).get(MINE).status_code == 403, role
    assert sign_in(chief).post(MINE).status_code == 405


def test_the_worst_come_first_with_all_there_is_to_know(led, chief, sign_in):
    answer = sign_in(chief).get(MINE)
    assert [each.stand.name for each in answer.context["led"].projects] == ["渌水大桥", "示例厂房"]
    page = folded(answer)
    for words in (
        "落后70.0个百分点",
        "<b>100</b> / 1,000 万元 · 10.0%，应完成 80.0%",
        'href="tel:0731-00001234"',
        "空缺",
    ):
        assert words in page, words
    assert "别人联系的水库" not in page
    assert (answer.context["led"].sums.count, answer.context["led"].sums.done) == (2, 900)


def test_what_was_filed_last_stands_there(led, chief, programme, reporter, sign_in):
    report = open_period(programme, OCTOBER).reports.get(unit=reporter.unit)
    told = report.entries.filter(task=led["bridge"].task)
    told.update(problems="江湾段23户房屋未拆", next_steps="月底前腾地")
    assert "江湾段" not in folded(sign_in(chief).get(MINE))
    MonthlyReport.objects.filter(pk=report.pk).update(status=MonthlyReport.Status.SUBMITTED)
    page = folded(sign_in(chief).get(MINE))
    assert "江湾段23户房屋未拆" in page
    assert "下步：月底前腾地" in page


def test_visits_made_stand_beside_those_owed(led, chief, sign_in):
    assert "0<small>/ 2 次</small>" in folded(sign_in(chief).get(MINE))
    day = datetime.date(2015, 10, 12)
    record_visit(led["bridge"], chief, leader=chief, held_on=day, settled=["月底前腾地"])
    assert "1<small>/ 2 次</small>" in folded(sign_in(chief).get(MINE))


def test_what_was_stopped_is_asked_of_nobody(led, chief, sign_in):
    stop_project(led["bridge"], None, datetime.date(2015, 9, 20), reason="业主撤资")
    assert "渌水大桥" not in folded(sign_in(chief).get(MINE))


def test_who_leads_none_is_told_how_they_come_here(led, leader, sign_in):
    assert "名单上还没有写明由您联系的项目" in folded(sign_in(leader).get(MINE))


def test_without_projects_the_page_says_so(leader, sign_in):
    assert "还没有列入重点项目" in folded(sign_in(leader).get(MINE))


def test_it_is_one_press_from_where_a_leader_begins(led, chief, sign_in):
    assert f'href="{MINE}"' in folded(sign_in(chief).get("/overview/"))


@pytest.mark.parametrize("more", [0, 8])
def test_the_number_of_questions_does_not_grow(led, make_project, chief, sign_in, django_assert_num_queries, more):
    for number in range(more):
        make_project(f"更多项目{number}", "NEW", people=[Person("LEADER", "何示山"), Person("ENVOY", "袁例宁")])
    client = sign_in(chief)
    client.get(MINE)
    with django_assert_num_queries(14):
        client.get(MINE)
