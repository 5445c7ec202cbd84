"""The pages of directives: list, one directive, answering, checking, drafts, orders, slips."""

import datetime
import re
from io import BytesIO

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from supervision.actions.directives import answering, checking, pleas
from supervision.actions.directives.drafting import draft
from supervision.models import Directive, DirectiveFile, Plea
from tests.supervision.directives import DUE, bring_to, hand_down

D = datetime.date
NEW = {
    "title": "江湾段23户房屋征拆",
    "kind": "DUTY",
    "units": "县民政局",
    "point": ["列出分户表", ""],
    "point_due": ["", ""],
    "due_on": "2015-10-30",
    "level": "UNIT",
}


@pytest.fixture
def window(sign_in, inspector):
    return sign_in(inspector)


def page_of(client, row, **more):
    return client.get(f"/directives/{row.pk}/", **more).content.decode()


def test_put_down_looked_at_and_issued(window, inspector, civil, labour):
    hand_down(inspector, civil, title="另一件事")
    answer = window.post("/directives/new/", NEW)
    row = Directive.objects.get(status="DRAFT")
    assert answer.url == f"/directives/{row.pk}/"
    page = page_of(window, row)
    assert "已经在办的" in page
    assert "另一件事" in page
    assert "县委督查室核对后下达" in page
    assert window.post(f"/directives/{row.pk}/issue/", {"version": row.version}).status_code == 302
    row.refresh_from_db()
    assert row.code == "交办〔2015〕2号"
    page = page_of(window, row)
    assert "县民政局在10月23日前签收" in page
    assert "下达</button>" not in page


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(window, civil):
    told = NEW | {
        "units": "县民政局、没有局",
        "title": "长" * 61,
        "point": ["甲" * 501],
        "point_due": ["明天"],
        "due_on": "后天",
    }
    answer = window.post("/directives/new/", told)
    page = answer.content.decode()
    assert answer.status_code == 422
    for sentence in ("没有名为“没有局”的单位", "事由不超过60字，现有61字", "要求不超过500字，现有501字", "请写明日期"):
        assert sentence in page
    assert "甲" * 501 in page
    assert not Directive.objects.exists()


def test_five_thousand_characters_of_pasted_text_are_kept_whole(window, civil):
    text = "第一段\r\n" + "文" * 4995
    window.post("/directives/new/", NEW | {"source_text": text})
    assert Directive.objects.get().source_text == text.replace("\r\n", "\n")
    answer = window.post("/directives/new/", NEW | {"source_text": "文" * 5001})
    assert "原文不超过5000字，现有5001字" in answer.content.decode()


def test_a_whole_class_of_units_is_one_paper(window, civil, make_unit):
    towns = [make_unit(name, "TOWNSHIP") for name in ("朱亭镇", "古岳峰镇")]
    window.post("/directives/new/", NEW | {"groups": ["TOWNSHIP"]})
    assert {row.unit for row in Directive.objects.all()} == {civil, *towns}
    first = Directive.objects.get(stands_for_batch=True)
    window.post(f"/directives/{first.pk}/issue/", {"version": first.version})
    page = window.get("/directives/").content.decode()
    assert page.count("江湾段23户房屋征拆</a>") == 1
    assert "3个单位（一批）" in page
    assert "0 / 3 已销号" in page
    assert "逾期" not in _table(window, "")
    shown = window.get(f"/directives/?batch={first.batch_id}&tab=all").content.decode()
    assert shown.count("江湾段23户房屋征拆</a>") == 3


def test_a_batch_says_how_many_of_its_units_are_late(inspector, civil, labour, water, reporter, window, at):
    rows = hand_down(inspector, civil, labour, water)
    mine = next(row for row in rows if row.unit == civil)
    bring_to(mine, "CHECKING", reporter)
    checking.close(mine, inspector, how="看过")
    at("2015-11-02 09:00:00")
    shown = _table(window, "?tab=late")
    assert "2个单位逾期" in shown
    assert "1 / 3 已销号" in shown


def test_an_office_types_what_a_leader_ordered(window, civil, leader):
    window.post("/directives/new/", NEW)
    row = Directive.objects.get()
    told = NEW | {"kind": "ORDER", "ordered_by": leader.pk, "version": row.version}
    window.post(f"/directives/{row.pk}/edit/", told)
    row.refresh_from_db()
    window.post(f"/directives/{row.pk}/issue/", {"version": row.version})
    row.refresh_from_db()
    assert (row.code, row.ordered_by) == ("批办〔2015〕1号", leader)


