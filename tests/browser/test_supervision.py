"""Every page of what is handed down, met about and inspected, full of long words: nothing grave for axe, no sideways scroll, keys suffice."""

import datetime
import uuid

import pytest
from playwright.sync_api import expect

from kit import clock
from supervision.actions.directives import checking, pleas
from supervision.actions.directives.answering import answer, hand_in, sign
from supervision.actions.directives.drafting import draft
from supervision.actions.findings import note_finding
from supervision.actions.meetings import revise_occasion, settle_occasion
from supervision.actions.occasions import announce_occasion, hold_occasion, plan_occasion, set_stops
from supervision.actions.rhythms import keep_rhythm
from tests.browser.axe import assert_no_serious
from tests.browser.conftest import DESK, PHONE
from tests.supervision.conftest import stop_at
from tests.supervision.directives import bring_to, hand_down

pytestmark = pytest.mark.django_db(transaction=True)
D = datetime.date
LONG = "江湾段二十三户房屋征拆https://www.example.gov.cn/zhengchai/2015/10/20/jiangwanduan.html"[:60]
WORD = "http://www.example.gov.cn/" + "a" * 120


@pytest.fixture
def full(cast, plan, task, inspector, reporter, head, civil, water, labour, law_office, outsider):
    """Directives in every state, an inspection that is over and one to come, an interview, the rules of a calendar."""
    beside = {"source_text": WORD, "points": [(WORD, None), ("现场交接", D(2015, 10, 28))], "task": task}
    sent, ongoing, checked, asked, refused, goes_on = (
        hand_down(inspector, civil, title=LONG, helpers=[water], co_issuers=[law_office], **beside)[0] for _ in range(6)
    )
    bring_to(ongoing, "ONGOING", reporter)
    for row in (checked, refused):
        sign(row, reporter)
        answer(row, reporter, {1: WORD, 2: WORD})
        hand_in(row, reporter)
    checking.refuse(refused, inspector, wanting={2: WORD}, due_on=D(2015, 11, 6))
    pleas.object_to(asked, reporter, reason=WORD)
    bring_to(goes_on, "ONGOING", reporter)
    plea = pleas.ask_continuing(goes_on, reporter, reason=WORD, goal=WORD, until=D(2015, 12, 1))
    pleas.decide(plea, inspector, granted=True)
    hand_down(inspector, civil, water, labour, title="报送本单位实施方案")
    unsent = draft(inspector, title=LONG, units=[civil], due_on=D(2015, 10, 30), **beside)[0]
    directives = [sent, ongoing, checked, asked, refused, goes_on, unsent]
    over, ahead, talk = (
        plan_occasion(plan, inspector, kind, month=D(2015, 10, 1), title=title, held_on=held_on, content=WORD)
        for kind, title, held_on in (
            ("INSPECTION", "三季度督查", D(2015, 10, 19)),
            ("INSPECTION", LONG, D(2015, 10, 26)),
            ("INTERVIEW", "约谈县民政局", D(2015, 10, 20)),
        )
    )
    for each in (over, ahead, talk):
        set_stops(each, inspector, [stop_at(unit=civil, people="主要负责人"), stop_at(unit=water)])
        announce_occasion(each, inspector)
    for each in (over, talk):
        hold_occasion(each, inspector)
        note_finding(each, inspector, key=uuid.uuid4(), stop=None, text=WORD, kind="FINDING", unit=civil)
        revise_occasion(each, inspector, notes=WORD, conclusion=WORD)
    settle_occasion(over, inspector)
    keep_rhythm(plan, cast["office"], title="一月一调度", record="MEETING", months=list(range(1, 13)))
    return {"directives": [row.pk for row in directives], "occasions": [over.pk, ahead.pk, talk.pk], "plan": plan.pk}


