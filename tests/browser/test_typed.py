"""Forms of what is handed down keep what is typed: a closed window, two windows, a colleague meanwhile lose nothing."""

import datetime

import pytest
from playwright.sync_api import expect

from supervision.actions.directives.answering import answer
from supervision.actions.occasions import plan_occasion
from supervision.actions.rhythms import keep_rhythm
from supervision.models import Directive, Point
from tests.browser.axe import assert_no_serious
from tests.browser.conftest import PHONE
from tests.supervision.directives import bring_to, hand_down
from units.models import Typed

pytestmark = pytest.mark.django_db(transaction=True)
READY = "form[data-ready]"


@pytest.fixture
def given(inspector, civil, reporter):
    return bring_to(hand_down(inspector, civil)[0], "ONGOING", reporter)


def opened(page, address):
    page.goto(address)
    page.wait_for_selector(READY, state="attached")
    return page


def typed(page, name, text):
    page.locator(f"[name={name}]").fill(text)
    expect(page.locator("[data-typed-state]")).to_have_text("有改动，几秒后自动保存")
    expect(page.locator("[data-typed-state]")).to_contain_text("已自动保存，还没有提交")


def test_an_answer_is_there_again_after_the_window_closed_and_goes_when_it_is_handed_in(visit, given, reporter):
    page = opened(visit(reporter), f"/directives/{given.pk}/")
    typed(page, "answer_1", "分户表已附\n共23户")
    assert Point.objects.get(directive=given, number=1).answer == ""
    page = opened(visit(reporter), f"/directives/{given.pk}/")
    expect(page.locator("[name=answer_1]")).to_have_value("分户表已附\n共23户")
    expect(page.locator("[data-typed-state]")).to_contain_text("的草稿填，还没有提交")
    assert_no_serious(page)
    page.get_by_role("button", name="保存答复").click()
    expect(page.get_by_text("答复已保存")).to_be_visible()
    assert Point.objects.get(directive=given, number=1).answer == "分户表已附\n共23户"
    assert not Typed.objects.exists()


def test_what_is_not_wanted_goes(visit, given, reporter):
    page = opened(visit(reporter), f"/directives/{given.pk}/")
    typed(page, "answer_1", "写错了")
    page.get_by_role("button", name="不要草稿").click()
    expect(page.locator("[name=answer_1]")).to_have_value("")
    assert not Typed.objects.exists()


def test_a_stale_window_is_told_and_both_texts_are_kept(visit, given, reporter):
    one, other = (opened(visit(reporter), f"/directives/{given.pk}/") for _ in "12")
    typed(one, "answer_1", "甲")
    other.locator("[name=answer_2]").fill("第二点")
    other.locator("[name=answer_1]").fill("乙")
    expect(other.locator("[data-typed-state]")).to_contain_text("另一个窗口也填过，请选择用哪一份")
    box = other.locator("[data-contested=answer_1]")
    expect(box).to_contain_text("甲")
    assert_no_serious(other)
    box.get_by_role("button", name="接在我的后面").click()
    expect(other.locator("[data-typed-state]")).to_contain_text("已自动保存")
    expect(other.locator("[name=answer_1]")).to_have_value("乙\n甲")
    assert Typed.objects.get().values == {"answer_1": ["乙\n甲"], "answer_2": ["第二点"]}
    # The other window has nothing of its own in the second field: it takes it over.
    one.locator("[name=answer_1]").fill("甲再写")
    box = one.locator("[data-contested=answer_1]")
    expect(box).to_contain_text("乙")
    box.get_by_role("button", name="用框里的").click()
    expect(one.locator("[data-typed-state]")).to_contain_text("已自动保存")
    assert Typed.objects.get().values == {"answer_1": ["甲再写"], "answer_2": ["第二点"]}
    other.faults.clear()
    one.faults.clear()


def test_a_window_whose_form_was_handed_in_elsewhere_is_told(visit, given, reporter):
    one, other = (opened(visit(reporter), f"/directives/{given.pk}/") for _ in "12")
    typed(one, "answer_1", "甲")
    other = opened(other, f"/directives/{given.pk}/")
    one.get_by_role("button", name="保存答复").click()
    expect(one.get_by_text("答复已保存")).to_be_visible()
    other.locator("[name=answer_2]").fill("第二点")
    expect(other.locator("[data-typed-state]")).to_contain_text("已经提交")
    typed(other, "answer_2", "第二点再写")
    other.faults.clear()


