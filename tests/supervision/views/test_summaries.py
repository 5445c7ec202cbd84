"""The exhibition of a year: who finds which page, what it says, where its figures lead."""

import re

import pytest

from supervision.actions.papers.drafting import draw_again
from supervision.models import Paper
from tasks.actions.listing import Person
from tasks.models import ProjectPerson


@pytest.fixture
def shared(plan, make_task, civil, water):
    for number, unit in ((1, civil), (2, civil), (3, water)):
        make_task(plan, number, unit)
    return plan


def test_an_office_finds_every_page_of_its_plan(sign_in, office, shared, civil, water):
    page = sign_in(office).get(f"/summaries/?plan={shared.pk}").text
    address = f"/summaries/{shared.pk}/year/"
    assert all(f'href="{address}{more}"' in page for more in ("", f"?unit={civil.pk}", f"?unit={water.pk}"))
    assert "/papers/new/?kind=SUMMARY" in page
    assert f"/summaries/{shared.pk}/half/" in sign_in(office).get(f"/summaries/?plan={shared.pk}&span=half").text


def test_a_unit_finds_its_own(sign_in, reporter, shared, civil, water):
    window, address = sign_in(reporter), f"/summaries/{shared.pk}/year/"
    page = window.get(f"/summaries/?plan={shared.pk}").text
    assert f"?unit={civil.pk}" in page
    assert f"?unit={water.pk}" not in page
    assert window.get(f"{address}?unit={civil.pk}").status_code == 200
    for other in ("", f"?unit={water.pk}"):
        assert window.get(address + other).status_code == 403


def test_the_page_says_what_a_paper_says_and_leads_to_the_rows(sign_in, leader, shared, civil):
    window = sign_in(leader)
    whole = window.get(f"/summaries/{shared.pk}/year/").text
    assert "这一时期还没有过完" in whole
    assert ">3</a>项任务平均进度" in whole
    own = window.get(f"/summaries/{shared.pk}/half/?unit={civil.pk}").text
    assert "县民政局承担的" in own
    assert ">2</a>项任务平均进度" in own


def test_what_a_leader_follows(sign_in, leader, programme, make_project):
    make_project("联系的", people=[Person(ProjectPerson.Role.LEADER, leader.name)])
    make_project("别人的")
    window, address = sign_in(leader), f"/summaries/{programme.pk}/year/?leader={leader.pk}"
    assert address in window.get(f"/summaries/?plan={programme.pk}").text
    assert ">1</a>个重点项目" in window.get(address).text


def test_what_a_leader_follows_is_written_as_a_paper(sign_in, leader, owner, programme, make_project):
    make_project("联系的", people=[Person(ProjectPerson.Role.LEADER, leader.name)])
    make_project("别人的")
    window = sign_in(owner)
    page = window.get(f"/summaries/?plan={programme.pk}").text
    link = re.search(r'href="(/papers/new/[^"]*part=leader[^"]*)"', page)[1].replace("&amp;", "&")
    form = window.get(link).text
    assert f'value="leader-{leader.pk}" selected' in form
    told = {"plans": programme.pk, "month": "2015-01", "until": "2015-09", "issuer": programme.office_id}
    told |= {"part": f"leader-{leader.pk}"}
    wrong = window.post("/papers/new/", told | {"kind": "BULLETIN"})
    assert "总结可以只写一位领导联系的项目" in wrong.text
    assert window.post("/papers/new/", told | {"kind": "SUMMARY"}).status_code == 302
    paper = Paper.objects.get()
    assert paper.title == f"2015年1-9月项目突破年{leader.name}同志联系项目工作总结"
    figures = {key: each["value"] for block in paper.blocks.all() for key, each in block.figures.items()}
    assert figures[f"projects_count-leader{leader.pk}"] == "1"
    draw_again(paper, owner)
    again = {key: each["value"] for block in paper.blocks.all() for key, each in block.figures.items()}
    assert again[f"projects_count-leader{leader.pk}"] == "1"


@pytest.mark.parametrize("more", ["decade/", "year/?unit=x", "year/?leader=9999", "year/?leader=x"])
def test_what_is_no_page(sign_in, leader, shared, more):
    assert sign_in(leader).get(f"/summaries/{shared.pk}/{more}").status_code == 404


def test_the_list_asks_the_same_however_long(sign_in, office, plan, make_task, make_unit, django_assert_num_queries):
    window = sign_in(office)
    for number in (1, 2, 3):
        make_task(plan, number, make_unit(f"第{number}局"))
        if number != 2:
            window.get("/summaries/")
            with django_assert_num_queries(7):
                assert window.get("/summaries/").text.count("?unit=") == number
