"""The dispatch meeting worked through with the keyboard alone, and without script by its links."""

import datetime
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from supervision.models import Item
from tests.browser.axe import assert_no_serious
from tests.browser.conftest import PHONE
from tests.supervision.conftest import EVEN
from units.models import Typed

pytestmark = pytest.mark.django_db(transaction=True)
PROJECTOR = (1920, 1080)


@pytest.fixture
def hall(programme, make_project, civil, town):
    for name in ("渌水大桥新建工程", "湘江标准厂房", "园区道路"):
        make_project(name, amounts=EVEN, year_plan=Decimal(120), places=[town])
    return f"/dispatch/{programme.pk}/?action={programme.tasks.get(number='(一)').pk}"


@pytest.fixture
def lead(programme, make_user):
    return make_user("fagai", "REPORTER", "县发改局", name="易例通")


def test_a_meeting_by_keys_alone(visit, hall, lead):
    page = visit(lead, PROJECTOR)
    page.goto(hall)
    heading = page.locator("h1")
    expect(heading).to_have_text("渌水大桥新建工程")
    assert_no_serious(page)
    page.keyboard.press("PageDown")
    expect(heading).to_have_text("湘江标准厂房")
    page.keyboard.type("林地一周内批复")
    page.keyboard.press("PageDown")
    expect(page.locator("[data-hall-told]")).to_contain_text("还没有记下")
    page.keyboard.press("Tab")
    page.keyboard.type("县民政局")
    page.keyboard.press("Tab")
    page.keyboard.type("10272015")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".hall-done")).to_contain_text("林地一周内批复")
    item = Item.objects.get()
    assert (item.number, item.project.name, item.due_on) == (1, "湘江标准厂房", datetime.date(2015, 10, 27))
    page.keyboard.press("PageUp")
    expect(heading).to_have_text("渌水大桥新建工程")


def test_what_is_being_decided_is_there_again_and_goes_once_it_is_noted(visit, hall, lead):
    page = visit(lead)
    for _ in range(2):
        page.goto(hall)
        page.wait_for_selector("form[data-ready]", state="attached")
        if not Typed.objects.exists():
            page.locator("[name=text]").fill("林地一周内批复")
            expect(page.locator("[data-typed-state]")).to_contain_text("已自动保存，还没有提交")
    expect(page.locator("[name=text]")).to_have_value("林地一周内批复")
    page.locator("[name=unit]").fill("县民政局")
    page.locator("[name=due_on]").fill("2015-10-27")
    page.get_by_role("button", name="记下").click()
    expect(page.locator(".hall-done")).to_contain_text("林地一周内批复")
    assert not Typed.objects.exists()


def test_without_script_links_turn_over_and_the_button_notes(new_context, hall, lead):
    page = new_context(PROJECTOR, scripts=False).new_page()
    page.goto("/login/")
    page.locator("[name=username]").fill(lead.username)
    page.locator("[name=password]").fill("Correct-Horse-9")
    page.locator("[name=password]").press("Enter")
    page.goto(hall)
    page.locator("a[rel=next]").click()
    expect(page.locator("h1")).to_have_text("湘江标准厂房")
    page.locator("[name=text]").fill("交地12亩")
    page.locator("[name=unit]").fill("县民政局")
    page.locator("[name=due_on]").fill("2015-10-27")
    page.get_by_role("button", name="记下").click()
    expect(page.locator(".hall-done")).to_contain_text("交地12亩")


def test_a_phone_scrolls_down_only(visit, hall, lead):
    page = visit(lead, PHONE)
    page.goto(hall)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_a_wide_list_is_moved_sideways_on_a_phone_so_that_no_figure_runs_into_the_next(visit, hall, lead):
    page = visit(lead, PHONE)
    page.goto(hall.replace("/?", "/print/?"))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    table = page.locator(".paper-table table").first
    assert table.evaluate(
        "(table) => [...table.querySelectorAll('td')].every((cell) => cell.scrollWidth <= cell.clientWidth + 1)"
    )
    assert table.bounding_box()["width"] > PHONE[0]
