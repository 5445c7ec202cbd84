"""The dispatch page: worst first, with figures, promises and decisions, for who dispatches and nobody else."""

import datetime
from decimal import Decimal

import pytest

from supervision.actions.meetings import note_decision, settle_occasion
from supervision.models import Item, Occasion
from tasks.actions.months import enter_month
from tasks.actions.readings import record_reading
from tasks.models import Indicator, Milestone
from tests.supervision.conftest import EVEN

D = datetime.date
SEPTEMBER, OCTOBER = D(2015, 9, 1), D(2015, 10, 1)


@pytest.fixture
def hall(programme, first):
    return f"/dispatch/{programme.pk}/?month=2015-10&action={first.pk}"


@pytest.fixture
def second(make_project):
    """On its plan by October."""
    project = make_project("渌水大桥", amounts=EVEN, year_plan=Decimal(120))
    enter_month(project.task, SEPTEMBER, {"invested": "90"}, None)
    return project


def test_who_may(
    hall, project, client, sign_in, owner, lead, other_lead, outsider, reporter, mayor, leader, inspector, admin
):
    assert client.get(hall).url.startswith("/login/")
    people = (owner, lead, other_lead, outsider, reporter, mayor, leader, inspector, admin)
    seen = {user.username: sign_in(user).get(hall).status_code for user in people}
    assert {name for name, status in seen.items() if status == 200} == {"xiangmu", "fagai", "leader", "ducha"}
    assert set(seen.values()) == {200, 403}


def test_a_leader_looks_and_notes_nothing(hall, project, sign_in, leader, civil):
    desk = sign_in(leader)
    assert "谁办（一家）" not in desk.get(hall).content.decode()
    data = {"text": "交地", "unit": civil.name, "due_on": "2015-10-27"}
    assert desk.post(hall, data).status_code == 403
    assert not Item.objects.exists()


def test_the_worst_comes_first_with_money_done_due_and_behind(hall, project, second, sign_in, lead):
    context = sign_in(lead).get(hall).context
    assert [(line.name, line.light.label, line.lag) for line in context["lines"]] == [
        ("湘江标准厂房", "红灯", Decimal("75.0")),
        ("渌水大桥", "绿灯", Decimal("0.0")),
    ]
    sums = context["sums"]
    assert (sums.count, sums.done, sums.due, sums.year, sums.lag) == (2, 90, 180, 240, Decimal("37.5"))
    assert (sums.red, sums.yellow, str(sums.started)) == (1, 0, "0/2 = 0.0%")


def test_the_page_shows_cause_nodes_people_and_the_way_on(hall, project, second, sign_in, lead):
    Milestone.objects.create(task=project.task, title="桩基完成", due_on=D(2015, 6, 30))
    page = sign_in(lead).get(hall).content.decode()
    assert "逾期112天" in page
    # The light is of the month that is over, and says so beside days that are counted up to now.
    assert "<dt>9月末</dt>" in page
    assert "桩基完成”逾期92天" in page
    assert "落后75.0个百分点" in page
    assert "空缺" in page
    assert f'rel="next" href="{hall.replace("&", "&amp;")}&amp;project={second.pk}"' in page
    assert 'rel="prev"' not in page


def test_a_decision_is_noted_and_shown_as_the_next_number(hall, project, sign_in, lead, civil):
    desk = sign_in(lead)
    data = {"text": "林地一周内批复", "unit": "县民政局", "due_on": "2015年10月27日"}
    page = desk.post(f"{hall}&project={project.pk}", data, follow=True)
    item = Item.objects.get()
    assert (item.number, item.project, item.unit, item.due_on) == (1, project, civil, D(2015, 10, 27))
    assert "第 2 件：" in page.content.decode()
    assert "林地一周内批复" in page.content.decode()


@pytest.mark.parametrize("wrong", [{"text": ""}, {"unit": "没有的局"}, {"due_on": "2015-10-19"}, {"due_on": "x"}])
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(hall, project, sign_in, lead, civil, wrong):
    data = {"text": "林地一周内批复", "unit": civil.name, "due_on": "2015-10-27"} | wrong
    answer = sign_in(lead).post(hall, data)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert "text" in wrong or "林地一周内批复" in answer.content.decode()
    assert not Item.objects.exists()


