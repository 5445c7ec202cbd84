"""A plan document from upload to undo, in a real browser; accessible on a desk and on a phone, usable without script."""

import json
import os
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tasks.models import Plan, PlanReading, Task
from tests.browser.axe import assert_no_serious
from tests.browser.conftest import DESK, PHONE
from tests.loading import DOCUMENT, PLAN

ROOT = Path(settings.BASE_DIR)
NOTICE = Path(os.environ.get("NOTICE_FILE") or ROOT.parent / "shared/notice-2015-4.txt")
SLOW = 60_000  # three plans and sixty units on a busy machine
NOTICE_DATA = ROOT / "fixtures/notice-2015-4.json"


def send(page, name, text):
    page.goto("/loading/")
    page.set_input_files("[name=file]", {"name": name, "mimeType": "text/plain", "buffer": text.encode()})
    page.get_by_role("button", name="上传并识别").click()
    expect(page.locator("h1")).to_contain_text(name)


def test_from_upload_to_undo(visit, office, civil, labour, water):
    page = visit(office)
    send(page, "服务提升年.txt", DOCUMENT)
    assert_no_serious(page)
    # what a name stands for: one a unit of ours, one stays text
    row = page.locator(".draft-name", has_text="县信息中心")
    row.locator("[name=way]").select_option("UNIT")
    row.locator("[name=unit]").fill("县水利局")
    page.locator(".draft-name", has_text="各有关单位").locator("[name=way]").select_option("TEXT")
    page.get_by_role("button", name="保存单位对照").first.click()
    expect(page.locator("#draft-counts")).to_contain_text("未对应的名称0")
    # from the list to its place in the text
    page.locator("#t3 .no").click()
    expect(page.locator('#source mark[data-task="t3"].is-current').first).to_be_in_viewport()
    # a correction in place
    page.locator("#t3 .draft-edit").click()
    page.locator("#t3 [name=short_title]").fill("整修病险山塘")
    assert_no_serious(page)
    page.locator("#t3").get_by_role("button", name="保存").click()
    expect(page.locator("#t3 b")).to_have_text("整修病险山塘")
    # written, looked at, taken back
    page.get_by_role("link", name="核对完毕，去写入").click()
    assert_no_serious(page)
    page.get_by_role("button", name="写入方案").click()
    expect(page.locator(".notice").first).to_contain_text("已写入。新增1个方案，2个章节，3个任务。")
    assert_no_serious(page)
    assert Task.objects.get(number="3").short_title == "整修病险山塘"
    page.get_by_role("link", name="撤销导入").click()
    assert_no_serious(page)
    page.locator("[name=reason]").fill("试一试")
    page.get_by_role("button", name="撤销导入").click()
    expect(page.locator(".notice").first).to_contain_text("已撤销导入")
    assert not Plan.objects.exists()


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_every_page_is_sound(visit, office, reading, size):
    page = visit(office, size=size)
    part = f"/loading/{reading.pk}/"
    for address in (
        "/loading/",
        part,
        f"{part}check/",
        f"{part}plans/0/",
        f"{part}tasks/t1/",
        f"{part}tasks/t1/split/",
    ):
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
        assert_no_serious(page)


def test_two_windows_at_one_task(visit, office, reading):
    first, second = visit(office), visit(office)
    for page in (first, second):
        page.goto(f"/loading/{reading.pk}/")
        page.locator("#t1 .draft-edit").click()
        page.locator("#t1 [name=short_title]").wait_for()
    first.locator("#t1 [name=short_title]").fill("先保存的")
    first.locator("#t1").get_by_role("button", name="保存").click()
    expect(first.locator("#t1 b")).to_have_text("先保存的")
    second.locator("#t1 [name=short_title]").fill("后保存的")
    second.locator("#t1").get_by_role("button", name="保存").click()
    expect(second.locator("#t1 .conflict")).to_contain_text("先保存的")
    expect(second.locator("#t1 [name=short_title]")).to_have_value("后保存的")
    second.locator("#t1").get_by_role("button", name="保存").click()
    expect(second.locator("#t1 b")).to_have_text("后保存的")


def test_without_script(visit, office, civil, labour, water, make_unit):
    make_unit("县信息中心")
    page = visit(office, scripts=False)
    page.goto("/loading/")
    page.fill("[name=text]", DOCUMENT)
    page.get_by_role("button", name="上传并识别").click()
    page.locator(".draft-name [name=way]").select_option("TEXT")
    page.get_by_role("button", name="保存单位对照").first.click()
    page.locator("#t2 .draft-edit").click()
    page.locator("[name=short_title]").fill("清理证明")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#t2 b")).to_have_text("清理证明")
    page.get_by_role("link", name="核对完毕，去写入").click()
    page.get_by_role("button", name="写入方案").click()
    expect(page.locator(".notice").first).to_contain_text("已写入")
    assert Task.objects.get(number="2").also_named == "各有关单位"
    assert Plan.objects.get().title == PLAN


@pytest.mark.skipif(not NOTICE.exists(), reason="the notice's text is not at hand")
def test_the_real_notice(visit, office):
    """On an empty directory: all units new, the three plans as the loaded data have them."""
    page = visit(office)
    send(page, "株县办4号.txt", NOTICE.read_text("utf-8"))
    page.get_by_role("button", name="未选的全部新建").first.click()
    page.locator("#confirm").get_by_role("button", name="全部新建").click()
    expect(page.locator("#draft-counts")).to_contain_text("未对应的名称0")
    page.get_by_role("link", name="核对完毕，去写入").click()
    page.get_by_role("button", name="写入方案").click(timeout=SLOW)
    expect(page.locator(".notice").first).to_contain_text("新增3个方案，8个章节，84个任务", timeout=SLOW)
    assert_no_serious(page)
    truth = json.loads(NOTICE_DATA.read_text("utf-8"))
    numbers = [task["number"] for plan in truth["plans"] for task in plan["tasks"]]
    assert [task.number for task in Task.objects.order_by("plan_id", "order")] == numbers
    assert PlanReading.objects.get().is_loaded
