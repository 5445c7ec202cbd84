"""Owner's word: a link opens once, without an account, and reads nothing else; its problem reaches the envoy's unit."""

import datetime
import re

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Already, Refusal
from supervision.actions.words import GONE, WRONG_AT_MOST, answer_word, confirm_word, make_links
from supervision.models import OwnerWord, OwnerWordEvent, WrongLink
from tasks.actions.listing import Person
from units.models import Notice

D = datetime.date
QUARTER = D(2015, 10, 1)
SAID = {"progress": "主体到三层", "unit_mark": "GOOD", "envoy_mark": "POOR", "problem": "还差12亩地", "remark": ""}


@pytest.fixture
def project(make_project, labour, town):
    return make_project("湘江标准厂房", places=[town], people=[Person("ENVOY", "周特派", unit=labour)])


@pytest.fixture
def link(project, owner):
    """The address the owner was given."""
    return f"/word/{make_links([project], QUARTER, owner)[0][1]}/"


def test_a_link_opens_once_and_shows_its_project_alone(link, project, make_project, client):
    make_project("别的项目")
    page = client.get(link)
    assert page.status_code == 200
    assert "湘江标准厂房" in page.content.decode()
    assert "周特派" in page.content.decode()
    assert "别的项目" not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert client.post(link, SAID | {"progress": ""}).status_code == 422
    assert "谢谢" in client.post(link, SAID).content.decode()
    for answer in (client.get(link), client.post(link, SAID)):
        assert answer.status_code == 404
        assert GONE in answer.content.decode()
        assert "湘江" not in answer.content.decode()
    word = OwnerWord.objects.get()
    assert (word.status, word.progress, word.unit_mark, word.problem) == (
        "ANSWERED",
        "主体到三层",
        "GOOD",
        "还差12亩地",
    )


def test_only_a_hash_of_the_link_is_kept(link):
    token = link.split("/")[2]
    assert token not in str(OwnerWord.objects.values().get())
    assert len(OwnerWord.objects.get().token_hash) == 64


def test_used_expired_made_anew_and_guessed_are_told_alike(link, project, owner, client, at):
    anew = f"/word/{make_links([project], QUARTER, owner)[0][1]}/"
    gone = [client.get(link), client.get("/word/guessed/")]
    assert client.get(anew).status_code == 200
    at("2015-11-20 00:00:01")
    gone.append(client.get(anew))
    assert {answer.status_code for answer in gone} == {404}
    assert len({re.sub(r"业务日期 \S+", "", answer.content.decode()) for answer in gone}) == 1
    assert list(OwnerWord.objects.order_by("pk").values_list("status", flat=True)) == ["VOID", "SENT"]


def test_guessing_is_shut_out_for_a_while(link, client, at):
    for number in range(WRONG_AT_MOST):
        assert client.get(f"/word/guess{number}/").status_code == 404
    answer = client.get(link)
    assert (answer.status_code, GONE in answer.content.decode()) == (429, True)
    assert client.get(link, REMOTE_ADDR="10.0.0.9").status_code == 200
    at("2015-10-20 10:16:00")
    assert client.get(link).status_code == 200
    client.get("/word/again/")
    assert WrongLink.objects.count() == 1


def test_the_problem_reaches_the_envoys_unit_which_confirms_it(link, client, co_reporter, reporter, outsider, sign_in):
    client.post(link, SAID)
    word = OwnerWord.objects.get()
    assert [(each.user.username, each.body, each.url) for each in Notice.objects.all()] == [
        ("renshe", "还差12亩地", f"/words/{word.pk}/")
    ]
    desk, page = sign_in(co_reporter), f"/words/{word.pk}/"
    shown = desk.get(page).content.decode()
    assert "还差12亩地" in shown
    assert "不满意" not in shown
    assert sign_in(reporter).post(page, {"note": "属实"}).status_code == 403
    assert sign_in(outsider).get(page).status_code == 404
    assert desk.post(page, {"note": ""}).status_code == 422
    assert "已核实" in desk.post(page, {"note": "属实，月底交地"}, follow=True).content.decode()
    with pytest.raises(Already, match="已由周人社核实"):
        confirm_word(word, co_reporter, "再一次")


