"""What pages of lower floors show of directives, and to whom."""

import pytest

from reports.actions.writing import submit
from supervision.actions.directives.drafting import draft
from supervision.templatetags.directives import directives_beside
from tests.supervision.directives import DUE, bring_to, hand_down


@pytest.fixture
def about(inspector, civil, task):
    return hand_down(inspector, civil, task=task, level="DEPUTY")[0]


def test_the_desk_says_what_is_wanted_by_when(about, sign_in, reporter, co_reporter):
    page = sign_in(reporter).get("/").content.decode()
    assert f'href="/directives/{about.pk}/"' in page
    assert "县民政局在10月23日前签收" in page
    assert "去签收" in page
    bring_to(about, "CHECKING", reporter)
    assert "县委督查室核查" in sign_in(reporter).get("/").content.decode()
    assert "交办给本单位的" not in sign_in(co_reporter).get("/").content.decode()


def test_the_month_shows_it_beside_its_task(about, report, inspector, civil, sign_in, reporter):
    page = sign_in(reporter).get("/month/2015-10/").content.decode()
    assert page.count("答复写在交办页上，月报里不用再写一遍") == 1
    hand_down(inspector, civil, title="与任务无关")
    assert "与任务无关" not in sign_in(reporter).get("/month/2015-10/").content.decode()


def test_the_task_page_leads_to_it_and_to_more(about, task, sign_in, office, inspector, leader, outsider, reporter):
    for user, words in (
        (office, ["交办</a>"]),
        (inspector, ["交办</a>", str(about)]),
        (leader, ["批示</a>", str(about)]),
    ):
        page = sign_in(user).get(f"/tasks/{task.pk}/").content.decode()
        assert all(word in page for word in words)
    for user in (outsider, reporter):
        assert f"?task={task.pk}" not in sign_in(user).get(f"/tasks/{task.pk}/").content.decode()
    assert str(about) not in sign_in(outsider).get(f"/tasks/{task.pk}/").content.decode()


def test_a_unit_s_page_lists_what_it_has_open(about, civil, sign_in, leader, outsider):
    assert str(about) in sign_in(leader).get(f"/units/{civil.pk}/").content.decode()
    assert str(about) not in sign_in(outsider).get(f"/units/{civil.pk}/").content.decode()


def test_the_review_hands_an_entry_down(report, fill, reporter, desk, entry):
    submit(fill(report), reporter)
    page = desk.get(f"/review/{report.pk}/").content.decode()
    assert f"/directives/new/?entry={entry.pk}" in page
    page = desk.get(f"/directives/new/?entry={entry.pk}").content.decode()
    assert 'value="县民政局"' in page or ">\n县民政局</textarea>" in page


def test_a_leader_sees_what_was_ordered_and_what_is_late_at_a_leaders_level(
    about, inspector, civil, leader, sign_in, at
):
    draft(inspector, title="我批的", units=[civil], points=[("甲", None)], due_on=DUE, ordered_by=leader)
    page = sign_in(leader).get("/overview/").content.decode()
    assert "我批的" in page
    assert "我批示的 <b>1</b> 件没有办完</a>" in page
    assert "分管领导能定" not in page
    at("2015-11-05 09:00:00")
    page = sign_in(leader).get("/overview/").content.decode()
    assert "分管领导能定" in page
    assert "要我定的 <b>1</b> 件，都已逾期；我批示的 <b>1</b> 件没有办完" in page
    assert page.index("要我定的 <b>1") < page.index("红灯")


def test_what_is_open_stands_beside_the_task_that_continues_it(
    about, task, make_task, plan, civil, labour, reporter, rf
):
    request = rf.get("/month/2016-01/")
    request.user = reporter
    new, other = (make_task(plan, number, civil, continues=old) for number, old in ((50, task), (51, None)))
    assert directives_beside({"request": request}, new) == {"directives": [about]}
    assert directives_beside({"request": request}, other) == {"directives": []}
