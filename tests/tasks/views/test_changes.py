"""The pages of changes of tasks: asked in one form, decided on one page, listed as seen."""

import datetime

import pytest

from reports.actions.periods import open_period
from tasks.actions.changes import agree_change, ask_change
from tasks.models import Task, TaskChange
from tests.pages import folded

D = datetime.date
WHY = {"reason": "省厅接口推迟开通", "so_far": "平台已招标"}
RIGHT = {"kind": "EXTEND", "due_on": "2015-11-30"} | WHY


@pytest.fixture
def due(task):
    task.due_on = task.planned_due_on = D(2015, 10, 31)
    task.save()
    return task


@pytest.fixture
def change(due, reporter):
    return ask_change(due, reporter, "EXTEND", due_on=D(2015, 11, 30), **WHY)


def test_a_question_goes_its_way(due, reporter, office, sign_in):
    client, address = sign_in(reporter), f"/tasks/{due.pk}/change/"
    assert "申请延期、调整" in folded(client.get(f"/tasks/{due.pk}/"))
    assert due.text in folded(client.get(address))
    assert client.post(address, RIGHT).url == f"/tasks/{due.pk}/"
    change = TaskChange.objects.get()
    desk = sign_in(office)
    assert "任务变更" in folded(desk.get("/changes/"))
    page = folded(desk.get(f"/changes/{change.pk}/"))
    assert all(words in page for words in ("延期到2015年11月30日", "省厅接口推迟开通", "平台已招标", "提交审定"))
    assert desk.post(f"/changes/{change.pk}/decide/", {"decision": "agree"}).status_code == 302
    assert Task.objects.get(pk=due.pk).due_on == D(2015, 11, 30)
    page = folded(client.get(f"/tasks/{due.pk}/"))
    assert all(words in page for words in ("原定 2015-10-31", "已延期1次", "变更"))


def test_the_month_leads_to_it_while_it_may_be_asked(due, reporter, co_reporter, plan, sign_in, at):
    open_period(plan, D(2015, 10, 1))
    address = f'href="/tasks/{due.pk}/change/"'
    assert address in sign_in(reporter).get("/month/2015-10/").content.decode()
    assert address not in sign_in(co_reporter).get("/month/2015-10/").content.decode()
    at("2015-11-01 09:00")
    assert address not in sign_in(reporter).get("/month/2015-10/").content.decode()


def test_who_may(due, change, cast, client, sign_in):
    ask, page = f"/tasks/{due.pk}/change/", f"/changes/{change.pk}/"
    for address in (ask, page, "/changes/"):
        assert client.get(address).url.startswith("/login/")
    seen = {who: sign_in(user).get(page).status_code for who, user in cast.items()}
    reads = {"reporter", "head", "office", "co_reporter", "leader", "inspector"}
    assert {who for who, status in seen.items() if status == 200} == reads
    assert {status for who, status in seen.items() if who not in reads} == {404}
    asks = {who for who, user in cast.items() if sign_in(user).get(ask).status_code == 200}
    assert asks == {"reporter", "head"}
    decides = {"decision": "agree"}
    assert {sign_in(cast[who]).post(f"{page}decide/", decides).status_code for who in reads - {"office"}} == {403}
    assert sign_in(cast["office"]).get(f"{page}decide/").status_code == 405
    assert sign_in(cast["office"]).post(f"{page}withdraw/").status_code == 403
    assert sign_in(cast["reporter"]).post(f"{page}withdraw/").status_code == 302
    change.refresh_from_db()
    assert change.status == "WITHDRAWN"


def test_what_was_agreed_is_read_by_everybody_who_reads_plans(change, office, outsider, sign_in):
    agree_change(change, office)
    assert sign_in(outsider).get(f"/changes/{change.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"kind": ""}, "请选择申请什么。"),
        ({"due_on": ""}, "请写明延期到哪一天。"),
        ({"due_on": "十一月底"}, "请写明日期"),
        ({"due_on": "2015-10-01"}, "新的时限须晚于现在的完成时限2015-10-31"),
        ({"kind": "CONTINUE"}, "持续推进须写明阶段目标。"),
        ({"kind": "ADJUST", "text": ""}, "请写明调整后的任务内容。"),
        ({"reason": "长" * 301}, "申请原因不超过300字，现有301字"),
        ({"so_far": ""}, "请填写目前进展。"),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(due, reporter, sign_in, sent, words):
    page = folded(sign_in(reporter).post(f"/tasks/{due.pk}/change/", RIGHT | sent))
    assert words in page
    assert all(value in page for name, value in WHY.items() if name not in sent)
    assert not TaskChange.objects.exists()


def test_declining_needs_a_word_on_the_page(change, office, sign_in):
    answer = sign_in(office).post(f"/changes/{change.pk}/decide/", {"decision": "decline"})
    assert answer.status_code == 422
    assert "请写明不同意的原因。" in answer.content.decode()


def test_a_project_has_no_such_page(make_project, reporter, sign_in):
    assert sign_in(reporter).get(f"/tasks/{make_project('标准厂房').pk}/change/").status_code == 404


def test_the_list_is_filtered_and_handed_out_as_seen(change, office, make_task, plan, civil, reporter, sign_in):
    other = make_task(plan, 46, civil, short_title="社会组织直接登记")
    agree_change(ask_change(other, reporter, "ADJUST", text="改过的内容。", **WHY), office)
    client = sign_in(office)
    page = folded(client.get("/changes/", {"status": "ASKED", "plan": plan.pk}))
    assert "建立居民家庭经济状况核对平台" in page
    assert "社会组织直接登记" not in page
    assert "没有“X”" in folded(client.get("/changes/", {"status": "X"}))
    assert client.get("/changes/", {"kind": "ADJUST", "format": "xlsx"}).headers["Content-Type"].endswith("sheet")


@pytest.mark.parametrize("more", [0, 2])
def test_a_fixed_number_of_questions(
    change, more, make_task, plan, civil, reporter, office, sign_in, django_assert_num_queries
):
    for number in range(more):
        ask_change(make_task(plan, 50 + number, civil), reporter, "ADJUST", text="改过的内容。", **WHY)
    client = sign_in(office)
    client.get("/changes/")
    with django_assert_num_queries(7):
        client.get("/changes/")
    with django_assert_num_queries(9):
        client.get(f"/changes/{change.pk}/")