def test_a_draft_is_corrected_on_its_page(window, inspector, civil, water):
    row = draft(inspector, title="旧题", units=[civil], points=[("甲", None)], due_on=DUE)[0]
    page = window.get(f"/directives/{row.pk}/edit/").content.decode()
    assert 'value="旧题"' in page
    assert 'value="甲"' in page
    told = NEW | {"units": "县水利局", "version": row.version}
    assert window.post(f"/directives/{row.pk}/edit/", told).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.unit) == (NEW["title"], water)
    assert "当前状态为“拟办”" in window.post(f"/directives/{row.pk}/edit/", told).content.decode()


def test_three_clicks_from_the_desk_to_an_answer(given, sign_in, reporter):
    client = sign_in(reporter)
    page = client.get("/directives/").content.decode()
    assert f'href="/directives/{given.pk}/"' in page
    assert re.search(r'<table class="[^"]*\bstack\b', page)
    client.post(f"/directives/{given.pk}/sign/", {"version": given.version})
    page = page_of(client, given)
    assert "还差第1、2点，答完才能报送核查" in page
    told = {"answer_1": "分户表已附", "seen_1": "", "answer_2": "", "seen_2": "", "press": "hand_in"}
    answer = client.post(f"/directives/{given.pk}/", told)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "第2点还没有答复，答完才能报送核查" in page
    assert "分户表已附" in page
    told |= {"answer_2": "已交接", "seen_1": "分户表已附"}
    assert client.post(f"/directives/{given.pk}/", told).status_code == 302
    given.refresh_from_db()
    assert given.status == "CHECKING"
    assert "县委督查室核查" in page_of(client, given)


