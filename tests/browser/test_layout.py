"""What stands where: nothing covers what is pressed or read, and the first screen shows what matters."""

import datetime

import pytest
from playwright.sync_api import expect

from reports.actions.periods import open_period
from reports.actions.review import accept
from reports.actions.writing import submit
from tests.browser.conftest import DESK, PHONE
from tests.conftest import OCTOBER

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


@pytest.fixture
def with_september(plan, task, reporter, office, fill, at):
    """A month before, accepted, so that there is something to carry forward."""
    at("2015-09-20 10:00")
    accept(submit(fill(open_period(plan, datetime.date(2015, 9, 1)).reports.get(unit=reporter.unit)), reporter), office)
    at("2015-10-20 10:00")
    return open_period(plan, OCTOBER).reports.get(unit=reporter.unit).entries.get()


def test_one_task_of_the_month_fits_on_the_screen(visit, reporter, with_september):
    page = visit(reporter, DESK)
    page.goto("/month/2015-10/")
    page.wait_for_selector("#month[data-ready]")
    left, top, right, bottom = place(page.locator(f"#e{with_september.pk}"))
    bar = place(page.locator(".month-bar"))
    assert bottom - top < DESK[1] - 51 - (bar[3] - bar[1])
    expect(page.get_by_role("button", name="保存", exact=True)).to_have_count(0)


def test_a_short_notice_does_not_cover_the_button_to_submit(visit, reporter, with_september):
    page = visit(reporter, DESK)
    page.goto("/month/2015-10/")
    page.wait_for_selector("#month[data-ready]")
    page.get_by_role("button", name="带入本月").click()
    toast = page.locator("#toasts .toast").first
    expect(toast).to_contain_text("撤销")
    assert place(toast)[3] <= place(page.locator(".month-bar"))[1]


def test_a_phone_shows_last_month_before_the_boxes_to_fill(visit, reporter, with_september):
    page = visit(reporter, PHONE)
    page.goto("/month/2015-10/")
    entry = page.locator(f"#e{with_september.pk}")
    assert place(entry.get_by_role("button", name="带入本月"))[3] < place(entry.locator("[name$=-done]"))[1]


def test_a_list_on_a_phone_sets_the_box_to_choose_beside_its_row_s_name(visit, office, period, reporter, fill):
    submit(fill(period.reports.get(unit=reporter.unit)), reporter)
    page = visit(office, PHONE)
    page.goto("/review/")
    expect(page.get_by_role("button", name="打印")).to_be_hidden()
    late = page.get_by_text("只看迟报")
    assert place(late)[2] - place(late)[0] > 50
    row = page.locator("main tbody tr").first
    box, name = place(row.locator("input[type=checkbox]")), place(row.get_by_role("link", name="县民政局"))
    assert abs((box[1] + box[3]) - (name[1] + name[3])) < 20


def test_the_months_of_all_units_stay_beside_their_names_on_a_phone(visit, leader, period):
    page = visit(leader, PHONE)
    page.goto("/filing/")
    name = page.get_by_role("link", name="县民政局", exact=True)
    before = place(name)[0]
    page.locator(".table-wrap").evaluate("box => { box.scrollLeft = 200; }")
    assert place(name)[0] == before


def test_paper_says_that_data_are_examples(visit, office, period, settings):
    settings.DEMO = True
    page = visit(office, DESK)
    page.goto("/dashboard/")
    page.emulate_media(media="print")
    expect(page.locator(".demo-line")).to_be_visible()
    expect(page.locator(".demo-line")).to_contain_text("示例数据")
    expect(page.locator(".topbar")).to_be_hidden()
