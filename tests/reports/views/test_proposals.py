"""Self-chosen tasks: a township proposes, the office decides, an accepted one is owed from the running month on."""

import datetime

import pytest
from django.urls import reverse

from reports.actions.periods import open_period
from reports.actions.proposals import propose_task
from reports.models import MonthlyReport
from tasks.models import Task
from tests.conftest import OCTOBER
from units.models import Notice

PROPOSE = "/tasks/propose/"


@pytest.fixture
def proposal(plan, town, mayor, office):
    values = {"short_title": "古镇保护机制", "text": "探索古镇保护。", "due_on": datetime.date(2015, 11, 30)}
    return propose_task(plan, town, mayor, **values)


def values(plan, /, **change):
    return {
        "plan": plan.pk,
        "short_title": "古镇保护管理机制",
        "text": "探索古镇保护。",
        "due_on": "2015-11-30",
    } | change


def decide_url(task):
    return reverse("task_decide", args=[task.pk])


def test_a_stranger_is_led_to_the_login(client, proposal):
    assert client.get(PROPOSE).url.startswith("/login/")
    assert client.get(decide_url(proposal)).url.startswith("/login/")


@pytest.mark.parametrize("who", ["office", "reporter", "head", "leader", "inspector", "admin", "auditor"])
def test_only_townships_propose(who, cast, plan, sign_in):
    client = sign_in(cast[who])
    assert client.get(PROPOSE).status_code == 403
    assert client.post(PROPOSE, values(plan)).status_code == 403
    assert not Task.objects.exists()


def test_other_methods_are_refused(office, mayor, proposal, sign_in):
    assert sign_in(mayor).delete(PROPOSE).status_code == 405
    assert sign_in(office).delete(decide_url(proposal)).status_code == 405


def test_a_township_proposes_and_the_office_is_told(plan, mayor, office, sign_in):
    client = sign_in(mayor)
    assert client.post(PROPOSE, values(plan)).url == PROPOSE
    task = Task.objects.get()
    assert (task.number, task.status, task.lead) == ("自选-朱亭镇-1", "PROPOSED", mayor.unit)
    assert [event.verb for event in task.events.all()] == ["提出自选任务"]
    page = client.get(PROPOSE).content.decode()
    assert "待受理" in page
    assert "还可申报 <b>1</b> 项" in page
    assert Notice.objects.get(user=office).url == decide_url(task)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"due_on": "2016-11-30"}, "须在方案期间（2015-01-01至2015-12-31）内。"),
        ({"short_title": ""}, "请填写任务简称。"),
        ({"short_title": "改"}, "任务简称为8到20字，现有1字。"),
        ({"short_title": "很长" * 11}, "任务简称不超过20字，现有22字"),
        ({"text": "\u200b"}, "请填写任务内容。"),
        ({"plan": "0"}, "选择一个有效的选项"),
    ],
)
def test_a_bad_proposal_says_why_and_keeps_what_was_typed(change, sentence, plan, mayor, sign_in):
    page = sign_in(mayor).post(PROPOSE, values(plan, **change)).content.decode()
    assert sentence in page
    assert (values(plan, **change)["text"] or "古镇保护管理机制") in page
    assert not Task.objects.exists()


def test_two_a_year_and_no_more(plan, mayor, office, proposal, sign_in):
    client = sign_in(mayor)
    client.post(PROPOSE, values(plan))
    page = client.post(PROPOSE, values(plan, short_title="第三项乡镇自选任务")).content.decode()
    assert "每个乡镇每年自选2项任务，本单位2015年已申报2项（含待受理）。" in page
    assert 'value="第三项乡镇自选任务"' in page
    assert Task.objects.count() == 2
    sign_in(office).post(decide_url(proposal), {"decision": "decline", "note": "与第41项重复"})
    client.post(PROPOSE, values(plan, short_title="第三项乡镇自选任务"))
    assert Task.objects.filter(status="PROPOSED").count() == 2
    assert sorted(Task.objects.values_list("number", flat=True)) == [f"自选-朱亭镇-{n}" for n in (1, 2, 3)]


