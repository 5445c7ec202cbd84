"""Visits: typed by the leader on a phone or by the office for them, shown with their number, never ranked."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.template import Context, Template

from kit.refusal import Already, Refusal
from supervision.actions.visits import record_visit
from supervision.models import Item, Occasion
from tasks.actions.listing import Person, Told
from tasks.actions.projects import revise_project
from tasks.actions.stopping import stop_project

D = datetime.date
TODAY = D(2015, 10, 20)


@pytest.fixture
def visit(project, leader):
    return record_visit(project, leader, leader=leader, held_on=TODAY, settled=["10月底前交地12亩", "明确特派员"])


def test_a_visit_has_what_was_settled_line_by_line(visit, project, leader):
    assert (visit.kind, visit.status, visit.month, visit.unit) == ("VISIT", "HELD", D(2015, 10, 1), None)
    assert list(visit.items.values_list("number", "text", "project")) == [
        (1, "10月底前交地12亩", project.pk),
        (2, "明确特派员", project.pk),
    ]
    with pytest.raises(Already, match="没有重复记录"):
        record_visit(project, leader, leader=leader, held_on=TODAY, settled=["又一件"])


def test_who_records_for_whom(project, leader, owner, lead, make_user):
    other = make_user("leader2", "LEADER", name="李县长")
    record_visit(project, owner, leader=leader, held_on=TODAY, settled=["一件"])
    for somebody in (other, lead):
        with pytest.raises(PermissionDenied):
            record_visit(project, somebody, leader=leader, held_on=D(2015, 10, 19), settled=["一件"])
    for day in (D(2015, 10, 21), D(2014, 12, 31)):
        with pytest.raises(Refusal, match="走访日期须在方案年度内"):
            record_visit(project, owner, leader=leader, held_on=day, settled=["一件"])


def test_the_leaders_form_offers_the_projects_they_answer_for_first(programme, project, make_project, leader, sign_in):
    mine = make_project("渌水大桥", people=[Person("LEADER", "张县长")])
    stop_project(make_project("停了的"), None, TODAY, reason="不建了")
    desk = sign_in(leader)
    page = desk.get("/visits/new/").content.decode()
    assert page.index("我联系的项目") < page.index("渌水大桥") < page.index("其他项目") < page.index("湘江标准厂房")
    assert "停了的" not in page
    assert "走访的领导" not in page
    data = {"project": mine.pk, "held_on": "2015-10-20", "settled": "交地\n\n 交地 \n定人"}
    assert "走访已记录" in desk.post("/visits/new/", data, follow=True).content.decode()
    assert list(Item.objects.values_list("text", flat=True)) == ["交地", "定人"]


def test_the_office_names_the_leader(project, leader, owner, sign_in):
    data = {"leader": leader.pk, "project": project.pk, "held_on": "2015-10-20", "settled": "交地"}
    desk = sign_in(owner)
    assert desk.post("/visits/new/", data | {"leader": ""}).status_code == 422
    desk.post("/visits/new/", data)
    assert (Occasion.objects.get().leader, Occasion.objects.get().unit) == (leader, owner.unit)


@pytest.mark.parametrize(
    "wrong", [{"settled": " "}, {"settled": "长" * 301}, {"held_on": "2015-10-21"}, {"project": "0"}]
)
def test_what_is_wrong_is_said(project, leader, sign_in, wrong):
    data = {"project": project.pk, "held_on": "2015-10-20", "settled": "交地"} | wrong
    assert sign_in(leader).post("/visits/new/", data).status_code == 422
    assert not Occasion.objects.exists()


def test_who_opens_what(visit, client, sign_in, owner, lead, other_lead, outsider, reporter, mayor, leader, admin):
    assert client.get("/visits/new/").url.startswith("/login/")
    people = (owner, lead, other_lead, outsider, reporter, mayor, leader, admin)
    pages = ("/visits/", "/visits/new/", f"/occasions/{visit.pk}/")
    seen = {user.username: [sign_in(user).get(page).status_code for page in pages] for user in people}
    assert seen == {
        "xiangmu": [200, 200, 200],
        "fagai": [200, 403, 200],
        "zhongdian": [200, 403, 404],
        "shuili": [200, 403, 404],
        "minzheng": [200, 403, 200],
        "zhuting": [200, 403, 200],
        "leader": [200, 200, 200],
        "sysadmin": [403, 403, 404],
    }


def test_two_a_month_are_shown_and_never_ranked(project, visit, owner, sign_in, leader):
    people = [Person("LEADER", "张县长"), Person("LEADER", "安县长")]
    revise_project(project, None, Told({}, people=people))
    page = sign_in(owner).get("/visits/").content.decode()
    assert page.index("安县长 0 / 2 次") < page.index("张县长 1 / 2 次")
    assert "不排名" in page
    assert "还没有走访记录" in sign_in(owner).get("/visits/?month=2015-09").content.decode()
    assert "没有显示任何内容" in sign_in(owner).get("/visits/?month=x").content.decode()


def test_the_project_shows_its_visits_to_whom_they_concern(visit, project, rf, reporter, outsider):
    shown = {}
    for user in (reporter, outsider):
        request = rf.get("/")
        request.user = user
        drawn = Template("{% load occasions %}{% project_visits project %}")
        shown[user.username] = drawn.render(Context({"request": request, "project": project}))
    assert "张县长走访" in shown["minzheng"]
    assert "明确特派员" in shown["minzheng"]
    assert "还没有走访" in shown["shuili"]


@pytest.mark.parametrize("more", [0, 3])
def test_the_list_asks_a_fixed_number_of_questions(
    more, visit, make_project, leader, owner, sign_in, django_assert_num_queries
):
    for number in range(more):
        record_visit(make_project(f"项目{number}"), leader, leader=leader, held_on=TODAY, settled=["一件", "两件"])
    desk = sign_in(owner)
    desk.get("/visits/")
    with django_assert_num_queries(LIST):
        desk.get("/visits/")


LIST = 7
