"""A month without a line in a real browser: download, fill in, upload, look over, take."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from reports.actions.review import accept
from reports.actions.writing import save_entry, submit
from reports.models import Entry
from tests.browser.axe import assert_no_serious
from tests.browser.conftest import DESK, PHONE
from tests.reports.sheets import FILLED, Paper

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/month/2015-10/"


def downloaded(page, press):
    with page.expect_download() as got:
        press()
    return Paper(Path(got.value.path()).read_bytes())


def uploaded(page, paper, name="填报表.xlsx"):
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.get_by_label("填好的表").set_input_files({"name": name, "mimeType": mime, "buffer": paper.content})
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_role("heading", name=name).wait_for()


@pytest.mark.parametrize(("size", "scripts"), [(DESK, True), (PHONE, True), (PHONE, False)])
def test_a_month_by_sheet(visit, reporter, head, entry, size, scripts):
    # axe is a script itself.
    look = assert_no_serious if scripts else (lambda page: None)
    page = visit(reporter, size, scripts=scripts)
    page.goto(PAGE)
    page.get_by_text("离线填报", exact=True).click()
    paper = downloaded(page, page.get_by_role("link", name="下载离线填报表").click)
    page.get_by_role("link", name="上传填好的表").click()
    look(page)
    save_entry(entry, head, {"problems": "网上写的问题。"}, seen_version=0)

    uploaded(page, paper.fill("43", **FILLED | {"累计进度": 120}))
    expect(page.get_by_text("累计进度请填0到100的整数。")).to_be_visible()
    look(page)
    marked = downloaded(page, page.get_by_role("link", name="下载标出问题的表").click)
    assert "0到100" in marked["问题", "43"]

    uploaded(page, marked.fill("43", 累计进度=60))
    expect(page.locator("ins.new").first).to_be_visible()
    look(page)
    page.get_by_role("button", name="取入为草稿").click()
    expect(page.get_by_text("还有1处网上也改过，请选择用哪一份。")).to_be_visible()
    entry.refresh_from_db()
    assert entry.done == ""
    page.get_by_label("用表里的").check()
    page.get_by_role("button", name="取入为草稿").click()
    page.wait_for_url(f"**{PAGE}")
    expect(page.get_by_text("已从离线填报表取入1项任务")).to_be_visible()
    entry.refresh_from_db()
    assert (entry.progress, entry.done, entry.problems) == (60, FILLED["本月进展"], FILLED["存在问题"])


def test_remarks_by_sheet(visit, office, reporter, report, fill):
    accept(submit(fill(report), reporter), office)
    page = visit(office)
    page.goto("/exports/")
    page.get_by_role("link", name="审核意见导出、导入").click()
    paper = downloaded(page, page.get_by_role("link", name="导出带审核意见的汇总表").click)
    uploaded(page, paper.fill("43", 审核意见="请补附件。"), "汇总表.xlsx")
    assert_no_serious(page)
    page.get_by_role("button", name="取入审核意见").click()
    expect(page.get_by_text("已取入1条审核意见。")).to_be_visible()
    assert Entry.objects.get(report=report).office_remark == "请补附件。"
