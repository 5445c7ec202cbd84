"""A key project's page and its printed card."""

import datetime

import pytest
from django.urls import reverse

from reports.actions.periods import open_period
from reports.models import MonthlyReport, Standing
from tasks.actions.classes import change_class
from tasks.actions.listing import Person
from tasks.actions.months import enter_month
from tasks.actions.schedules import Kind, Step
from tasks.actions.stopping import stop_project
from tasks.models import Project
from tests.pages import folded

PAGES = ("project", "project_print")
QUERIES = 31


def day(month, of=1):
    return datetime.date(2015, month, of)


def plan_of(*values):
    return {day(month): value for month, value in enumerate(values, 1)}


@pytest.fixture
def bridge(make_project, make_unit, civil):
    """渌水大桥: 1200 in twelve months, 300 done by September; a start, a late step, the goal in November, an approval that waits."""
    forest = make_unit("县林业局")
    steps = [
        Step("开工进场", day(3, 10), Kind.START, done_on=day(3, 22)),
        Step("墩身、承台完成", day(6, 30), unit_id=civil.pk, person="易例通"),
        Step("林地使用变更", day(12, 20), unit_id=forest.pk, handed_in_on=day(9, 1), limit_workdays=20),
        Step("完成路基", day(11, 30), goal=True),
    ]
    amounts = {"INVESTED": plan_of(*[100] * 12), "ARRIVED": plan_of(*[50] * 12), "LAND": plan_of(0, 0, 0, 0, 0, 236)}
    told = {"year_plan": 1200, "total": 34877, "before": 12500, "owner": "县交建公司", "funding": "财政资金"}
    people = [Person("LEADER", "何例山"), Person("AIDE", "郭示地", forest)]
    project = make_project(
        "渌水大桥新建工程", "CONTINUED", amounts=amounts, nodes=steps, people=people, labels=["三个十"], **told
    )
    for month in range(1, 10):
        enter_month(project.task, day(month), {"invested": 33 + (month > 6)}, None)
    return project


def url(name, project):
    return reverse(name, args=[project.pk])


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_led_to_the_login(name, client, bridge):
    assert client.get(url(name, bridge)).url.startswith("/login/")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["office", "outsider", "reporter", "head", "leader", "inspector"])
def test_everyone_in_business_reads_it(name, who, cast, bridge, sign_in):
    client = sign_in(cast[who])
    assert client.get(url(name, bridge)).status_code == 200
    assert client.post(url(name, bridge)).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_the_auditor_finds_none(name, auditor, bridge, sign_in):
    assert sign_in(auditor).get(url(name, bridge)).status_code == 404


def test_the_page_says_all_there_is(bridge, leader, sign_in):
    page = folded(sign_in(leader).get(url("project", bridge)))
    for words in (
        "渌水大桥新建工程",
        "红灯",
        "落后50.0个百分点",
        "<small>/ 1,200 万元</small>",
        "25.0%，应完成 75.0%",
        "比计划少",
        "12,800",
        "应450万元，到位率 0.0%",
        "/ 236 亩",
        "年度目标：完成路基",
        "天后到期",
        "迟12天",
        "逾期112天",
        "还剩41天",
        "本年目标",
        "1项，超时限 1 项",
        "县交建公司",
        "何例山",
        "缺1",
        "三个十",
        "（推算）",
        "随名单下达",
        "2015年1月起 <b>续建</b>",
    ):
        assert words in page, words


def test_the_months_add_up(bridge, leader, sign_in):
    card = sign_in(leader).get(url("project", bridge)).context["card"]
    assert card.curve.done[-1] == 33 * 9 + 3
    assert card.curve.gaps[-1] == 300 - 900
    assert card.curve.pace == 300 + 34 * 3
    assert card.through == "1-9月"


def test_a_figure_opens_its_report_where_it_may_be_seen(bridge, programme, reporter, outsider, sign_in):
    report = open_period(programme, day(10)).reports.get(unit=reporter.unit)
    address = reverse("report", args=[report.pk])
    mine = sign_in(reporter).get(url("project", bridge)).content.decode()
    assert f'href="{address}">未报</a>' in mine
    assert address not in sign_in(outsider).get(url("project", bridge)).content.decode()


def test_where_it_is_stuck_is_told_in_the_units_words_to_who_may_read_them(
    bridge, programme, reporter, outsider, leader, sign_in
):
    report = open_period(programme, day(10)).reports.get(unit=reporter.unit)
    report.entries.update(shape="0号至3号墩完成", problems="江湾段23户房屋未拆", next_steps="月底前腾地")
    MonthlyReport.objects.filter(pk=report.pk).update(status=MonthlyReport.Status.SUBMITTED)
    Project.objects.filter(pk=bridge.pk).update(cause="GROUND", cause_month=day(10))
    for name, words in (("project", "下步：月底前腾地"), ("project_print", "江湾段23户房屋未拆（用地征拆）")):
        page = folded(sign_in(leader).get(url(name, bridge)))
        for each in (words, "0号至3号墩完成", "江湾段23户房屋未拆", "用地征拆"):
            assert each in page, each
    page = folded(sign_in(outsider).get(url("project", bridge)))
    assert "江湾段" not in page
    assert "2015年10月的月报说受阻于用地征拆。" in page