def test_a_long_name_still_fits_into_the_number(plan, make_unit, make_user, sign_in):
    town = make_unit("很长很长很长很长很长很长很长的乡人民政府", "TOWNSHIP")
    sign_in(make_user("long", "REPORTER", town)).post(PROPOSE, values(plan))
    task = Task.objects.get()
    task.full_clean()
    assert task.number.endswith("-1")


@pytest.mark.parametrize("who", ["mayor", "leader", "inspector"])
def test_only_the_office_decides(who, request, proposal, sign_in):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(decide_url(proposal)).status_code == 403
    assert client.post(decide_url(proposal), {"decision": "accept"}).status_code == 403
    assert Task.objects.get().status == "PROPOSED"


@pytest.mark.parametrize("who", ["outsider", "other_office", "auditor"])
def test_for_others_there_is_no_proposal(who, cast, proposal, sign_in):
    assert sign_in(cast[who]).post(decide_url(proposal), {"decision": "accept"}).status_code == 404


def test_an_accepted_one_is_owed_from_the_running_month_on(plan, task, town, mayor, proposal, office, at, sign_in):
    october = open_period(plan, OCTOBER)
    assert not october.reports.filter(unit=town).exists()
    at("2015-11-03 09:00")
    november = open_period(plan, datetime.date(2015, 11, 1))
    response = sign_in(office).post(decide_url(proposal), {"decision": "accept", "note": "列入方案"})
    assert response.url == reverse("task", args=[proposal.pk])
    assert november.reports.get(unit=town).entries.get().task == proposal
    assert not october.reports.filter(unit=town).exists()
    assert [event.verb for event in proposal.events.all()] == ["提出自选任务", "采纳自选任务"]
    assert "已采纳" in Notice.objects.filter(user=mayor).latest("pk").title


def test_a_declined_one_is_answered_with_its_reason_and_owes_nothing(plan, town, mayor, proposal, office, sign_in):
    period = open_period(plan, OCTOBER)
    sign_in(office).post(decide_url(proposal), {"decision": "decline", "note": "与第41项重复"})
    assert not MonthlyReport.objects.filter(period=period, unit=town).exists()
    page = sign_in(mayor).get(PROPOSE).content.decode()
    assert "未采纳" in page
    assert "受理意见：与第41项重复" in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"decision": "decline", "note": " "}, "不采纳须写明原因。"),
        ({"decision": "", "note": "想一想"}, "请填写"),
    ],
)
def test_a_decision_needs_what_it_needs(data, sentence, proposal, office, sign_in):
    page = sign_in(office).post(decide_url(proposal), data).content.decode()
    assert sentence in page
    assert data["note"].strip() in page
    assert Task.objects.get().status == "PROPOSED"


def test_it_is_decided_once(proposal, office, sign_in):
    client = sign_in(office)
    client.post(decide_url(proposal), {"decision": "accept"})
    page = client.post(decide_url(proposal), {"decision": "decline", "note": "迟到"}).content.decode()
    assert "不用再受理" in page
    assert Task.objects.get().status == "NOT_STARTED"
    assert "已经受理" in client.get(decide_url(proposal)).content.decode()


def test_a_task_of_the_document_is_no_proposal(task, office, sign_in):
    assert sign_in(office).get(decide_url(task)).status_code == 404


def revise_url(task, name="task_revise"):
    return reverse(name, args=[task.pk])


def test_a_waiting_proposal_is_corrected_and_the_office_is_told(plan, mayor, office, proposal, sign_in):
    client = sign_in(mayor)
    assert revise_url(proposal) in client.get(PROPOSE).content.decode()
    assert "探索古镇保护。" in client.get(revise_url(proposal)).content.decode()
    typed = values(plan, text="改过的内容。", due_on="2015-12-20")
    assert client.post(revise_url(proposal), typed).url == PROPOSE
    proposal.refresh_from_db()
    assert (proposal.text, proposal.due_on) == ("改过的内容。", datetime.date(2015, 12, 20))
    event = proposal.events.newest().first()
    assert (event.verb, event.changes["任务原文"]) == ("修改自选任务", ["探索古镇保护。", "改过的内容。"])
    assert Notice.objects.filter(user=office, title__contains="修改了申报的自选任务").count() == 1
    client.post(revise_url(proposal), typed)
    assert proposal.events.count() == 2


