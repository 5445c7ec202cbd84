"""Search: the right thing first, within what a person may see, a page at a time."""

import datetime

import pytest
from django.urls import reverse

from supervision.actions.occasions import plan_occasion
from units.models import Unit


@pytest.fixture
def tasks(plan, law_plan, make_task, civil, labour):
    return [
        make_task(plan, 45, civil, [labour], short_title="农村集中养老", text="开展农村集中供养试点。"),
        make_task(plan, 4, labour, short_title="第45号令的落实", text="落实第45号令。"),
        make_task(law_plan, "(一)", labour, short_title="依法执政", text="健全45项制度。"),
    ]


def ask(client, words, **more):
    return client.get(reverse("search"), {"q": words} | more)


def test_a_stranger_is_led_to_the_login(client, db):
    assert ask(client, "45").url.startswith("/login/")


def test_the_exact_number_comes_first_then_the_title(leader, tasks, sign_in):
    response = ask(sign_in(leader), "45")
    assert [row["task"].number for row in response.context["tasks"]] == ["45", "4", "(一)"]
    page = response.content.decode()
    assert "进度0%，时间进度80%，落后80个百分点" in page
    assert "县民政局牵头，县人社局配合" in page


@pytest.mark.parametrize(
    ("words", "numbers"),
    [("第45项", {"45"}), ("mzj", {"45"}), ("rsj", {"45", "4", "(一)"}), ("ncjzyl", {"45"}), ("供养 民政", {"45"})],
)
def test_by_number_unit_word_and_initials(words, numbers, leader, tasks, sign_in):
    found = {row["task"].number for row in ask(sign_in(leader), words).context["tasks"]}
    assert numbers <= found
    assert "45" in found


def test_units_and_plans_are_found_too(leader, tasks, sign_in):
    page = ask(sign_in(leader), "民政").content.decode()
    assert "县<mark>民政</mark>局" in page
    found = ask(sign_in(leader), "法治").context
    assert [str(plan) for plan in found["plans"]] == ["法治建设年"]


def test_a_project_is_found_by_code_name_and_unit_and_leads_to_its_page(make_project, leader, sign_in):
    project = make_project("渌水大桥新建工程", "CONTINUED", year_plan=100)
    client = sign_in(leader)
    for words in ("X01", "渌水大桥", "lsdq", "民政局 大桥"):
        page = ask(client, words).content.decode()
        assert f'href="{reverse("project", args=[project.pk])}"' in page, words


def test_many_projects_cost_no_more_questions(make_project, leader, sign_in, django_assert_max_num_queries):
    for number in range(6):
        amounts = {"INVESTED": {datetime.date(2015, 1, 1): 10}}
        make_project(f"标准厂房{number}", "NEW", year_plan=10, amounts=amounts)
    client = sign_in(leader)
    ask(client, "厂房")
    with django_assert_max_num_queries(20):
        ask(client, "厂房")


def test_what_is_typed_is_never_markup(leader, tasks, sign_in):
    page = ask(sign_in(leader), "<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("words", ["", "   ", "没有这样的任务", "\0没有", "很" * 500])
def test_nothing_found_says_what_to_try(words, leader, tasks, sign_in):
    page = ask(sign_in(leader), words).content.decode()
    assert "拼音首字母" in page


def test_a_proposal_is_found_by_those_who_may_see_it(plan, make_task, civil, cast, sign_in):
    make_task(plan, 90, civil, status="PROPOSED", short_title="古镇保护")
    seen = {who for who in cast if "tasks" in (found := ask(sign_in(cast[who]), "古镇").context) and found["tasks"]}
    assert seen == {"office", "reporter", "head", "leader", "inspector"}


def test_results_come_a_page_at_a_time(plan, make_task, leader, sign_in):
    for number in range(1, 23):
        make_task(plan, number, short_title="养老")
    first, second = (ask(sign_in(leader), "养老", page=page).context["tasks"] for page in (1, 2))
    assert (len(first), len(second)) == (20, 2)


def test_many_units_are_cut_and_said(leader, make_unit, sign_in):
    for number in range(9):
        make_unit(f"测试镇{number}")
    response = ask(sign_in(leader), "测试镇")
    assert len(response.context["units"]) == 8
    assert "还有更多单位" in response.content.decode()
    assert Unit.objects.search("测试镇").count() == 9


@pytest.mark.parametrize("rows", [1, 3])
def test_a_fixed_number_of_questions(rows, plan, make_task, civil, labour, leader, sign_in, django_assert_num_queries):
    for number in range(rows):
        make_task(plan, number, civil, [labour], short_title="养老", pace="MILESTONES")
    client = sign_in(leader)
    ask(client, "养老")
    with django_assert_num_queries(SEARCH_QUERIES):
        ask(client, "养老")


SEARCH_QUERIES = 16


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("推广12345热线", "１２３４５"),
        ("推广１２３４５热线", "12345"),
        ("完善ＰＰＰ项目库", "ppp"),
        ("完善ppp项目库", "ＰＰＰ"),
    ],
)
def test_the_width_of_digits_and_letters_hides_nothing(stored, typed, leader, plan, civil, make_task, sign_in):
    make_task(plan, 45, civil, short_title="别的", text=stored)
    assert [row["task"].number for row in ask(sign_in(leader), typed).context["tasks"]] == ["45"]


@pytest.mark.parametrize("typed", ["ＭＺＪ", "县　民政", "民​政局", "株洲县民政局（本级）"])
def test_a_unit_is_found_however_it_is_typed(typed, leader, civil, sign_in):
    civil.full_name = "株洲县民政局(本级)"
    civil.save()
    assert list(ask(sign_in(leader), typed).context["units"]) == [civil]


def test_an_occasion_is_found_by_name_and_number_by_who_sees_it(plan, office, outsider, sign_in):
    told = {"month": plan.starts_on, "title": "四季度专项督查", "held_on": plan.starts_on}
    held = plan_occasion(plan, office, "MEETING", **told, notes="不给搜的话")
    link = f'<a href="/occasions/{held.pk}/">'
    pages = [ask(sign_in(user), words).content.decode() for user, words in (
        (office, "专项督查"), (office, "不给搜的话"), (outsider, "专项督查")
    )]  # fmt: skip
    assert [link in page for page in pages] == [True, False, False]
