"""The rules by which interviews are proposed: read in words, changed as versions, named by what they proposed."""

import datetime

import pytest

from kit.refusal import Refusal
from reports.models import Period, Standing
from supervision.actions.interview_rules import change_interview_rule
from supervision.actions.interviews import propose_interviews
from supervision.models import InterviewRule, Occasion
from tasks.models import PlanEvent
from tests.pages import folded

D = datetime.date
AS_SHIPPED = {"times": 2, "level": "FIRST", "organiser": "", "talker": "", "basis": "", "is_used": True}
RULES = 7


def sent(**changed):
    """The form as the page sends it with nothing changed but ``changed``."""
    first = AS_SHIPPED | {"is_used": "on", "reason": "两个月太紧", "version": "1"}
    return {name: value for name, value in (first | changed).items() if value is not None}


@pytest.fixture
def red(plan, task):
    """The task was red in the last three closed months."""
    for number in (7, 8, 9):
        opens, due, closes = (datetime.datetime(2015, number, day, tzinfo=datetime.UTC) for day in (1, 25, 28))
        times = {"opens_at": opens, "on_time_until": due, "open_until": closes, "closed_at": closes}
        period = Period.objects.create(plan=plan, month=D(2015, number, 1), **times)
        told = {"task_number": "43", "task_title": "核对平台", "progress": 1, "expected": 50, "light": "RED"}
        Standing.objects.create(period=period, task=task, **told)


def test_everyone_in_the_business_reads_them_and_who_keeps_them_changes(
    plan, office, inspector, leader, reporter, other_office, admin, sign_in
):
    for user, status in ((office, 200), (inspector, 200), (leader, 403), (reporter, 403), (other_office, 403)):
        page = folded(sign_in(user).get(f"/plans/{plan.pk}/interviews/"))
        assert "牵头的任务或服务的项目连续2个月红灯" in page
        assert "一级约谈，由县分管领导谈，主管办公室组织" in page
        assert "排名连续2次靠后" in page
        assert (">修改</a>" in page) == (status == 200)
        client = sign_in(user)
        assert client.get(f"/plans/{plan.pk}/interviews/red/").status_code == status
        if status == 403:
            assert client.post(f"/plans/{plan.pk}/interviews/red/", sent()).status_code == 403
    assert sign_in(admin).get(f"/plans/{plan.pk}/interviews/").status_code == 403
    assert sign_in(office).get(f"/plans/{plan.pk}/interviews/no-such/").status_code == 404


def test_a_change_is_a_version_that_the_next_proposal_names(plan, red, office, civil, make_unit, sign_in):
    make_unit("县纪委")
    client, address = sign_in(office), f"/plans/{plan.pk}/interviews/red/"
    told = sent(times="3", level="SECOND", organiser="县纪委", talker="县委书记", basis="县委会议纪要")
    assert "已改为第2版" in folded(client.post(address, told, follow=True))
    page = folded(client.get(f"/plans/{plan.pk}/interviews/"))
    assert "连续3个月红灯" in page
    assert "二级约谈，由县委书记谈，县纪委组织" in page
    assert "两个月太紧" in page
    event = PlanEvent.objects.newest().first()
    assert (event.verb, event.note) == ("修改约谈规则", "两个月太紧")
    assert event.changes["约谈规则"][1].endswith("县纪委组织（第2版）")
    made = propose_interviews(plan, office)[0]
    assert (made.rule_version, made.unit.name, made.level, made.chair) == (2, "县纪委", "SECOND", "县委书记")
    assert (made.span, made.month) == (3, D(2015, 7, 1))
    assert made.basis.startswith("牵头的任务或服务的项目连续3个月红灯")
    assert "第2版" in folded(client.get("/interviews/"))
    # A link within a sentence is told from it by more than its colour.
    assert f'in-text" href="/plans/{plan.pk}/interviews/">规则第2版</a>' in client.get("/interviews/").content.decode()
    assert "约谈规则第2版" in folded(client.get(f"/occasions/{made.pk}/"))


def test_without_a_change_the_shipped_rule_is_named(plan, red, office):
    made = propose_interviews(plan, office)[0]
    assert (made.rule_version, made.span, made.month) == (1, 2, D(2015, 8, 1))