@pytest.fixture
def promised(programme, project, first, lead, civil, at):
    """What September's meeting promised of it."""
    at("2015-09-20 10:00")
    item = note_decision(
        programme, lead, SEPTEMBER, text="9月底前拆完", unit=civil, due_on=D(2015, 9, 30), project=project, action=first
    )
    settle_occasion(item.occasion, lead)
    at("2015-10-20 10:00")
    return item


def test_last_months_promise_is_judged_where_it_is_read(hall, promised, sign_in, lead):
    desk = sign_in(lead)
    page = desk.get(hall).content.decode()
    assert "9月底前拆完" in page
    assert "到期未认定" in page
    assert "上月定 1 件，兑现 <b>0</b>" in page
    page = desk.post(hall, {"item": promised.pk, "kept": "BROKEN"}, follow=True).content.decode()
    assert "✗ 未兑现" in page
    desk.post(hall, {"item": promised.pk, "kept": "KEPT"})
    assert "上月定 1 件，兑现 <b>1</b>" in desk.get(hall).content.decode()


def test_a_cause_brings_the_project_to_the_action_that_clears_it(programme, project, sign_in, make_user):
    ground = make_user("zhengdi", "REPORTER", "县征地办")
    address = f"/dispatch/{programme.pk}/?action={programme.tasks.get(number='(五)').pk}"
    desk = sign_in(ground)
    assert desk.get(address).context["lines"] == []
    enter_month(project.task, SEPTEMBER, {"invested": "1", "cause": "GROUND"}, None)
    context = desk.get(address).context
    assert [(line.name, line.cause_words) for line in context["lines"]] == [("湘江标准厂房", "用地征拆")]


def test_what_is_prepared_stands_in_the_dispatch_of_two_actions(programme, project, make_project, sign_in, owner):
    make_project("渌水大桥", "PREPARED")
    first, _, third, *_ = programme.tasks.actions().order_by("order")
    desk = sign_in(owner)
    counts = [len(desk.get(f"/dispatch/{programme.pk}/?action={each.pk}").context["lines"]) for each in (first, third)]
    assert counts == [2, 1]


def test_a_package_counts_once_with_the_money_of_its_parts(programme, first, make_project, sign_in, lead, hall):
    whole = make_project("园区道路", year_plan=Decimal(120))
    for name in "甲乙":
        part = make_project(f"{name}段", package=whole, amounts={"INVESTED": {SEPTEMBER: Decimal(60)}})
        enter_month(part.task, SEPTEMBER, {"invested": "30"}, None)
    context = sign_in(lead).get(hall).context
    assert [(line.name, line.done, line.due) for line in context["lines"]] == [("园区道路", 60, 120)]


@pytest.mark.parametrize("query", ["month=2014-12", "month=x", "action=999999", "sector=999999", "project=999999"])
def test_what_does_not_exist_is_said(programme, project, sign_in, owner, query):
    page = sign_in(owner).get(f"/dispatch/{programme.pk}/?{query}").content.decode()
    assert "不在本次调度的范围内" in page or "没有显示任何内容" in page


def test_the_list_of_halls_is_each_ones_own(programme, project, sign_in, owner, lead, outsider, leader):
    titles = {user.username: [hall.title for hall in sign_in(user).get("/dispatch/").context["halls"]] for user in (
        owner, lead, outsider, leader
    )}  # fmt: skip
    assert titles["fagai"] == ["(一) 第一项突破行动"]
    assert titles["shuili"] == []
    assert len(titles["xiangmu"]) == len(titles["leader"]) == 1 + 7 + 5


def test_minutes_are_read_by_whom_they_concern_and_printed_whole_by_who_holds_them(
    promised, programme, sign_in, lead, owner, other_lead, outsider, reporter, mayor, leader, water, first, project
):
    note_decision(programme, owner, OCTOBER, text="别的事", unit=water, due_on=D(2015, 10, 27))
    minutes, paper = f"/occasions/{promised.occasion_id}/", f"/occasions/{promised.occasion_id}/print/"
    people = (lead, owner, other_lead, outsider, reporter, mayor, leader)
    seen = {user.username: [sign_in(user).get(each).status_code for each in (minutes, paper)] for user in people}
    assert seen == {
        "fagai": [200, 200],
        "xiangmu": [200, 200],
        "zhongdian": [404, 404],
        "shuili": [404, 404],
        "minzheng": [200, 404],
        "zhuting": [200, 404],
        "leader": [200, 200],
    }
    assert "9月底前拆完" in sign_in(lead).get(paper).content.decode()


