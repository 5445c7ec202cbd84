"""A township sees the key projects at its place and may say something of the month; it owes nothing."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Refusal
from reports.actions.periods import close_period, open_period
from reports.actions.places import say_at_place
from reports.actions.takeback import take_back_period
from reports.actions.writing import submit
from reports.models import MonthlyReport, PlaceRemark
from tasks.actions.stopping import stop_project
from tests.pages import folded

D = datetime.date
ADDRESS = "/places/"
SAID = "江湾段还有3户没签，乡里本周上门。"


@pytest.fixture
def project(make_project, town):
    return make_project("渌水大桥", "CONTINUED", code="X34", places=[town], amounts={"INVESTED": {D(2015, 1, 1): 100}})


@pytest.fixture
def october(project, programme):
    return open_period(programme, D(2015, 10, 1))


@pytest.fixture
def villager(make_user, town):
    return make_user("xiangzhen", "REPORTER", town)


@pytest.fixture
def owner(programme, make_user):
    return make_user("xiangmu", "OFFICE", programme.office)


def typed(project, text, seen=""):
    return {f"p{project.pk}-text": text, f"p{project.pk}-seen": seen}


def said(project):
    return list(PlaceRemark.objects.filter(project=project).values_list("unit_name", "text"))


def test_a_township_owes_nothing_and_says_what_it_wants(project, october, town, villager, sign_in):
    client = sign_in(villager)
    assert not MonthlyReport.objects.filter(unit=town).exists()
    page = folded(client.get(ADDRESS))
    assert "渌水大桥" in page
    assert "2015年10月" in page
    assert client.post(ADDRESS, typed(project, f" {SAID} ")).status_code == 302
    assert said(project) == [(town.name, SAID)]
    event = project.task.events.get(verb="属地说明")
    assert (event.actor, event.note, event.changes) == (villager, f"{town.name}，{october}", {})
    client.post(ADDRESS, typed(project, SAID, SAID))
    assert project.task.events.filter(verb="属地说明").count() == 1
    client.post(ADDRESS, typed(project, "", SAID))
    assert said(project) == []
    assert project.task.events.filter(verb="撤下属地说明").exists()
    assert not MonthlyReport.objects.filter(unit=town).exists()


def test_who_serves_and_reviews_it_reads_it_at_their_place(project, october, villager, civil, reporter, owner, sign_in):
    say_at_place(project, october, villager, SAID, seen="")
    assert SAID in folded(sign_in(reporter).get("/month/2015-10/"))
    report = october.reports.get(unit=civil)
    report.entries.update(version=1, invested=Decimal(0), shape="墩身", cause="GROUND", problems="x", next_steps="y")
    submit(report, reporter)
    for person, address in ((owner, f"/review/{report.pk}/"), (owner, f"/projects/{project.pk}/print/")):
        assert SAID in folded(sign_in(person).get(address))
    assert SAID in folded(sign_in(reporter).get(f"/projects/{project.pk}/"))
    assert "墩身" in folded(sign_in(villager).get(ADDRESS))


@pytest.mark.parametrize(
    ("who", "reads"), [("leader", True), ("inspector", True), ("outsider", False), ("admin", False), ("office", False)]
)
def test_who_else_reads_it(project, october, villager, cast, who, reads):
    say_at_place(project, october, villager, SAID, seen="")
    assert PlaceRemark.objects.visible_to(cast[who]).exists() is reads


@pytest.mark.parametrize("who", ["reporter", "outsider", "leader", "inspector", "office", "admin"])
def test_nobody_else_writes_it(project, october, cast, who):
    with pytest.raises(PermissionDenied):
        say_at_place(project, october, cast[who], SAID, seen="")
    assert said(project) == []


def test_another_unit_finds_its_own_places_only(project, october, sign_in, outsider, leader):
    page = folded(sign_in(outsider).get(ADDRESS))
    assert "渌水大桥" not in page
    assert "没有建在本单位的重点项目" in page
    sign_in(outsider).post(ADDRESS, typed(project, SAID))
    assert said(project) == []
    assert sign_in(leader).get(ADDRESS).status_code == 403


def test_the_menu_shows_the_page_to_townships_alone(sign_in, villager, reporter):
    assert 'href="/places/"' in sign_in(villager).get("/").content.decode()
    assert 'href="/places/"' not in sign_in(reporter).get("/").content.decode()


def test_what_a_colleague_wrote_meanwhile_is_told_and_nothing_typed_is_lost(
    project, october, villager, town, make_user, sign_in
):
    say_at_place(project, october, make_user("tongshi", "HEAD", town, name="乡长"), "乡长写的。", seen="")
    answer = sign_in(villager).post(ADDRESS, typed(project, SAID))
    page = folded(answer)
    assert answer.status_code == 422
    assert "乡长刚刚改过，现在是：乡长写的。" in page
    assert SAID in page
    assert said(project) == [(town.name, "乡长写的。")]
    again = {
        field.html_name: field.value()
        for field in (answer.context["rows"][0].form["text"], answer.context["rows"][0].form["seen"])
    }
    assert sign_in(villager).post(ADDRESS, again).status_code == 302
    assert said(project) == [(town.name, SAID)]


def test_what_is_too_long_is_told_beside_the_box(project, october, villager, sign_in):
    answer = sign_in(villager).post(ADDRESS, typed(project, "长" * 201))
    assert answer.status_code == 422
    assert "属地说明不超过200字，现有201字" in answer.content.decode()
    with pytest.raises(Refusal, match="201字"):
        say_at_place(project, october, villager, "长" * 201, seen="")


def test_a_closed_month_a_stopped_project_and_a_month_to_come(
    project, october, villager, owner, programme, sign_in, at
):
    say_at_place(project, october, villager, SAID, seen="")
    november = open_period(programme, D(2015, 11, 1))
    with pytest.raises(Refusal, match="还没有开始填报"):
        say_at_place(project, november, villager, "x", seen="")
    at("2015-11-20 09:00:00")
    close_period(october)
    with pytest.raises(Refusal, match="已结账"):
        say_at_place(project, october, villager, "x", seen=SAID)
    page = folded(sign_in(villager).get(ADDRESS))
    assert "2015年11月" in page
    assert f"10月：{SAID}" in page
    stop_project(project, owner, D(2015, 11, 5), reason="业主退出")
    project.refresh_from_db()
    with pytest.raises(Refusal, match="已调出"):
        say_at_place(project, november, villager, "x", seen="")
    assert "渌水大桥" not in folded(sign_in(villager).get(ADDRESS))


def test_the_words_of_a_township_keep_a_month_from_being_taken_back(project, october, villager, owner):
    say_at_place(project, october, villager, SAID, seen="")
    with pytest.raises(Refusal, match="已写属地说明，不能撤回"):
        take_back_period(october, owner, reason="开错了")


def test_the_township_a_place_was_merged_into_speaks_for_it(project, october, town, make_unit, make_user, at):
    heir = make_unit("新镇", "TOWNSHIP")
    town.active_to, town.successor = D(2015, 10, 10), heir
    town.save()
    at("2015-10-20 09:00:00")
    person = make_user("xinzhen", "REPORTER", heir)
    assert say_at_place(project, october, person, SAID, seen="")
    assert said(project) == [("新镇", SAID)]


@pytest.mark.parametrize("more", [0, 2])
def test_a_fixed_number_of_questions(
    project, make_project, town, villager, programme, more, sign_in, django_assert_num_queries
):
    for number in range(more):
        make_project(f"大桥{number}", "CONTINUED", places=[town])
    october = open_period(programme, D(2015, 10, 1))
    say_at_place(project, october, villager, SAID, seen="")
    client = sign_in(villager)
    client.get(ADDRESS)
    with django_assert_num_queries(13):
        assert folded(client.get(ADDRESS)).count("</textarea>") == more + 1
