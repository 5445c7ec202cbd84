"""Every page of the navigation, as each role, on a desk and on a phone: no fault, nothing grave for axe, no sideways scroll."""

import pytest

from reports.actions.writing import submit
from tests.browser.axe import assert_no_serious
from tests.browser.conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
ROLES = ["reporter", "office", "leader", "inspector", "admin", "auditor"]


@pytest.fixture
def stage_set(cast, period, labour, fill, co_reporter):
    """Something to see: one report waiting, one owed."""
    submit(fill(period.reports.get(unit=labour)), co_reporter)
    return cast


def addresses(page):
    """Return the addresses the navigation offers, our own pages only."""
    found = page.locator("nav.side a.side-item").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return [each for each in dict.fromkeys(found) if not each.startswith("/admin/")]


@pytest.mark.parametrize("who", ROLES)
def test_on_a_desk(stage_set, visit, who):
    page = visit(stage_set[who], DESK)
    page.goto("/")
    offered = addresses(page)
    assert offered
    for address in [*offered, "/help/", "/inbox/", "/password/"]:
        answer = page.goto(address)
        assert answer.ok, address
        assert_no_serious(page)


@pytest.mark.parametrize("who", ROLES)
def test_on_a_phone_nothing_scrolls_sideways(stage_set, visit, who):
    page = visit(stage_set[who], PHONE)
    page.goto("/")
    for address in addresses(page):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], address


def test_the_sign_in_page(visit, new_context, db):
    page = new_context().new_page()
    page.goto("/login/")
    assert_no_serious(page)