def test_what_a_colleague_put_on_record_meanwhile_stands_beside_the_draft(visit, given, reporter, head):
    typed(opened(visit(reporter), f"/directives/{given.pk}/"), "answer_1", "我写的")
    answer(given, head, {1: "负责人写的"})
    page = opened(visit(reporter), f"/directives/{given.pk}/")
    expect(page.locator("[name=answer_1]")).to_have_value("负责人写的")
    page.locator("[data-contested=answer_1]").get_by_role("button", name="用这一份").click()
    expect(page.locator("[name=answer_1]")).to_have_value("我写的")
    expect(page.locator("[data-recorded=answer_1]")).to_contain_text("负责人写的")


def test_a_leaders_order_is_kept_on_the_phone_with_every_choice(visit, leader, inspector, civil):
    page = opened(visit(leader, PHONE), f"/directives/order/?unit={civil.pk}")
    page.get_by_text("半月").click()
    typed(page, "text", "桥不能等拆迁。")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page = opened(visit(leader, PHONE), f"/directives/order/?unit={civil.pk}")
    expect(page.locator("[name=text]")).to_have_value("桥不能等拆迁。")
    expect(page.locator("[name=within][value='10']")).to_be_checked()
    page.get_by_role("button", name="发出批示").click()
    expect(page.get_by_text("已发出")).to_be_visible()
    assert Directive.objects.get().status == "SENT"
    assert not Typed.objects.exists()


def test_the_rows_of_a_paper_come_back_too(visit, inspector):
    page = opened(visit(inspector), "/directives/new/")
    for n in range(4):
        if n >= page.locator("[name=point]").count():
            page.get_by_role("button", name="再加一点").click()
        page.locator("[name=point]").nth(n).fill(f"第{n}件")
    typed(page, "title", "四件事")
    page = opened(visit(inspector), "/directives/new/")
    expect(page.locator("[name=point]").nth(3)).to_have_value("第3件")


def test_the_rows_of_a_schedule_come_back_too_and_go_when_it_is_saved(visit, plan, inspector, civil):
    on = datetime.date(2015, 10, 26)
    occasion = plan_occasion(plan, inspector, "INSPECTION", month=on.replace(day=1), title="督查", held_on=on)
    address = f"/occasions/{occasion.pk}/stops/"
    page = opened(visit(inspector), address)
    drawn = page.locator("[data-rows=s] tr").count()
    page.get_by_role("button", name="再加一行").click()
    page.locator(f"[name=s-{drawn}-unit]").fill("县民政局")
    typed(page, f"s-{drawn}-people", "主要负责人")
    page = opened(visit(inspector), address)
    expect(page.locator(f"[name=s-{drawn}-people]")).to_have_value("主要负责人")
    page.get_by_role("button", name="保存日程").click()
    page.wait_for_url(f"**/occasions/{occasion.pk}/")
    assert [(stop.unit, stop.people) for stop in occasion.stops.all()] == [(civil, "主要负责人")]
    assert not Typed.objects.exists()


def test_a_rule_of_the_calendar_and_a_duty_elsewhere_are_kept(visit, plan, office):
    rules = f"/plans/{plan.pk}/rhythm/"
    typed(opened(visit(office), rules), "title", "一月一调度")
    page = opened(visit(office), rules)
    expect(page.locator("[name=title]")).to_have_value("一月一调度")
    made = keep_rhythm(plan, office, title="一月一会", record="MEETING", months=[10])
    duty = f"/rhythm/{made.pk}/10/"
    typed(opened(visit(office), duty), "text", "在县委会议室开过")
    expect(opened(visit(office), duty).locator("[name=text]")).to_have_value("在县委会议室开过")


def test_a_cut_line_keeps_the_text_and_sends_it_later(visit, given, reporter):
    page = opened(visit(reporter), f"/directives/{given.pk}/")
    page.context.set_offline(True)
    page.locator("[name=answer_1]").fill("断线时写的")
    expect(page.locator("[data-typed-state]")).to_contain_text("文字还在本页")
    page.context.set_offline(False)
    expect(page.locator("[data-typed-state]")).to_contain_text("已自动保存", timeout=15_000)
    assert Typed.objects.get().values["answer_1"] == ["断线时写的"]
    page.faults.clear()
