"""A document arrives."""

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Refusal
from tasks.actions.receiving import MOST_CHARACTERS, draft_of, plain, receive, text_of
from tasks.models import PlanReading, PlanReadingEvent
from tasks.reader import read
from tasks.reader.files import Unreadable
from tests.loading import DOCUMENT, long_document


def test_everything_is_kept(reading, office, reform_office):
    stored = PlanReading.objects.get()
    assert (stored.text, stored.by, stored.unit, stored.version) == (DOCUMENT, office, reform_office, 1)
    assert len(stored.draft["plans"][0]["tasks"]) == 3
    plan = stored.draft["plans"][0]
    assert (plan["title"], plan["year"], plan["office"]) == ("清江县2016年“服务提升年”活动实施方案", 2016, "县委改革办")
    assert [(task["number"], task["section"], task["due_on"]) for task in plan["tasks"]] == [
        ("1", "s0", "2016-06-30"),
        ("2", "s0", ""),
        ("3", "s1", ""),
    ]
    assert [aside["title"] for aside in plan["asides"]] == ["总体要求", "工作要求"]
    event = PlanReadingEvent.objects.get()
    assert (event.verb, event.actor, event.note) == (
        "识别方案文件",
        office,
        "服务提升年.txt：1个方案，3项任务，0处待核对",
    )


@pytest.mark.parametrize("who", ["reporter", "head", "leader", "inspector", "auditor"])
def test_only_offices_and_the_administrator_load(who, cast):
    with pytest.raises(PermissionDenied):
        receive(cast[who], "a.txt", DOCUMENT, "0")
    assert not PlanReading.objects.exists()


def test_the_office_is_the_unit_reports_go_to(admin, reform_office):
    text = DOCUMENT.replace("每月底前报送进展情况", "每月底前将进展情况报送至县委改革办")
    assert receive(admin, "a.txt", text, "0").draft["plans"][0]["office"] == "县委改革办"


def test_the_day_reports_are_due_is_the_one_the_text_names(office):
    text = DOCUMENT.replace("每月底前报送进展情况", "每月25日前报送进展情况")
    days = [receive(office, "a.txt", each, f"{len(each)}").draft["plans"][0]["due_day"] for each in (DOCUMENT, text)]
    assert days == [None, 25]


def test_of_several_plans_those_that_name_no_office_are_told(office, civil):
    head, first = DOCUMENT.split("\n\n", 1)
    second = first.replace("服务提升年", "作风建设年").replace("报送进展情况", "报送县民政局")
    head = head.replace("的通知", "、《清江县2016年“作风建设年”活动实施方案》的通知")
    draft = receive(office, "a.txt", f"{head}\n\n{first}\n\n{second}", "0").draft
    assert [plan["office"] for plan in draft["plans"]] == ["县委改革办", "县民政局"]
    told = [problem for problem in draft["problems"] if "主管办公室先填为县委改革办" in problem["reason"]]
    assert [problem["text"] for problem in told] == [draft["plans"][0]["title"]]


def test_an_administrator_has_no_unit_to_propose_as_office(admin):
    assert receive(admin, "a.txt", DOCUMENT, "0").draft["plans"][0]["office"] == ""


def test_nothing_to_read(office):
    with pytest.raises(Refusal):
        receive(office, "a.txt", " \n ", "0")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_same_text_in_any_encoding(encoding):
    text = text_of("a.txt", DOCUMENT.replace("\n", "\r\n").encode(encoding))
    assert text == DOCUMENT
    assert [task.number for task in read(text).plans[0].tasks] == ["1", "2", "3"]


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff"])
def test_no_words_at_all(text):
    with pytest.raises(Unreadable, match="没有文字"):
        plain(text)


def test_endless_text():
    with pytest.raises(Unreadable, match="超过15万字"):
        plain("字" * (MOST_CHARACTERS + 1))


def test_several_leads_are_told():
    text = "一、主要任务\n1.做好甲事，持续推进。（牵头单位：县民政局、县人社局；配合单位：县水利局）"
    draft = draft_of(text)
    assert "第一个列为牵头" in draft["problems"][0]["reason"]
    assert draft["problems"][0]["place"] == text.index("1.")


def test_three_hundred_tasks():
    text = long_document(300)
    assert len(draft_of(text)["plans"][0]["tasks"]) == 300


def test_who_sees_a_document(reading, cast, make_user, reform_office):
    colleague = make_user("kolleg", "OFFICE", reform_office)
    seen = {name for name, user in cast.items() if PlanReading.objects.visible_to(user).exists()}
    assert seen == {"office", "admin"}
    assert PlanReading.objects.visible_to(colleague).exists()