def test_a_rule_that_is_not_used_proposes_nothing_and_nothing_proposed_goes(plan, red, office):
    change_interview_rule(plan, office, "RED", reason="先不用", **AS_SHIPPED | {"is_used": False})
    assert propose_interviews(plan, office) == []
    change_interview_rule(plan, office, "RED", reason="再用", **AS_SHIPPED)
    assert len(propose_interviews(plan, office)) == 1
    change_interview_rule(plan, office, "RED", reason="又不用", **AS_SHIPPED | {"is_used": False})
    assert Occasion.objects.get().rule_version == 3


def test_one_plans_rules_are_not_anothers(plan, law_plan, office):
    change_interview_rule(plan, office, "REFUSED", reason="三次", **AS_SHIPPED | {"times": 3})
    assert InterviewRule.objects.in_force(plan)["REFUSED"].times == 3
    assert InterviewRule.objects.in_force(law_plan)["REFUSED"].times == 2


def test_a_new_year_begins_with_the_rules_of_the_last_and_counts_on(plan, make_plan, office, other_office, sign_in):
    change_interview_rule(plan, office, "REFUSED", reason="三次", **AS_SHIPPED | {"times": 3})
    after = make_plan(plan.office, year=2016)
    elsewhere = [make_plan(other_office.unit, "法治建设年", year=2016), make_plan(plan.office, "作风年", "OTHER", 2016)]
    assert InterviewRule.objects.in_force(after)["REFUSED"].times == 3
    assert [InterviewRule.objects.in_force(each)["REFUSED"].times for each in elsewhere] == [2, 2]
    page = folded(sign_in(office).get(f"/plans/{after.pk}/interviews/"))
    assert '第2版<br><span class="muted">2015年</span>' in page
    change_interview_rule(after, office, "REFUSED", reason="四次", **AS_SHIPPED | {"times": 4})
    assert InterviewRule.objects.in_force(after)["REFUSED"].version == 3
    assert InterviewRule.objects.in_force(plan)["REFUSED"].times == 3


def test_only_the_plan_of_its_document_is_told_a_rules_basis(plan, make_plan, office):
    other = make_plan(plan.office, "营商环境年", "OTHER")
    other.document_number = "清政办发〔2015〕7号"
    here, there = (InterviewRule.objects.in_force(each)["LOW"] for each in (plan, other))
    assert here.basis.startswith("株县办〔2015〕4号")
    assert (there.basis, there.said) == ("", here.said)


def test_who_took_the_organisers_place_organises(plan, red, office, make_unit):
    gone, now = make_unit("县监察局"), make_unit("县纪委")
    gone.active_to, gone.successor = D(2015, 6, 30), now
    gone.save()
    change_interview_rule(plan, office, "RED", reason="x", **AS_SHIPPED | {"organiser": "县监察局"})
    assert propose_interviews(plan, office)[0].unit == now


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"times": "0"}, "1"),
        ({"times": "13"}, "12"),
        ({"times": "两"}, "整数"),
        ({"level": "THIRD"}, "选择一个有效"),
        ({"organiser": "没有的局"}, "没有名为“没有的局”的单位"),
        ({"reason": " "}, "请填写为什么改"),
        ({"talker": "长" * 61}, "谁来谈不超过60字，现有61字"),
        ({"reason": "没有改什么"}, "没有改动，不用另立一版"),
        ({"times": "3", "version": "0"}, "刚刚有人改到第1版"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(plan, office, sign_in, wrong, said):
    answer = sign_in(office).post(
        f"/plans/{plan.pk}/interviews/red/", sent(basis="纪要" * ("reason" not in wrong)) | wrong
    )
    assert answer.status_code == 422
    assert said in folded(answer)
    assert not InterviewRule.objects.exists()


def test_two_at_once_one_is_told(plan, office, inspector):
    change_interview_rule(plan, office, "RED", reason="x", seen_version=1, **AS_SHIPPED | {"times": 3})
    with pytest.raises(Refusal, match="刚刚有人改到第2版"):
        change_interview_rule(plan, inspector, "RED", reason="y", seen_version=1, **AS_SHIPPED | {"times": 4})


@pytest.mark.parametrize("changes", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(changes, plan, office, sign_in, django_assert_num_queries):
    for number in range(changes):
        change_interview_rule(plan, office, "RED", reason="x", **AS_SHIPPED | {"times": 3 + number})
    client = sign_in(office)
    client.get("/inbox/")
    with django_assert_num_queries(RULES):
        client.get(f"/plans/{plan.pk}/interviews/")
