"""What stands where: nothing covers what is pressed or read, and the first screen shows what matters."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


def place(locator):
    box = locator.bounding_box()
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def test_the_heading_of_the_overview_takes_one_line(visit, office, period):
    page = visit(office, DESK)
    page.goto("/dashboard/")
    expect(page.get_by_role("button", name="查看")).to_be_hidden()
    assert place(page.locator(".figures"))[1] < 160


def test_the_moment_of_an_event_is_not_covered_by_its_word(visit, admin, reporter):
    page = visit(admin, DESK)
    page.goto("/accounts/new/")
    page.locator("[name=username]").fill("someone")
    page.locator("[name=name]").fill("王某某")
    page.locator("[name=unit]").select_option(str(reporter.unit_id))
    page.get_by_role("button", name="建立账号").click()
    page.goto("/accounts/?q=someone")
    page.locator("main tbody a").first.click()
    event = page.locator(".events > li").first
    written = event.locator("time").evaluate(
        "e => { const r = document.createRange(); r.selectNodeContents(e); return r.getBoundingClientRect().right; }"
    )
    assert written <= place(event.locator(".tag"))[0]


def test_the_leader_sees_what_lags_on_the_first_screen_of_a_phone(visit, leader, period):
    page = visit(leader, PHONE)
    page.goto("/overview/")
    red = page.locator(".figure", has_text="红灯")
    assert place(red)[3] < 500
