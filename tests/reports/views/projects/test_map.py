"""The charts of key projects: funnel of the classes, money of all that are asked for, months of each; a project's nodes in time."""

import datetime
from decimal import Decimal

import lxml.html
import pytest
from django.urls import reverse

from reports.actions.periods import open_period
from reports.dashboard import charted
from reports.dashboard.programme import Programme
from reports.models import Standing
from tasks.actions.months import enter_month
from tasks.actions.schedules import Step
from tasks.actions.stopping import stop_project
from tasks.models import Milestone
from tests.pages import folded

MAP = "/projects/map/"
MARCH, JUNE, SEPTEMBER, OCTOBER = (datetime.date(2015, month, 1) for month in (3, 6, 9, 10))
FIRST = datetime.date(2015, 3, 31)


@pytest.fixture
def programme_office(programme, make_user):
    return make_user("xmb", "OFFICE", programme.office)


def spend(project, month, actual):
    enter_month(project.task, month, {"invested": f"{actual}"}, None)


@pytest.fixture
def register(make_project, labour):
    """Two continued ones, one of them to be completed and far behind; one new and started; a contract; a package of one."""
    plan = {"INVESTED": {MARCH: Decimal(400), SEPTEMBER: Decimal(400), OCTOBER: Decimal(200)}}
    nodes = [Step("竣工", datetime.date(2015, 6, 30), kind="COMPLETE", goal=True)]
    year = {"year_plan": Decimal(1000)}
    bridge = make_project("渌水大桥", "CONTINUED", amounts=plan, nodes=nodes, **year)
    plant = make_project(
        "示例厂房", "NEW", labour, amounts=plan, nodes=[Step("开工", FIRST, kind="START", done_on=FIRST)], **year
    )
    make_project("招商协议厂", "CONTRACTED", labour, nodes=[Step("取得用地", FIRST)])
    package = make_project("园区打包", "CONTINUED", year_plan=Decimal(100))
    part = make_project("一号厂房", "CONTINUED", package=package, amounts={"INVESTED": {SEPTEMBER: Decimal(90)}})
    for project, month, actual in (
        (bridge, MARCH, 100),
        (plant, MARCH, 400),
        (plant, SEPTEMBER, 390),
        (part, SEPTEMBER, 90),
    ):
        spend(project, month, actual)
    spend(plant, OCTOBER, 70)
    return {"bridge": bridge, "plant": plant, "package": package}


@pytest.fixture
def look(programme_office, sign_in):
    client = sign_in(programme_office)
    return lambda **asked: client.get(MAP, asked)


def rows(markup):
    """{head: [text of each cell]}."""
    found = lxml.html.fromstring(f"<div>{markup}</div>").xpath(".//tbody/tr")
    return {row.xpath("string(./th)"): [cell.text_content() for cell in row.xpath("./td")] for row in found}


def test_a_stranger_is_led_to_the_login_and_without_projects_the_page_says_so(client, sign_in, office):
    assert client.get(MAP).url.startswith("/login/")
    assert "还没有列入重点项目" in sign_in(office).get(MAP).content.decode()


def test_the_funnel_counts_how_many_came_how_far(register, look):
    # 在册, 已履约, 已开工, 已竣工, 已投产, 已达效, 年度目标完成
    assert rows(look().context["funnel"]) == {
        "新开工": ["1", "—", "1", "—", "—", "—", "—"],
        "续建": ["2", "—", "—", "0", "—", "—", "0"],
        "招商履约": ["1", "0", "—", "—", "—", "—", "—"],
        "合计": ["4", "0", "1", "0", "—", "—", "0"],
    }


def test_a_number_of_the_funnel_opens_exactly_its_rows(register, look, sign_in, programme_office):
    funnel = look(tab="NEW").context["funnel"]
    links = lxml.html.fromstring(funnel).xpath(".//a/@href")
    assert links == ["/projects/?tab=NEW&klass=NEW", "/projects/?tab=NEW&klass=NEW&reached=START"]
    answer = sign_in(programme_office).get(links[1])
    assert [each.name for each in answer.context["table"].rows] == ["示例厂房"]
    assert "进展 已开工" in folded(answer)


def test_only_a_contract_is_fulfilled(register, look, programme):
    """The nodes that fulfil a contract are ordinary days of other classes."""
    Milestone.objects.filter(task__project__klass="CONTRACTED").update(kind="START", done_on=FIRST)
    found = rows(look().context["funnel"])
    assert (found["招商履约"][1], found["新开工"][1], found["合计"][1:3]) == ("1", "—", ["1", "2"])


def test_the_curve_adds_up_what_is_asked_for_up_to_the_month_shown(register, look):
    curve = look().context["curve"]
    assert (curve.planned[-1], curve.done[-1], curve.gaps[-1]) == (2090, 980, 980 - 1690)
    assert (len(curve.labels), len(curve.actual)) == (12, 9)
    assert curve.pace == 980 + 480
    assert "按月计划的合计比年度计划少 10" in folded(look())
    answer = look(tab="CONTINUED", month="2015-03")
    assert (answer.context["curve"].done[-1], answer.context["curve"].planned[-1]) == (100, 1090)
    assert answer.context["curve"].done[-1] == sum(each.done for each in answer.context["page"])


