"""The office reviews by keys: next, accept, return with a reason."""

import pytest

from reports.actions.writing import submit
from reports.models import MonthlyReport
from tests.browser.axe import assert_no_serious
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two(period, civil, labour, fill, reporter, co_reporter):
    """Two reports waiting for the office, 县民政局's first."""
    return [
        submit(fill(period.reports.get(unit=unit)), person)
        for unit, person in ((civil, reporter), (labour, co_reporter))
    ]


def test_two_reports_by_keys(two, visit, office):
    first, second = two
    page = visit(office)
    page.goto("/review/")
    assert_no_serious(page)
    page.get_by_role("link", name="县民政局").click()
    page.wait_for_url(f"**/review/{first.pk}/*")
    with page.expect_response(lambda answer: answer.url.endswith("/remark/")) as saved:
        page.get_by_label("审核意见").fill("数据清楚")
    assert saved.value.ok
    page.get_by_text("已保存").wait_for()
    assert_no_serious(page)
    page.locator("body").click(position={"x": 5, "y": 300})
    page.keyboard.press("j")
    page.wait_for_url(f"**/review/{second.pk}/*")
    page.keyboard.press("k")
    page.wait_for_url(f"**/review/{first.pk}/*")
    page.keyboard.press("a")
    page.wait_for_url(f"**/review/{second.pk}/*")
    page.keyboard.press("r")
    page.keyboard.type("进度与佐证不符")
    page.get_by_role("button", name="退回", exact=True).click()
    page.wait_for_url("**/review/*")
    assert [row.status for row in MonthlyReport.objects.order_by("serial")] == ["ACCEPTED", "RETURNED"]
    assert MonthlyReport.objects.get(pk=first.pk).entries.get().office_remark == "数据清楚"


def test_several_are_accepted_though_a_reason_field_stands_closed_beside_the_button(two, visit, office):
    page = visit(office)
    page.goto("/review/")
    page.locator("[name=pick]").first.check()
    page.get_by_role("button", name="批量通过").click()
    page.get_by_role("button", name="通过所选").click()
    page.get_by_text("已通过1份").wait_for()
    page.locator("[name=pick]").first.check()
    page.get_by_text("批量退回").click()
    page.get_by_role("button", name="退回所选").click()
    page.get_by_text("退回须写明原因").wait_for()
    assert sorted(row.status for row in MonthlyReport.objects.all()) == ["ACCEPTED", "SUBMITTED"]


def test_keys_typed_into_a_field_are_text(two, visit, office):
    page = visit(office)
    page.goto(f"/review/{two[0].pk}/")
    page.get_by_label("审核意见").fill("")
    page.get_by_label("审核意见").press_sequentially("ajkr")
    assert page.get_by_label("审核意见").input_value() == "ajkr"
    assert page.url.endswith(f"/review/{two[0].pk}/")


def test_the_page_works_without_script_and_on_a_phone(two, visit, office):
    page = visit(office, PHONE, scripts=False)
    page.goto(f"/review/{two[0].pk}/")
    page.get_by_role("button", name="通过", exact=True).click()
    page.wait_for_url(f"**/review/{two[1].pk}/*")
    assert MonthlyReport.objects.get(pk=two[0].pk).status == "ACCEPTED"