def test_a_bad_correction_says_why_and_keeps_what_was_typed(plan, mayor, proposal, sign_in):
    page = (
        sign_in(mayor).post(revise_url(proposal), values(plan, short_title="短", text="改过的内容。")).content.decode()
    )
    assert "任务简称为8到20字" in page
    assert "改过的内容。" in page


def test_a_proposal_taken_back_counts_no_more_and_stays_on_record(plan, mayor, office, proposal, sign_in):
    client = sign_in(mayor)
    assert client.post(revise_url(proposal, "task_take_back")).url == PROPOSE
    proposal.refresh_from_db()
    assert (proposal.status, proposal.is_in_force) == ("WITHDRAWN", False)
    assert [event.verb for event in proposal.events.all()] == ["提出自选任务", "撤回自选任务"]
    page = client.get(PROPOSE).content.decode()
    assert "已撤回" in page
    assert "还可申报 <b>2</b> 项" in page
    assert Notice.objects.filter(user=office, title__contains="撤回了申报的自选任务").exists()
    assert "不用再受理" in sign_in(office).post(decide_url(proposal), {"decision": "accept"}).content.decode()
    assert "申报单位已撤回" in client.get(reverse("task", args=[proposal.pk])).content.decode()


def test_what_was_decided_is_neither_corrected_nor_taken_back(plan, mayor, office, proposal, sign_in):
    sign_in(office).post(decide_url(proposal), {"decision": "accept"})
    client = sign_in(mayor)
    assert "不能再修改" in client.get(revise_url(proposal)).content.decode()
    assert "不用再受理" in client.post(revise_url(proposal), values(plan, text="迟到的修改。")).content.decode()
    assert client.post(revise_url(proposal, "task_take_back")).status_code == 400
    assert Task.objects.get().status == "NOT_STARTED"


@pytest.mark.parametrize(("who", "code"), [("office", 403), ("leader", 403), ("reporter", 404), ("auditor", 404)])
def test_only_its_own_township_corrects_it(who, code, cast, proposal, plan, sign_in):
    client = sign_in(cast[who])
    assert client.get(revise_url(proposal)).status_code == code
    assert client.post(revise_url(proposal), values(plan)).status_code == code
    assert client.post(revise_url(proposal, "task_take_back")).status_code == code


def test_corrections_have_their_methods(mayor, proposal, client, sign_in):
    assert client.get(revise_url(proposal)).url.startswith("/login/")
    assert sign_in(mayor).delete(revise_url(proposal)).status_code == 405
    assert sign_in(mayor).get(revise_url(proposal, "task_take_back")).status_code == 405


def test_what_was_changed_since_the_page_was_drawn_is_not_accepted_unread(plan, mayor, office, proposal, sign_in):
    client = sign_in(office)
    seen = client.get(decide_url(proposal)).context["form"].initial["seen"]
    sign_in(mayor).post(revise_url(proposal), values(plan, text="改过的内容。"))
    page = client.post(decide_url(proposal), {"decision": "accept", "seen": seen}).content.decode()
    assert "刚刚改过这项任务" in page
    assert "改过的内容。" in page
    assert Task.objects.get().status == "PROPOSED"


def test_a_task_of_its_own_choice_is_not_called_a_document_s(mayor, proposal, task, sign_in):
    client = sign_in(mayor)
    assert "与文件所印一致" not in client.get(reverse("task", args=[proposal.pk])).content.decode()
    assert "与文件所印一致" in client.get(reverse("task", args=[task.pk])).content.decode()


@pytest.mark.parametrize("rows", [1, 2])
def test_the_page_asks_a_fixed_number_of_questions(rows, plan, mayor, sign_in, django_assert_num_queries):
    client = sign_in(mayor)
    for number in range(rows):
        client.post(PROPOSE, values(plan, short_title=f"乡镇自选改革任务{number}"))
    client.get(PROPOSE)
    with django_assert_num_queries(QUERIES):
        client.get(PROPOSE)


QUERIES = 7