def test_the_curve_of_all_is_the_curve_of_each_of_them(register, make_project, programme, programme_office):
    """All that run are asked for as that: with what is listed later, stopped, part of a package."""
    make_project("后来列入", month=SEPTEMBER, amounts={"INVESTED": {SEPTEMBER: Decimal(77)}})
    package = make_project("调出的打包")
    make_project("调出的打包的厂房", package=package, amounts={"INVESTED": {MARCH: Decimal(7)}})
    stop_project(package, None, datetime.date(2015, 9, 20), reason="业主撤资")
    for month, plan in ((MARCH, 2090 + 7), (SEPTEMBER, 2090 + 77)):
        every = Programme(programme_office, programme, month)
        whole, halves = charted.curve(every, every.running), (every.running[:1], every.running[1:])
        parts = [charted.curve(every, half) for half in halves]
        assert whole.planned[-1] == sum(part.planned[-1] for part in parts) == plan
        assert whole.done[-1] == sum(part.done[-1] for part in parts)


def test_a_plan_that_runs_into_january_has_no_empty_month_there(register, look, programme):
    programme.ends_on = datetime.date(2016, 1, 31)
    programme.save()
    assert look().context["curve"].labels[-1] == "12月"
    spend(register["bridge"], datetime.date(2016, 1, 1), 0)
    assert look().context["curve"].labels[-1] == "2016年1月"


def test_months_have_the_light_they_were_closed_with(register, look, programme):
    title = {"task_number": "X01", "task_title": "大桥", "status": "ONGOING", "progress": 10, "expected": 40}
    period = open_period(programme, MARCH)
    Standing.objects.create(
        period=period, task=register["bridge"].task, light="YELLOW", reason="落后20.0个百分点", **title
    )
    answer = look()
    found = rows(answer.context["heat"])["X01 渌水大桥"]
    assert found[:3] == ["没有", "没有", "黄3月末黄灯：落后20.0个百分点"]
    assert found[8].startswith("红9月末红灯：")
    assert found[9] == "10.0"
    assert "看投资进度" in folded(answer)


def test_months_show_by_how_much_the_money_was_behind(register, look):
    found = rows(look(show="money").context["heat"])
    assert found["X01 渌水大桥"][2:] == ["−30.0"] * 6 + ["−70.0", "10.0"]
    assert found["K01 示例厂房"][2:] == ["0.0"] * 6 + ["−1.0", "79.0"]
    assert found["X02 园区打包"][7:] == ["没有", "0.0", "90.0"]
    cells = lxml.html.fromstring(look(show="money").context["heat"]).xpath(".//tr[contains(., '大桥')]/td/span/@class")
    assert [cell.split("tone-")[-1] for cell in cells[2:]] == ["warn"] * 6 + ["danger"]


def test_money_behind_is_what_the_list_says(register, look):
    answer = look(show="money")
    found = rows(answer.context["heat"])
    for stand in answer.context["page"]:
        if stand.due or stand.done:
            assert found[f"{stand.code} {stand.name}"][8] == f"{'−' * (stand.ahead < 0)}{abs(stand.ahead)}"


def test_a_hundred_projects_stand_on_a_page(register, look, monkeypatch):
    monkeypatch.setattr("reports.views.projects.register.PAGE", 2)
    first, second = look(), look(page=2)
    codes = [[each.code for each in answer.context["page"]] for answer in (first, second)]
    assert codes == [["X01", "Z01"], ["K01", "X02"]]
    assert first.context["curve"].done == second.context["curve"].done


def test_a_stopped_project_is_in_no_chart(register, look):
    stop_project(register["bridge"], None, datetime.date(2015, 9, 20), reason="业主撤资")
    answer = look()
    assert "渌水大桥" not in answer.content.decode()
    assert answer.context["curve"].done[-1] == 880


def test_nothing_asked_for_is_an_empty_page(register, look):
    assert "没有符合条件的项目" in folded(look(q="没有这个项目"))


@pytest.mark.parametrize("more", [0, 8])
def test_the_number_of_questions_does_not_grow(register, make_project, look, django_assert_num_queries, more):
    for number in range(more):
        make_project(f"更多项目{number}", "NEW", amounts={"INVESTED": {JUNE: Decimal(10)}})
    for asked, queries in (({}, 22), ({"show": "money"}, 21)):
        look(**asked)
        with django_assert_num_queries(queries):
            look(**asked)


def test_a_projects_nodes_stand_on_a_line_of_time(make_project, water, leader, sign_in):
    step = Step(
        "林地手续", JUNE, stage="PREPARE", unit_id=water.pk, handed_in_on=datetime.date(2015, 5, 4), limit_workdays=20
    )
    project = make_project(
        "渌水大桥", nodes=[Step("开工", FIRST, kind="START"), step, Step("封顶", OCTOBER, goal=True)]
    )
    Milestone.objects.filter(title="开工").update(done_on=datetime.date(2015, 4, 2))
    page = sign_in(leader).get(reverse("project", args=[project.pk]))
    assert {head: cells[1:] for head, cells in rows(page.context["gantt"]).items()} == {
        "1 开工": ["2015-03-31", "2015-04-02", "迟2天"],
        f"2 林地手续 {water.name}": ["2015-06-01", "—", "逾期141天"],
        "3 封顶 本年目标": ["2015-10-01", "—", "逾期19天"],
    }
    bars = lxml.html.fromstring(page.context["gantt"]).xpath(".//rect/@x")
    # The approval from the day it was handed in, the works from where those before them ended.
    assert bars == [f"{100 * days / 364:.2f}%" for days in (123, 91)]
