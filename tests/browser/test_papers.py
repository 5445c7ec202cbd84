"""A bulletin written in the browser: figures that nobody types over, paragraphs that save themselves, two people at one."""

import datetime

import pytest

from supervision.actions.papers.drafting import start
from supervision.actions.papers.letterheads import keep_letterhead
from supervision.models import Block
from tests.browser.axe import assert_no_serious
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
FIGURE = {"value": "72", "label": "任务数", "rule": "在执行的任务72项", "address": "", "records": []}


@pytest.fixture
def paper(office, plan, reform_office, make_user):
    make_user("gaigeban.head", "HEAD", reform_office, name="何主任")
    keep_letterhead(reform_office, "BULLETIN", office, masthead="改革通报", series="改革通报", numbering="ISSUE")
    made = start(office, "BULLETIN", plans=[plan], month=datetime.date(2015, 9, 1))
    made.blocks.all().delete()
    text = "全县⟦a⟧项任务，请于10月30日前报送。"
    Block.objects.create(paper=made, order=1, text=text, figures={"a": FIGURE, "b": FIGURE | {"value": "5"}})
    return made


def text_of(paper):
    return paper.blocks.get().text


def saved(page):
    return page.expect_response(lambda answer: "/blocks/" in answer.url and answer.request.method == "POST")


def test_words_are_written_around_figures_and_saved_by_themselves(paper, visit, office):
    page = visit(office)
    page.goto(f"/papers/{paper.pk}/edit/")
    assert_no_serious(page)
    box = page.get_by_role("textbox", name="第1段")
    box.click()
    with saved(page):
        page.keyboard.press("Control+End")
        page.keyboard.type("逾期的说明原因。")
        page.get_by_role("heading", name="签发前").click()
    page.get_by_text("已保存").wait_for()
    assert text_of(paper) == "全县⟦a⟧项任务，请于10月30日前报送。逾期的说明原因。"
    with saved(page):
        page.get_by_role("button", name="任务数 5").click()
    assert text_of(paper).endswith("原因。⟦b⟧")
    page.get_by_role("button", name="送签发").click()
    page.get_by_text("待签发").first.wait_for()
    paper.refresh_from_db()
    assert paper.status == "SIGNING"


def test_two_people_at_one_paragraph_keep_both_texts(paper, visit, office, make_user, reform_office):
    colleague = make_user("gaigeban2", "OFFICE", reform_office, name="林复")
    first, second = visit(office), visit(colleague)
    for page in (first, second):
        page.goto(f"/papers/{paper.pk}/edit/")
        page.get_by_role("textbox", name="第1段").click()
        page.keyboard.press("Control+End")
    with saved(first):
        first.keyboard.type("甲写。")
        first.get_by_role("heading", name="签发前").click()
    with saved(second):
        second.keyboard.type("乙写。")
        second.get_by_role("heading", name="签发前").click()
    second.get_by_text("两份都已保留").first.wait_for()
    second.faults.clear()
    assert text_of(paper).endswith("甲写。")
    with saved(second):
        second.get_by_role("button", name="按我的保存").click()
    assert text_of(paper).endswith("报送。乙写。")


def test_on_a_phone_and_without_script(paper, visit, office):
    page = visit(office, size=PHONE, scripts=False)
    page.goto(f"/papers/{paper.pk}/edit/")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.locator("textarea[name=text]").fill("没有脚本，⟦a⟧项。")
    page.get_by_role("button", name="保存", exact=True).first.click()
    assert text_of(paper) == "没有脚本，⟦a⟧项。"


def test_what_is_printed_from_the_reading_page_begins_on_its_first_sheet(paper, visit, office):
    page = visit(office)
    page.goto(f"/papers/{paper.pk}/")
    page.emulate_media(media="print")
    # A named page would begin a sheet of its own behind the head.
    assert page.locator(".paper-letter").evaluate("(paper) => getComputedStyle(paper).page") == "auto"
