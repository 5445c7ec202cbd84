"""The end of a year: an archive taken home, a plan carried over, units merged; nothing grave for axe on the way."""

import pytest

from kit.packing import verify
from portal.actions.archive import archive_plan
from tasks.models import Plan
from tests.browser.axe import assert_no_serious
from tests.browser.conftest import DESK, PHONE
from tests.portal.archived import closed, filed
from units.models import Unit

__all__ = ["closed", "filed"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_the_archive_is_fetched(closed, office, visit, tmp_path):
    page = visit(office, DESK)
    page.goto(f"/plans/{closed.pk}/archive/")
    assert_no_serious(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载归档包").click()
    download.value.save_as(tmp_path / "a.zip")
    assert verify(tmp_path / "a.zip").faults == ()
    page.reload()
    assert page.get_by_text("归档包送完", exact=True).is_visible()
    assert_no_serious(page)


def test_a_plan_is_carried_over(plan, task, office, visit):
    page = visit(office, DESK)
    page.goto(f"/plans/{plan.pk}/rollover/")
    assert_no_serious(page)
    page.get_by_role("button", name="预览").last.click()
    assert_no_serious(page)
    page.get_by_role("button", name="确认结转").click()
    page.get_by_role("heading", name="结转任务编号对应").wait_for()
    assert_no_serious(page)
    assert Plan.objects.get(year=2016).tasks.get().continues == task
    page.get_by_role("link", name=task.short_title).click()
    page.get_by_role("heading", name="结转自").wait_for()
    assert_no_serious(page)


def test_units_are_merged(report, civil, labour, admin, visit):
    page = visit(admin, DESK)
    page.goto(f"/units/merge/?unit={civil.pk}")
    assert_no_serious(page)
    page.get_by_label("承接单位（已有的）").fill("县人社局")
    page.get_by_label("依据").fill("株县编〔2015〕9号")
    page.get_by_role("button", name="预览").last.click()
    assert_no_serious(page)
    page.get_by_role("button", name="确认办理").click()
    page.get_by_text("县民政局已并入县人社局").wait_for()
    assert Unit.objects.get(pk=civil.pk).successor == labour


def test_nothing_scrolls_sideways_on_a_phone(closed, task, office, admin, civil, visit):
    assert list(archive_plan(closed, office).chunks())  # its record names a checksum of 64 letters
    for who, addresses in (
        (office, (f"/plans/{closed.pk}/archive/", f"/plans/{closed.pk}/rollover/")),
        (admin, ("/units/merge/", f"/units/{civil.pk}/rename/")),
    ):
        page = visit(who, PHONE)
        for address in addresses:
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], address