def test_two_people_answer_at_once(given, sign_in, reporter, head):
    bring_to(given, "ONGOING", reporter)
    told = {"answer_1": "甲说", "seen_1": "", "answer_2": "", "seen_2": "", "press": "keep"}
    sign_in(reporter).post(f"/directives/{given.pk}/", told)
    answer = sign_in(head).post(f"/directives/{given.pk}/", told | {"answer_1": "乙说"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第1点刚刚有人改过，现在是“甲说”" in page
    assert ">\n乙说</textarea>" in page


def test_what_was_kept_before_a_refusal_is_not_somebody_elses(given, sign_in, reporter):
    bring_to(given, "ONGOING", reporter)
    client, address = sign_in(reporter), f"/directives/{given.pk}/"
    told = {"answer_1": "甲说", "seen_1": "", "answer_2": "", "seen_2": "", "press": "hand_in"}
    answer = client.post(address, told)
    page = answer.content.decode()
    assert (answer.status_code, "第2点还没有答复" in page) == (422, True)
    assert '<input type="hidden" name="seen_1" value="甲说">' in page
    told |= {"answer_1": "甲再说", "seen_1": "甲说", "answer_2": "乙说"}
    assert client.post(address, told).status_code == 302
    given.refresh_from_db()
    assert given.status == "CHECKING"


def test_files_go_with_an_answer_and_come_back_out(given, sign_in, reporter, outsider):
    bring_to(given, "ONGOING", reporter)
    client = sign_in(reporter)
    good = SimpleUploadedFile("分户表.pdf", b"%PDF-1.4 x", "application/pdf")
    bad = SimpleUploadedFile("程序.pdf", b"MZ", "application/pdf")
    told = {"answer_1": "已附", "seen_1": "", "answer_2": "", "seen_2": "", "press": "keep"}
    answer = client.post(f"/directives/{given.pk}/", told | {"files_1": [good, bad]}, follow=True)
    assert "第1点的附件没有收下" in answer.content.decode()
    file = DirectiveFile.objects.get()
    assert b"".join(client.get(f"/directive-files/{file.pk}/").streaming_content) == b"%PDF-1.4 x"
    assert sign_in(outsider).get(f"/directive-files/{file.pk}/").status_code == 404
    client.post(f"/directive-files/{file.pk}/remove/")
    assert "分户表.pdf</a>" not in page_of(client, given)
    assert client.get(f"/directive-files/{file.pk}/").status_code == 404


def test_a_file_is_chosen_once_whatever_becomes_of_the_words(given, sign_in, reporter, head):
    bring_to(given, "ONGOING", reporter)
    answering.answer(given, head, {1: "乙说"})
    client, file = sign_in(reporter), SimpleUploadedFile("分户表.pdf", b"%PDF-1.4 x", "application/pdf")
    told = {"answer_1": "甲说", "seen_1": "", "answer_2": "", "seen_2": "", "press": "keep", "files_1": file}
    answer = client.post(f"/directives/{given.pk}/", told)
    assert answer.status_code == 422
    assert "分户表.pdf</a>" in answer.content.decode()
    told = told | {"answer_1": "长" * 2001, "files_1": SimpleUploadedFile("图.pdf", b"%PDF-1.4 y", "application/pdf")}
    assert "图.pdf</a>" in client.post(f"/directives/{given.pk}/", told).content.decode()
    told["files_1"] = SimpleUploadedFile("程序.pdf", b"MZ", "application/pdf")
    assert "第1点的附件没有收下" in client.post(f"/directives/{given.pk}/", told).content.decode()


def test_checked_point_by_point(given, window, reporter):
    bring_to(given, "CHECKING", reporter)
    told = {"check": "1", "version": given.version, "found_1": "ok", "found_2": "more", "wanting_2": "", "due_on": ""}
    answer = window.post(f"/directives/{given.pk}/", told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请写明还要什么" in page
    assert "请写明新期限" in page
    told |= {"wanting_2": "请交现场交接单", "due_on": "2015-11-07"}
    assert (
        "新期限2015-11-07是休息日，可以改为2015-11-09" in window.post(f"/directives/{given.pk}/", told).content.decode()
    )
    window.post(f"/directives/{given.pk}/", told | {"due_on": "2015-11-09"})
    given.refresh_from_db()
    assert (given.status, given.due_on, given.refusals) == ("ONGOING", D(2015, 11, 9), 1)
    stale = window.post(f"/directives/{given.pk}/", told | {"due_on": "2015-11-10"}, follow=True)
    assert "办理中" in stale.content.decode()


def test_closed_when_all_pass(given, window, reporter):
    bring_to(given, "CHECKING", reporter)
    told = {"check": "1", "version": given.version, "found_1": "ok", "found_2": "ok", "how": "看过原件"}
    window.post(f"/directives/{given.pk}/", told)
    given.refresh_from_db()
    assert (given.status, given.conclusion) == ("CLOSED", "看过原件")
    page = window.get("/directives/?tab=closed").content.decode()
    assert "1/1 = 100.0%" in page


@pytest.mark.parametrize(
    ("verb", "status", "told", "becomes"),
    [
        ("withdraw", "SENT", {"reason": "重复"}, "WITHDRAWN"),
        ("hand-over", "ONGOING", {"to": "县纪委", "letter": "〔2015〕3号"}, "MOVED_ON"),
    ],
)
def test_the_other_ways_out(given, window, reporter, verb, status, told, becomes):
    bring_to(given, status, reporter)
    assert f"/do/{verb}/" in page_of(window, given)
    assert window.post(f"/directives/{given.pk}/do/{verb}/", {"version": given.version}).status_code == 422
    window.post(f"/directives/{given.pk}/do/{verb}/", told | {"version": given.version})
    given.refresh_from_db()
    assert given.status == becomes
    assert f"/do/{verb}/" not in page_of(window, given)


def test_which_points_came_back_is_chosen_on_the_page(given, window, inspector, reporter):
    checking.close(bring_to(given, "CHECKING", reporter), inspector, how="看过")
    given.refresh_from_db()
    address = f"/directives/{given.pk}/do/reopen/"
    assert "2. 现场交接" in window.get(address).content.decode()
    told = {"reason": "又占了", "due_on": "2015-11-06", "version": given.version}
    assert "请勾选反弹的是哪几点" in window.post(address, told).content.decode()
    assert window.post(address, told | {"points": ["9"]}).status_code == 422
    assert window.post(address, told | {"points": ["2"]}).status_code == 302
    assert [point.is_open for point in given.points.all()] == [False, True]


def test_asked_and_decided(given, window, sign_in, reporter):
    bring_to(given, "ONGOING", reporter)
    client = sign_in(reporter)
    told = {"reason": "连续下雨", "progress": "一半", "until": "2015-11-06"}
    client.post(f"/directives/{given.pk}/do/extend/", told)
    plea = Plea.objects.get()
    assert "县委督查室决定县民政局的延期申请" in page_of(client, given)
    assert client.get(f"/directives/{given.pk}/decide/").status_code == 403
    answer = window.post(f"/directives/{given.pk}/decide/", {"plea": plea.pk, "granted": "no", "note": ""})
    assert "不同意须写明理由" in answer.content.decode()
    window.post(f"/directives/{given.pk}/decide/", {"plea": plea.pk, "granted": "yes"})
    given.refresh_from_db()
    assert given.due_on == D(2015, 11, 6)
    again = window.post(f"/directives/{given.pk}/decide/", {"plea": plea.pk, "granted": "no", "note": "x"}, follow=True)
    assert "没有重复办理" in again.content.decode()


def test_an_objection_granted_names_the_other_unit(given, window, reporter, water):
    plea = pleas.object_to(given, reporter, reason="属水利局")
    assert "改由哪个单位承办" in window.get(f"/directives/{given.pk}/decide/").content.decode()
    told = {"plea": plea.pk, "granted": "yes", "unit": "县水利局", "due_on": "2015-11-06"}
    window.post(f"/directives/{given.pk}/decide/", told)
    given.refresh_from_db()
    assert given.unit == water


def test_a_leader_orders_from_a_task(sign_in, leader, inspector, task, civil):
    client = sign_in(leader)
    page = client.get(f"/directives/order/?task={task.pk}").content.decode()
    assert "县民政局" in page
    told = {"text": "一周内拿出方案", "who": str(civil.pk), "within": "5"}
    assert client.post(f"/directives/order/?task={task.pk}", told).status_code == 302
    row = Directive.objects.get()
    assert (row.status, row.issuer, row.task, row.unit, row.due_on) == (
        "SENT",
        inspector.unit,
        task,
        civil,
        D(2015, 10, 27),
    )
    assert "批办〔2015〕1号" in client.get(f"/directives/order/?task={task.pk}").content.decode()
    answer = client.post("/directives/order/", {"text": "", "who": "else", "within": "5"})
    assert "请填写批示" in answer.content.decode()
    assert "请写明交给哪个单位" in answer.content.decode()
    client.post("/directives/order/", {"text": "请督查室\r\n\t看看", "who": "left", "within": "none"})
    assert Directive.objects.get(status="DRAFT", ordered_by=leader).title == "请督查室 看看"


def test_who_sees_which_page(given, cast, sign_in):
    answers = {name: sign_in(user).get(f"/directives/{given.pk}/").status_code for name, user in cast.items()}
    seen = {"reporter", "head", "leader", "inspector"}
    assert {name for name, status in answers.items() if status == 200} == seen
    assert {status for name, status in answers.items() if name not in seen} == {404}


@pytest.mark.parametrize("kind", ["slip", "notice", "urging", "extension", "closing"])
def test_slips(given, window, inspector, reporter, kind):
    bring_to(given, "ONGOING", reporter)
    plea = pleas.ask_extension(given, reporter, reason="连续下雨", progress="一半", until=D(2015, 11, 6))
    pleas.decide(plea, inspector, granted=True)
    if kind == "closing":
        given.points.update(answer="x", answered_at=given.sent_at)
        Directive.objects.filter(pk=given.pk).update(status="CHECKING", handed_in_at=given.sent_at)
        checking.close(given, inspector, how="看过原件")
    page = window.get(f"/directives/{given.pk}/paper/{kind}/").content.decode()
    assert "交办〔2015〕1号" in page
    word = {
        "slip": "不归本单位办理的",
        "notice": "2015年11月6日",
        "urging": "立即办理",
        "extension": "☑同意",
        "closing": "看过原件",
    }
    assert word[kind] in page


def test_a_slip_that_does_not_exist(given, window):
    for kind in ("closing", "extension", "nothing"):
        assert window.get(f"/directives/{given.pk}/paper/{kind}/").status_code == 404


def test_sheets(given, window):
    for format in ("xlsx", "ledger"):
        answer = window.get(f"/directives/?format={format}")
        book = load_workbook(BytesIO(answer.content))
        cells = [cell.value for row in book.active.iter_rows() for cell in row]
        assert "江湾段23户房屋征拆" in cells
        assert ("督办号" in cells) == (format == "ledger")


def test_urged_from_the_list(given, window):
    page = window.post("/directives/urge/", {"pick": [given.pk], "note": "抓紧"}, follow=True).content.decode()
    assert "已催办1件" in page
    assert given.events.filter(verb="催办", note="抓紧").exists()
    assert "请先勾选" in window.post("/directives/urge/", {}, follow=True).content.decode()


def test_filters_and_an_unknown_tab(given, window, inspector, water):
    hand_down(inspector, water, title="另一件", level="COUNTY", cause="GROUND")
    shown = {
        query: [title for title in ("江湾段", "另一件") if f"{title}" in _table(window, query)]
        for query in (
            "?q=1号",
            "?q=另一",
            "?unit=shuili",
            "?level=COUNTY",
            "?cause=GROUND",
            "?issuer=督查",
            "?kind=DUTY",
        )
    }
    assert shown == {
        "?q=1号": ["江湾段"],
        "?q=另一": ["另一件"],
        "?unit=shuili": ["另一件"],
        "?level=COUNTY": ["另一件"],
        "?cause=GROUND": ["另一件"],
        "?issuer=督查": ["江湾段", "另一件"],
        "?kind=DUTY": ["江湾段", "另一件"],
    }
    assert "没有“x”" in window.get("/directives/?tab=x").content.decode()


def _table(client, query):
    page = client.get(f"/directives/{query}").content.decode()
    return page[page.index("<table") : page.index("</table>")]


def test_counts_by_each_and_as_of_a_day(given, window, inspector, reporter, water, at):
    other = hand_down(inspector, water, title="另一件")[0]
    bring_to(given, "CHECKING", reporter)
    at("2015-10-22 10:00:00")
    checking.close(given, inspector, how="看过")
    for by in ("unit", "issuer", "kind", "cause", "level"):
        assert "1/2 = 50.0%" in window.get(f"/directives/counts/?by={by}").content.decode()
    assert "0/2 = 0.0%" in window.get("/directives/counts/?day=2015-10-21").content.decode()
    assert other.status == "SENT"


def test_the_list_costs_the_same_however_long_it_is(window, inspector, civil, labour, water, django_assert_num_queries):
    hand_down(inspector, civil)
    hand_down(inspector, civil, labour)
    window.get("/directives/")
    with django_assert_num_queries(LIST):
        window.get("/directives/")
    for _ in range(3):
        hand_down(inspector, water, labour)
        hand_down(inspector, civil)
    with django_assert_num_queries(LIST):
        window.get("/directives/")


LIST = 9


def test_the_dashboard_tells_how_all_of_it_stands_by_the_numbers_of_the_list(
    window, inspector, period, civil, labour, reporter, office, sign_in, at
):
    assert "交办事项</h2>" not in window.get("/dashboard/").content.decode()
    checked = bring_to(hand_down(inspector, civil)[0], "CHECKING", reporter)
    checking.close(checked, inspector, how="现场看过")
    bring_to(hand_down(inspector, civil)[0], "CHECKING", reporter)
    hand_down(inspector, civil, labour)
    at("2015-11-10 10:00:00")
    page = window.get("/dashboard/").content.decode()
    card = lxml.html.fromstring(page).xpath("//section[header/h2='交办事项']")[0]
    told = {
        link.get("href").partition("=")[2]: int(count.text)
        for link, count in zip(card.xpath(".//li/a"), card.xpath(".//li/b"), strict=True)
    }
    assert told == {"open": 3, "late": 2, "check": 1, "closed": 1}
    listed = {name: count for name, _, count, _ in window.get("/directives/").context["tabs"]}
    assert told == {name: listed[name] for name in told}
    assert "销号率 1/4 = 25.0%" in card.text_content()
    assert "交办事项</h2>" not in sign_in(office).get("/dashboard/").content.decode()


def test_what_continues_is_wanted_by_the_day_of_its_review_on_page_and_sheet(window, inspector, civil, reporter):
    row = bring_to(hand_down(inspector, civil)[0], "ONGOING", reporter)
    asked = pleas.ask_continuing(row, reporter, reason="省里暂停受理。", goal="材料备齐", until=D(2015, 11, 27))
    pleas.decide(asked, inspector, granted=True)
    assert "省里暂停受理；阶段目标：材料备齐" in page_of(window, row)
    assert "11-27" in window.get("/directives/?tab=all").content.decode()
    sheet = load_workbook(BytesIO(window.get("/directives/?tab=all&format=xlsx").getvalue())).active
    days = {cell.value for line in sheet.iter_rows() for cell in line if isinstance(cell.value, datetime.datetime)}
    assert days == {datetime.datetime(2015, 11, 27)}
    hand_down(inspector, civil, title="以后再办", due_on=D(2015, 11, 6))
    assert [each.title for each in window.get("/directives/?tab=all").context["table"].rows] == ["以后再办", row.title]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"due_on": "2015-10-31"}, "办结期限2015-10-31是休息日，可以改为2015-11-02。"),
        ({"due_on": "2015-10-19"}, "办结期限2015-10-19已经过去，不能早于今天。"),
        ({"point_due": ["2015-10-31", ""]}, "本点期限2015-10-31是休息日，可以改为2015-11-02。"),
        ({"point_due": ["2015-11-02", ""]}, "本点期限2015-11-02晚于办结期限2015-10-30。"),
    ],
)
def test_a_day_that_cannot_be_is_told_where_it_is_typed(window, civil, told, sentence):
    answer = window.post("/directives/new/", NEW | told)
    assert (answer.status_code, Directive.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()
    assert "列出分户表" in answer.content.decode()
