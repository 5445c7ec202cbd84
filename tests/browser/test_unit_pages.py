"""The unit's other pages: accessible on a desk and on a phone, nothing wider than the screen, the head's signing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import expect

from reports.actions.files import attach
from reports.actions.review import remark, return_report
from reports.actions.writing import submit
from reports.models import MonthlyReport
from tests.browser.axe import assert_no_serious
from tests.browser.conftest import DESK, PHONE


@pytest.fixture
def refiled(report, entry, fill, reporter, office, at):
    """Filed with evidence, returned with a remark, filed again."""
    attach(entry, reporter, SimpleUploadedFile("验收单.pdf", b"%PDF-1.4"))
    submit(fill(report), reporter)
    remark(entry, office, light="YELLOW", text="请补充户数。", redo=True)
    return_report(report, office, reason="户数不清")
    at("2015-10-21 09:00")
    report.entries.update(done="核对412户，接入三家数据。")
    submit(report, reporter, note="已补户数")
    return report


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_every_page_is_sound(visit, reporter, refiled, size):
    page = visit(reporter, size=size)
    for address in ("/", reverse("report", args=[refiled.pk]), "/record/", "/inbox/", "/help/", "/month/2015-10/"):
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
        assert_no_serious(page)


def test_the_document_to_seal_is_sound(visit, reporter, refiled):
    page = visit(reporter)
    page.goto(reverse("report_print", args=[refiled.pk]))
    expect(page.locator("h1")).to_contain_text("2015年10月工作进展月报")
    assert_no_serious(page)


def test_the_head_signs_from_the_desk(visit, head, reporter, report, fill, civil):
    civil.head_signs = True
    civil.save()
    submit(fill(report), reporter)
    page = visit(head)
    page.goto("/")
    page.get_by_text("去审签").click()
    expect(page.locator("h1")).to_contain_text("月报")
    assert_no_serious(page)
    page.get_by_role("button", name="审签通过并报送").click()
    expect(page.locator(".notice").first).to_contain_text("月报已报送：编号")
    report.refresh_from_db()
    assert report.status == MonthlyReport.Status.SUBMITTED


def test_withdrawing_asks_first(visit, reporter, report, fill):
    submit(fill(report), reporter)
    page = visit(reporter)
    page.goto("/month/2015-10/")
    page.get_by_role("button", name="撤回").click()
    page.locator("#confirm").get_by_role("button", name="撤回").click()
    expect(page.locator(".notice").first).to_contain_text("已撤回")
    report.refresh_from_db()
    assert report.status == MonthlyReport.Status.DRAFT
