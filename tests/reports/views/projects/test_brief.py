"""The programme in one line and one curve on the pages that look over everything, where a plan has projects."""

import datetime
from decimal import Decimal

import pytest

from reports.actions.periods import open_period
from tasks.actions.months import enter_month
from tasks.actions.schedules import Step
from tests.conftest import OCTOBER
from tests.pages import folded

MARCH, SEPTEMBER = datetime.date(2015, 3, 1), datetime.date(2015, 9, 1)
FIRST = datetime.date(2015, 3, 31)
PAGES = ("/dashboard/", "/overview/")


@pytest.fixture
def register(make_project):
    plan = {"INVESTED": {MARCH: Decimal(40000), SEPTEMBER: Decimal(20000)}}
    year, nodes = {"year_plan": Decimal(100000)}, [Step("开工", FIRST, kind="START", done_on=FIRST)]
    plant = make_project("示例厂房", "NEW", amounts=plan, nodes=nodes, **year)
    bridge = make_project("渌水大桥", "CONTINUED", amounts=plan, **year)
    for project, month, money in ((plant, MARCH, 45000), (bridge, MARCH, 11111), (plant, OCTOBER, 70)):
        enter_month(project.task, month, {"invested": money}, None)


@pytest.fixture
def desk(programme, make_user, sign_in):
    return sign_in(make_user("xmb", "OFFICE", programme.office))


@pytest.mark.parametrize("address", PAGES)
def test_one_line_and_one_curve(register, programme, desk, address):
    open_period(programme, OCTOBER)
    answer = desk.get(address)
    (brief,) = answer.context["briefs"]
    assert [said.words for said in brief.line] == [
        "2 个",
        "投资 5.61 / 20.00 亿元（28.1%），落后计划 31.9 个百分点",
        "红灯 1 个",
        "黄灯 1 个",
        "开工 1/1 = 100.0%",
    ]
    page = folded(answer)
    assert 'aria-label="重点项目累计投资：计划与完成（万元），数字见下表"' in page
    assert "数据到2015年9月末" in page
    for said, count in zip(brief.line, (2, 2, 1, 1, 1), strict=True):
        assert desk.get(said.href).context["table"].count == count


def test_a_month_that_is_over_has_its_own_line(register, programme, desk):
    for month in (MARCH, OCTOBER):
        open_period(programme, month)
    (brief,) = desk.get("/overview/", {"month": "2015-03"}).context["briefs"]
    assert (brief.programme.month, brief.programme.sums.due) == (MARCH, 80000)


@pytest.mark.parametrize("address", PAGES)
def test_a_plan_without_projects_has_none(period, office, sign_in, address):
    answer = sign_in(office).get(address)
    assert answer.context["briefs"] == []
    assert "重点项目累计投资" not in answer.content.decode()


@pytest.mark.parametrize("more", [0, 8])
@pytest.mark.parametrize(("address", "queries"), [("/dashboard/", 33), ("/overview/", 25)])
def test_the_number_of_questions_does_not_grow(
    register, make_project, programme, desk, django_assert_num_queries, address, queries, more
):
    open_period(programme, OCTOBER)
    for number in range(more):
        make_project(f"更多项目{number}", "NEW", amounts={"INVESTED": {MARCH: Decimal(10)}})
    desk.get(address)
    with django_assert_num_queries(queries):
        desk.get(address)