def pages(full):
    """{role: addresses}."""
    d, (over, ahead, talk) = full["directives"], full["occasions"]
    sent, ongoing, checked, asked, refused, goes_on, unsent = (f"/directives/{key}/" for key in d)
    return {
        "reporter": [
            "/directives/?tab=all", sent, ongoing, refused, goes_on, f"{sent}do/object/", f"{ongoing}do/extend/",
            f"{ongoing}do/continue/", f"{goes_on}do/goal/", f"/occasions/{over}/", f"/occasions/{over}/answer/", "/items/",
            "/occasions/", "/",
        ],
        "inspector": [
            "/directives/?tab=all", "/directives/?tab=drafts", "/directives/counts/", "/directives/counts/?by=cause&day=2015-10-20",
            "/directives/new/", unsent, f"{unsent}edit/", checked, asked, f"{asked}decide/", f"{goes_on}do/review/",
            f"{checked}do/hand-over/", "/occasions/", "/occasions/new/?kind=INSPECTION", "/occasions/new/?kind=INTERVIEW",
            f"/occasions/{over}/", f"/occasions/{ahead}/", f"/occasions/{ahead}/stops/", f"/occasions/{ahead}/drop/",
            f"/occasions/{talk}/", f"/occasions/{talk}/note/", f"/occasions/{over}/word/", "/inspections/", "/inspections/look/",
            "/interviews/", "/schemes/", "/burden/", "/rhythm/", "/rhythm/list/",
        ],
        "leader": ["/directives/order/", goes_on, f"{sent}do/remark/", "/overview/", "/visits/", "/visits/new/"],
        "office": ["/rhythm/", f"/plans/{full['plan']}/rhythm/", "/occasions/", "/interviews/", "/dispatch/", "/words/"],
    }  # fmt: skip


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("who", ["reporter", "inspector", "leader", "office"])
def test_every_page(full, cast, visit, who, size):
    page, wrong = visit(cast[who], size), []
    for address in pages(full)[who]:
        answer = page.goto(address)
        assert answer.ok, (address, answer.status)
        assert_no_serious(page)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > size[0]:
            wrong.append((address, width))
    assert wrong == []


def test_what_is_refused_stands_on_the_form_and_is_found_by_key(full, cast, visit):
    page = visit(cast["inspector"], DESK)
    page.goto("/directives/new/")
    page.locator("[name=title]").fill("征拆")
    page.locator("[name=units]").fill("没有局")
    page.locator("[name=due_on]").fill("2015-10-31")
    page.locator("form[method=post] button.btn-primary").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("没有名为“没有局”的单位")
    expect(page.locator("main")).to_contain_text("2015-10-31是休息日，可以改为2015-11-02")
    assert_no_serious(page)
    expect(page.locator("[name=title]")).to_have_value("征拆")


def test_a_unit_answers_with_the_keyboard_alone(full, cast, visit):
    page = visit(cast["reporter"], DESK)
    page.goto(f"/directives/{full['directives'][1]}/")
    page.locator("[name=answer_1]").focus()
    page.keyboard.type("已列出")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "answer_2":
            break
    page.keyboard.type("已交接")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "hand_in":
            break
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("待核查")


@pytest.mark.parametrize("kind", ["slip", "notice", "urging"])
def test_a_slip_stays_within_its_paper(full, cast, visit, kind):
    page = visit(cast["inspector"], DESK)
    page.goto(f"/directives/{full['directives'][4]}/paper/{kind}/")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    assert clock.today() == D(2015, 10, 20)


def test_a_calendar_on_a_phone_says_whose_duties_they_are_wherever_it_stands(visit, plan, cast):
    keep_rhythm(plan, cast["office"], title="一月一调度", record="MEETING", months=list(range(1, 13)))
    page = visit(cast["office"], PHONE)
    page.goto("/rhythm/")
    name = page.locator("table.duties .section-row span")
    for place in (0, 9999):
        page.locator("table.duties").evaluate("(table, place) => { table.parentElement.scrollLeft = place; }", place)
        box = name.bounding_box()
        assert 0 <= box["x"] < box["x"] + box["width"] <= PHONE[0]
