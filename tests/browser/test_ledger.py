"""The leader calls: how is number 45? And the office gives a task to its units."""

import pytest
from playwright.sync_api import expect

from reports.actions.review import accept
from reports.actions.writing import submit
from tasks.models import Indicator, Task
from tests.browser.axe import assert_no_serious
from tests.browser.conftest import DESK, PHONE


@pytest.fixture
def reported(plan, task, period, report, fill, reporter, office):
    """Task 43 with an accepted report for October, and an indicator."""
    accept(submit(fill(report), reporter) or report, office)
    Indicator.objects.create(plan=plan, task=task, name="核对户数", target=100, unit_of_measure="户", cumulation="SUM")
    return task


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_state_of_a_task_is_found_from_any_page(size, visit, leader, reported):
    page = visit(leader, size)
    page.goto("/search/?q=%E7%AC%AC43%E9%A1%B9")
    assert_no_serious(page)
    page.get_by_role("link", name="建立居民家庭经济状况核对平台").first.click()
    expect(page.locator("h1")).to_contain_text("43")
    expect(page.locator(".figures")).to_contain_text("黄灯")
    expect(page.locator(".figures")).to_contain_text("进度60%，时间进度80%，落后20个百分点")
    expect(page.locator("#history")).to_contain_text("完成核对平台招标")
    assert_no_serious(page)


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("address", ["/tasks/", "/plans/", "/indicators/", "/search/"])
def test_the_lists_are_sound(size, address, visit, leader, reported):
    page = visit(leader, size)
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_no_serious(page)


def test_a_filter_applies_at_once_and_is_kept_under_a_name(visit, office, reported, make_task, plan, labour):
    make_task(plan, 1, labour, progress=80)
    page = visit(office)
    page.goto("/tasks/")
    page.locator("#id_light").select_option("YELLOW")
    page.wait_for_url("**light=YELLOW**")
    expect(page.locator("tbody th")).to_have_count(2)
    page.get_by_text("常用筛选", exact=True).click()
    page.get_by_placeholder("给当前筛选起个名称").fill("黄灯任务")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status").first).to_contain_text("已保存")
    page.goto("/tasks/")
    page.get_by_text("常用筛选").first.click()
    page.get_by_role("link", name="黄灯任务").click()
    page.wait_for_url("**light=YELLOW**")


def test_units_are_given_by_initials_with_a_row_more(visit, office, reported, water, make_unit):
    for name in ("县甲局", "县乙局", "县丙局", "县丁局"):
        make_unit(name)
    page = visit(office)
    page.goto(f"/tasks/{reported.pk}/assign/")
    assert_no_serious(page)
    page.get_by_label("牵头单位").fill("xslj")
    rows = page.locator("[name=support]")
    before = rows.count()
    page.get_by_role("button", name="再加一行").click()
    expect(rows).to_have_count(before + 1)
    page.keyboard.type("县民政局、县人社局")
    rows.first.fill("")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("h1")).to_contain_text("43")
    task = Task.objects.get(pk=reported.pk)
    assert (task.lead.name, [unit.name for unit in task.supports]) == ("县水利局", ["县民政局", "县人社局"])


def test_milestones_grow_by_script_and_work_without(visit, office, reported):
    page = visit(office)
    page.goto(f"/tasks/{reported.pk}/milestones/")
    page.get_by_role("button", name="再加一行").click()
    page.locator("[name=m-3-title]").fill("平台上线")
    page.locator("[name=m-3-due_on]").fill("2015-11-30")
    assert_no_serious(page)
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".steps")).to_contain_text("平台上线")
    plain = visit(office, scripts=False)
    plain.goto(f"/tasks/{reported.pk}/milestones/")
    plain.locator("[name=m-1-title]").fill("方案印发")
    plain.locator("[name=m-1-due_on]").fill("2015-06-30")
    plain.get_by_role("button", name="保存").click()
    assert [each.title for each in reported.milestones.all()] == ["方案印发", "平台上线"]
