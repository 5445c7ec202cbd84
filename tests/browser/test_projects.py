"""The pages of one project: sound on a desk and on a phone, printed on one sheet, filled from a copied sheet."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tasks.actions.schedules import propose_schedule
from tasks.models import Milestone
from tests.browser.axe import assert_no_serious
from tests.browser.conftest import DESK, PHONE
from tests.reports.views.projects.test_page import bridge, plan_of

__all__ = ["bridge"]


@pytest.fixture
def programme_office(make_user, programme):
    return make_user("tupoban", "OFFICE", "县项目突破年办", name="罗例项")


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_every_page_is_sound(visit, bridge, programme, reporter, leader, programme_office, size):
    propose_schedule(bridge, reporter, {"INVESTED": plan_of(*[0] * 11, 1200)}, [], reason="征地推迟")
    pages = {
        programme_office: [
            *(reverse(f"project{name}", args=[bridge.pk]) for name in ("", "_edit", "_people", "_class", "_stop")),
            reverse("project_schedule", args=[bridge.pk, 1]),
            reverse("project_add", args=[programme.pk]),
            reverse("plan_programme", args=[programme.pk]),
            reverse("plan_rules", args=[programme.pk]),
            *(reverse(name) for name in ("project_list", "project_map", "project_changes", "project_approvals")),
            f"{reverse('project_map')}?show=money",
        ],
        leader: [reverse("project_mine"), reverse("overview")],
        reporter: [reverse("project_timetable", args=[bridge.pk])],
    }
    for person, addresses in pages.items():
        page = visit(person, size=size)
        for address in addresses:
            page.goto(address)
            expect(page.locator("h1")).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
            assert_no_serious(page)


def test_on_a_phone_no_project_lies_over_another(visit, bridge, make_project, programme_office):
    make_project("标准厂房")
    page = visit(programme_office, size=PHONE)
    page.goto(reverse("project_list"))
    rows = page.locator(".register tbody tr")
    assert rows.evaluate_all("rows => rows.every(row => row.scrollHeight <= row.clientHeight + 1)")
    assert rows.count() == 3


def test_the_card_is_one_sheet_across(visit, bridge, leader):
    page = visit(leader)
    page.goto(reverse("project_print", args=[bridge.pk]))
    expect(page.locator("h1")).to_contain_text("重点项目台账")
    assert_no_serious(page)
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 1


def test_the_card_of_a_project_with_both_presets_is_one_sheet_too(visit, bridge, leader):
    for number in range(20):
        Milestone.objects.create(task=bridge.task, title=f"前期第{number}项手续", due_on=bridge.task.due_on)
    page = visit(leader)
    page.goto(reverse("project_print", args=[bridge.pk]))
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1


def test_a_copied_row_fills_the_months(visit, bridge, reporter):
    page = visit(reporter)
    page.goto(reverse("project_timetable", args=[bridge.pk]))
    first = page.locator('[name="INVESTED-2015-01"]')
    first.evaluate(
        """box => { const data = new DataTransfer(); data.setData("text", "1,200\\t0\\t7\\n1\\t2");
        box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }"""
    )
    for name, value in (("INVESTED-2015-01", "1200"), ("INVESTED-2015-03", "7"), ("ARRIVED-2015-02", "2")):
        expect(page.locator(f'[name="{name}"]')).to_have_value(value)
