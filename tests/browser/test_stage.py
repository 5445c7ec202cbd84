"""The stage of the journeys itself: the server answers, the person is signed in, the page is sound."""

from playwright.sync_api import expect

from tests.browser.axe import assert_no_serious


def test_a_signed_in_person_reaches_the_application(visit, reporter):
    page = visit(reporter)
    page.goto("/no-such-page/")
    expect(page.locator("h1")).to_be_visible()
    assert_no_serious(page)