def test_what_has_no_problem_is_told_nobody_and_needs_no_confirming(project, owner, co_reporter):
    word, _ = make_links([project], QUARTER, owner)[0]
    answer_word(word, **(SAID | {"problem": ""}))
    assert not Notice.objects.exists()
    with pytest.raises(Refusal, match="不用核实"):
        confirm_word(word, co_reporter, "属实")
    with pytest.raises(Refusal, match="已经用过"):
        answer_word(word, **SAID)


def test_who_makes_links_and_reads_marks(
    link, client, project, sign_in, owner, other_office, lead, reporter, leader, admin
):
    client.post(link, SAID)
    word = OwnerWord.objects.get()
    people = (owner, other_office, lead, reporter, leader, admin)
    seen = {
        user.username: [sign_in(user).get(each).status_code for each in ("/words/", f"/words/{word.pk}/")]
        for user in people
    }
    assert seen == {
        "xiangmu": [200, 200],
        "fajianban": [200, 404],
        "fagai": [403, 404],
        "minzheng": [403, 200],
        "leader": [200, 200],
        "sysadmin": [403, 404],
    }
    assert "不满意" in sign_in(owner).get(f"/words/{word.pk}/").content.decode()
    assert "湘江" not in sign_in(other_office).get("/words/").content.decode()
    for somebody in (other_office, lead, leader):
        with pytest.raises(PermissionDenied):
            make_links([project], QUARTER, somebody)
    assert sign_in(leader).post("/words/", {"pick": project.pk}).status_code == 403


def test_the_office_prints_links_of_what_is_not_answered(project, make_project, owner, client, sign_in):
    second = make_project("渌水大桥")
    desk = sign_in(owner)
    page = desk.post("/words/?quarter=2015-11", {"pick": [project.pk, second.pk]}).content.decode()
    links = re.findall(r"http://testserver(/word/[^<]+)", page)
    assert len(links) == 2
    client.post(links[0], SAID)
    assert "请勾选还没有填写的项目" in desk.post("/words/", {"pick": [project.pk]}, follow=True).content.decode()
    assert "请勾选还没有填写的项目" in desk.post("/words/", {}, follow=True).content.decode()
    assert set(OwnerWord.objects.values_list("quarter", flat=True)) == {QUARTER}


@pytest.mark.parametrize("more", [0, 3])
def test_the_list_asks_a_fixed_number_of_questions(more, link, make_project, owner, sign_in, django_assert_num_queries):
    for number in range(more):
        make_links([make_project(f"项目{number}")], QUARTER, owner)
    desk = sign_in(owner)
    desk.get("/words/")
    with django_assert_num_queries(LIST):
        desk.get("/words/")


LIST = 8


@pytest.mark.parametrize("more", [1, 3])
def test_links_are_made_with_a_fixed_number_of_questions(more, make_project, owner, django_assert_num_queries):
    """Those not used before end; those answered stay."""
    projects = [make_project(f"项目{number}") for number in range(more + 1)]
    answer_word(make_links(projects, QUARTER, owner)[0][0], **SAID)
    with django_assert_num_queries(MADE):
        made = make_links(projects, QUARTER, owner)
    assert [word.project for word, _ in made] == projects[1:]
    assert OwnerWord.objects.filter(status="VOID").count() == more
    verbs = list(OwnerWordEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["发出链接"] * (more + 1) + ["业主填写"] + ["作废"] * more + ["发出链接"] * more


def test_what_waits_for_somebody_stands_first(make_project, owner, labour, sign_in):
    people = [Person("ENVOY", "周特派", unit=labour)]
    names = ("甲项目", "乙项目", "丙项目", "丁项目")
    projects = {name: make_project(name, people=people) for name in names}
    answer_word(make_links([projects["甲项目"]], QUARTER, owner)[0][0], **SAID | {"problem": ""})
    make_links([projects["丙项目"]], QUARTER, owner)
    answer_word(make_links([projects["丁项目"]], QUARTER, owner)[0][0], **SAID)
    page = sign_in(owner).get("/words/").content.decode()
    assert sorted(names, key=page.index) == ["丁项目", "丙项目", "乙项目", "甲项目"]


MADE = 10
