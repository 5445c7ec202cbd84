"""An inspector records findings on a phone while the line is cut: nothing is lost, nothing is written twice."""

import datetime

import pytest
from playwright.sync_api import expect

from supervision.actions.occasions import plan_occasion, set_stops
from supervision.models import Item, OccasionFile
from tests.browser.axe import assert_no_serious
from tests.browser.conftest import PHONE
from tests.supervision.conftest import stop_at
from units.models import Upload

pytestmark = pytest.mark.django_db(transaction=True)
D = datetime.date
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


@pytest.fixture
def address(programme, inspector, make_project, water):
    inspection = plan_occasion(
        programme, inspector, "INSPECTION", month=D(2015, 10, 1), title="四季度督查", held_on=D(2015, 10, 20)
    )
    set_stops(inspection, inspector, [stop_at(project=make_project("渌水大桥")), stop_at(unit=water)])
    return f"/occasions/{inspection.pk}/note/"


def photographs(number):
    """Different ones: a picture that is there already is not kept twice."""
    return [{"name": f"{n}.png", "mimeType": "image/png", "buffer": PNG + bytes([n])} for n in range(number)]


def note(page, text):
    page.locator("[name=text]").fill(text)
    page.get_by_role("button", name="记下").click()


def test_three_findings_with_the_line_cut_in_between(visit, address, inspector):
    page = visit(inspector, PHONE)
    page.goto(address)
    assert_no_serious(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.locator("[name=stop]").select_option(index=1)
    note(page, "6号墩未见施工")
    expect(page.locator("[data-noted]")).to_contain_text("1. ")
    page.context.set_offline(True)
    page.locator("[name=files]").set_input_files(photographs(3))
    note(page, "4号至9号墩围挡内有17户房屋")
    note(page, "特派员空缺")
    expect(page.locator("[data-offline]")).to_be_visible()
    expect(page.locator("[data-waiting]")).to_have_text("2")
    assert Item.objects.count() == 1
    page.locator("[name=text]").fill("还没有写完的")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("[data-noted] li[data-key]")).to_have_count(0)
    expect(page.locator("[data-noted-count]")).to_have_text("3")
    expect(page.locator("[name=text]")).to_have_value("还没有写完的")
    assert list(Item.objects.order_by("number").values_list("text", flat=True)) == [
        "6号墩未见施工",
        "4号至9号墩围挡内有17户房屋",
        "特派员空缺",
    ]
    assert OccasionFile.objects.filter(item__number=2).count() == 3
    page.faults.clear()


def test_an_answer_that_never_came_writes_nothing_twice(visit, address, inspector):
    page = visit(inspector, PHONE)
    page.goto(address)
    sent = []

    def lose(route):
        sent.append(route.request.post_data)
        route.fetch()
        if len(sent) == 1:
            route.abort()
        else:
            route.continue_()

    page.route("**/note/", lambda route: lose(route) if route.request.method == "POST" else route.continue_())
    note(page, "围挡未拆")
    expect(page.locator("[data-noted] li[data-key]")).to_have_count(0, timeout=15_000)
    assert len(sent) == 2
    assert Item.objects.count() == 1
    page.faults.clear()


def test_what_was_written_before_its_answer_was_lost_stands_once(visit, address, inspector):
    page = visit(inspector, PHONE)
    page.goto(address)

    def lose(route):
        route.fetch()
        route.abort()

    page.route("**/note/", lambda route: lose(route) if route.request.method == "POST" else route.continue_())
    note(page, "围挡未拆")
    expect(page.locator("[data-offline]")).to_be_visible()
    page.unroute_all()
    page.reload()
    expect(page.locator("[data-noted] li[data-key]")).to_have_count(0)
    expect(page.locator("[data-noted-count]")).to_have_text("1")
    expect(page.locator("[data-noted] li")).to_have_count(1)
    page.faults.clear()


def test_two_presses_before_the_store_answers_are_two_findings(visit, address, inspector):
    page = visit(inspector, PHONE)
    page.goto(address)
    page.evaluate(
        """() => {
            const form = document.querySelector("form[data-note]");
            for (const text of ["围挡未拆", "桩机闲置"]) {
                form.querySelector("[name=text]").value = text;
                form.requestSubmit();
            }
        }"""
    )
    expect(page.locator("[data-noted-count]")).to_have_text("2")
    assert set(Item.objects.values_list("text", flat=True)) == {"围挡未拆", "桩机闲置"}


def test_what_is_refused_comes_back_to_be_mended(visit, address, inspector):
    page = visit(inspector, PHONE)
    page.goto(address)
    page.locator("[name=unit]").fill("没有这个局")
    page.locator("[name=files]").set_input_files(photographs(2))
    note(page, "围挡未拆")
    expect(page.locator("[data-noted]")).to_contain_text("没有名为“没有这个局”的单位")
    page.get_by_role("button", name="改后再报").click()
    expect(page.locator("[name=text]")).to_have_value("围挡未拆")
    page.locator("[name=unit]").fill("")
    page.get_by_role("button", name="记下").click()
    expect(page.locator("[data-noted-count]")).to_have_text("1")
    expect(page.locator("[data-noted] li[data-key]")).to_have_count(0)
    assert OccasionFile.objects.count() == 2
    page.faults.clear()


def test_without_script_the_form_notes(new_context, address, inspector):
    page = new_context(PHONE, scripts=False).new_page()
    page.goto("/login/")
    page.locator("[name=username]").fill(inspector.username)
    page.locator("[name=password]").fill("Correct-Horse-9")
    page.locator("[name=password]").press("Enter")
    page.goto(address)
    page.locator("[name=files]").set_input_files(photographs(2))
    page.locator("[name=unit]").fill("没有这个局")
    note(page, "围挡未拆")
    expect(page.get_by_text("不用重选：0.png、1.png")).to_be_visible()
    page.locator("[name=unit]").fill("")
    page.get_by_role("button", name="记下").click()
    expect(page.locator("[data-noted]")).to_contain_text("围挡未拆")
    assert OccasionFile.objects.count() == 2
    assert not Upload.objects.exists()