def test_months_have_the_light_they_were_closed_with(bridge, programme, leader, sign_in):
    page = folded(sign_in(leader).get(url("project", bridge)))
    assert "灯色</th>" not in page
    period = open_period(programme, day(9))
    title = {"task_number": "X01", "task_title": "大桥", "status": "ONGOING", "progress": 25, "expected": 75}
    Standing.objects.create(period=period, task=bridge.task, light="YELLOW", reason="落后20.0个百分点", **title)
    page = folded(sign_in(leader).get(url("project", bridge)))
    assert "灯色</th>" in page
    assert "9月末黄灯：落后20.0个百分点" in page


def test_a_moved_limit_shows_the_first(bridge, leader, sign_in):
    bridge.task.milestones.filter(title="完成路基").update(first_due_on=day(10, 31))
    assert "原定 2015-10-31" in folded(sign_in(leader).get(url("project", bridge)))


def test_class_history_and_stopping_are_told(bridge, leader, sign_in):
    change_class(bridge, None, "PREPARED", day(7), reason="缓建", paper="县委专题会纪要3号")
    stop_project(bridge, None, day(10, 8), reason="选址调整")
    page = folded(sign_in(leader).get(url("project", bridge)))
    assert "2015年7月起 <b>前期推进</b>" in page
    assert "县委专题会纪要3号" in page
    assert "2015年10月8日调出：选址调整。" in page


def test_a_project_of_which_little_is_known(make_project, leader, sign_in):
    bare = make_project("前期研究项目", "STUDIED", lead=None)
    for name in PAGES:
        page = folded(sign_in(leader).get(url(name, bare)))
        assert "前期研究项目" in page
    assert "还没有节点。" in folded(sign_in(leader).get(url("project", bare)))


def test_a_package_shows_its_parts_and_their_sum(make_project, civil, leader, sign_in):
    package = make_project("农村公路打包", "CONTINUED", year_plan=30)
    for number in (1, 2):
        part = make_project(
            f"农村公路{number}", "CONTINUED", package=package, amounts={"INVESTED": plan_of(10, 5)}, code=f"B{number}"
        )
        enter_month(part.task, day(1), {"invested": 4}, None)
    answer = sign_in(leader).get(url("project", package))
    assert "农村公路2" in folded(answer)
    assert answer.context["card"].curve.done == [8]
    assert answer.context["card"].curve.planned[-1] == 30


def test_the_printed_card_says_the_same(bridge, leader, sign_in):
    page = folded(sign_in(leader).get(url("project_print", bridge)))
    for words in (
        "2015年重点项目台账（续建）",
        "渌水大桥新建工程",
        "300（25.0%）",
        "12,800（36.7%）",
        "−600",
        "核对码",
    ):
        assert words in page, words


def test_neighbours_on_the_list(bridge, make_project, leader, sign_in):
    after = make_project("湘江标准厂房", "NEW")
    assert f'href="{url("project", after)}" rel="next"' in folded(sign_in(leader).get(url("project", bridge)))
    assert f'href="{url("project", bridge)}" rel="prev"' in folded(sign_in(leader).get(url("project", after)))


def test_the_address_of_the_task_leads_here(bridge, leader, sign_in):
    assert sign_in(leader).get(reverse("task", args=[bridge.pk])).url == url("project", bridge)


@pytest.mark.parametrize("more", [0, 2])
def test_a_fixed_number_of_questions(bridge, make_project, more, leader, sign_in, django_assert_num_queries):
    for number in range(more):
        make_project(f"别的项目{number}", "NEW")
    client = sign_in(leader)
    client.get(url("project", bridge))
    with django_assert_num_queries(QUERIES):
        client.get(url("project", bridge))


@pytest.mark.parametrize(("count", "across", "rows"), [(6, 1, 6), (7, 2, 4), (12, 2, 6), (20, 3, 7)])
def test_the_card_sets_nodes_side_by_side_to_keep_to_one_sheet(count, across, rows, make_project, leader, sign_in):
    nodes = [Step(f"第{number}个节点", day(number % 12 + 1)) for number in range(count)]
    answer = sign_in(leader).get(url("project_print", make_project("节点多的项目", nodes=nodes)))
    assert (answer.context["across"], len(answer.context["node_rows"])) == (across, rows)
    page = folded(answer)
    assert all(page.count(f">第{number}个节点<") == 1 for number in range(count))
    assert page.count("<th>工程节点</th>") == across