def test_the_minutes_are_written_up_and_settled(programme, project, first, sign_in, lead, civil):
    item = note_decision(
        programme, lead, OCTOBER, text="交地", unit=civil, due_on=D(2015, 10, 27), project=project, action=first
    )
    desk, page = sign_in(lead), f"/occasions/{item.occasion_id}/"
    head = {"held_on": "2015-10-20", "place": "县政府二楼", "people": "王某", "notes": "", "version": 1}
    assert "已保存" in desk.post(page, head, follow=True).content.decode()
    assert desk.post(f"/items/{item.pk}/", {"text": "交地12亩", "unit": civil.name, "due_on": ""}).status_code == 302
    assert "12亩" in desk.get(page).content.decode()
    assert "已定结论" in desk.post(f"{page}settle/", {"version": 2}, follow=True).content.decode()
    assert Occasion.objects.get().status == "SETTLED"
    assert "内容不再改动" in desk.post(f"/items/{item.pk}/", {"drop": "1"}, follow=True).content.decode()


def test_another_unit_with_a_decision_settles_nothing(promised, sign_in, reporter):
    desk = sign_in(reporter)
    assert desk.post(f"/occasions/{promised.occasion_id}/settle/", {"version": 1}).status_code == 403
    assert desk.get(f"/items/{promised.pk}/").status_code == 403
    assert desk.post(f"/occasions/{promised.occasion_id}/", {"item": promised.pk, "kept": "KEPT"}).status_code == 403


@pytest.mark.parametrize("more", [0, 3])
def test_the_page_asks_a_fixed_number_of_questions(
    more, hall, promised, make_project, sign_in, lead, django_assert_num_queries
):
    for number in range(more):
        make_project(f"项目{number}", amounts=EVEN, year_plan=Decimal(120))
    desk = sign_in(lead)
    desk.get(hall)
    with django_assert_num_queries(PAGE):
        desk.get(hall)
    with django_assert_num_queries(LIST):
        desk.get(hall.replace("/?", "/print/?"))


PAGE, LIST = 27, 15


def test_the_printed_list_shows_every_source_of_the_promised_numbers(hall, programme, sign_in, lead):
    invest = Indicator.objects.create(
        plan=programme, name="固定资产投资", target=100, unit_of_measure="亿元", official="STATISTICS"
    )
    for kind, value in (("STATISTICS", "55.5"), ("UNIT", "57")):
        record_reading(invest, datetime.date(2015, 9, 1), None, value=Decimal(value), source="月报", kind=kind)
    page = sign_in(lead).get(hall.replace("/?", "/print/?")).content.decode()
    for words in ("统计部门（正式）", "责任单位上报", "（+1.5）", "统计制度规定的范围"):
        assert words in page


@pytest.mark.parametrize("more", [0, 2])
def test_the_screen_has_every_source_side_by_side(
    hall, project, programme, sign_in, lead, owner, civil, more, django_assert_num_queries
):
    for number in range(more + 1):
        made = Indicator.objects.create(
            plan=programme, name=f"固定资产投资{number}", target=100, unit_of_measure="亿元", official="STATISTICS"
        )
        for kind, value in (("STATISTICS", "55.5"), ("UNIT", "57")):
            record_reading(made, SEPTEMBER, None, value=Decimal(value), source="月报", kind=kind)
    desk, numbers = sign_in(lead), f"{hall}&show=numbers"
    assert "show=numbers" in desk.get(hall).content.decode()
    with django_assert_num_queries(NUMBERS):
        page = desk.get(numbers).content.decode()
    for words in ("责任单位上报</th>", "统计部门</th>", "<b>55.5</b>", "<b>57</b>", "（+1.5）"):
        assert words in page
    assert "项目汇总</th>" not in page
    # What is settled about the numbers is about no project, and the screen stays.
    answer = desk.post(numbers, {"text": "统计数据核一遍", "unit": civil.name, "due_on": "2015-10-27"})
    assert "show=numbers" in answer.url
    assert Item.objects.get().project is None
    assert "统计数据核一遍" in desk.get(numbers).content.decode()
    assert "统计数据核一遍" not in desk.get(hall).content.decode().partition("hall-done")[2]
    assert "显示没有“x”" in desk.get(f"{hall}&show=x").content.decode()


NUMBERS = 18
