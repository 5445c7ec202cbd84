"""A month played by hand, verb by verb, with every role that may not and every state that is wrong."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Already, Conflict, Refusal
from reports.models import Workday
from supervision.actions.directives import checking, ending, pleas
from supervision.actions.directives.answering import answer, ask_head, hand_in, reach_goal, sign
from supervision.dashboard.directives import conditions
from supervision.models import Plea
from tests.supervision.directives import DUE, bring_to, hand_down
from units.models import Notice

D = datetime.date
VERBS = {
    "sign": lambda row, by: sign(row, by),
    "answer": lambda row, by: answer(row, by, {1: "分户表已附"}),
    "hand_in": lambda row, by: hand_in(row, by),
    "object_to": lambda row, by: pleas.object_to(row, by, reason="不归本单位"),
    "ask_extension": lambda row, by: pleas.ask_extension(row, by, reason="雨", progress="一半", until=D(2015, 11, 6)),
    "ask_continuing": lambda row, by: pleas.ask_continuing(row, by, reason="跨年", goal="签约", until=D(2015, 11, 6)),
    "reach_goal": lambda row, by: reach_goal(row, by, note="已签约"),
    "close": lambda row, by: checking.close(row, by, how="现场看过"),
    "refuse": lambda row, by: checking.refuse(row, by, wanting={1: "缺编号"}, due_on=D(2015, 11, 6)),
    "review": lambda row, by: checking.review(row, by, note="看过", review_on=D(2015, 12, 4)),
    "withdraw": lambda row, by: ending.withdraw(row, by, reason="重复"),
    "hand_over": lambda row, by: ending.hand_over(row, by, to="县纪委", letter="株县督〔2015〕3号"),
    "reopen": lambda row, by: ending.reopen(row, by, reason="又停工", due_on=D(2015, 11, 6)),
    "urge": lambda row, by: checking.urge([row], by),
}
OF_UNIT = {"sign", "answer", "hand_in", "object_to", "ask_extension", "ask_continuing", "reach_goal"}
# In which of the states each verb does something.
WORKS = {
    "sign": {"SENT"},
    "answer": {"ONGOING"},
    "hand_in": set(),
    "object_to": {"SENT"},
    "ask_extension": {"ONGOING"},
    "ask_continuing": {"ONGOING", "CHECKING"},
    "reach_goal": {"CONTINUING"},
    "close": {"CHECKING"},
    "refuse": {"CHECKING"},
    "review": {"CONTINUING"},
    "withdraw": {"DRAFT", "SENT", "ONGOING", "CHECKING", "CONTINUING"},
    "hand_over": {"DRAFT", "SENT", "ONGOING", "CHECKING", "CONTINUING"},
    "reopen": {"CLOSED", "CONTINUING"},
    "urge": {"SENT", "ONGOING", "CONTINUING"},
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_in_every_state(given, verb, inspector, reporter):
    by = reporter if verb in OF_UNIT else inspector
    worked = set()
    for status in type(given).Status:
        type(given).objects.filter(pk=given.pk).update(status=status, review_on=D(2015, 11, 6))
        given.points.update(answer="", answered_at=None, wanting="", wanted_at=None, accepted_at=None)
        before = given.events.count()
        try:
            VERBS[verb](given, by)
        except (Refusal, Already):
            assert given.events.count() == before
        else:
            worked.add(status.value)
        given.pleas.all().delete()
        given.events.model.objects.filter(verb="催办")._raw_delete(given.events.db)
    assert worked == WORKS[verb]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_and_role(given, verb, cast):
    may = {"reporter", "head"} if verb in OF_UNIT else {"inspector"}
    for name, user in cast.items():
        if name not in may:
            with pytest.raises(PermissionDenied):
                VERBS[verb](given, user)
    assert given.events.count() == 2


PLAYED = [
    ("拟办", "DRAFT"),
    ("下达", "SENT"),
    ("提出异议", "SENT"),
    ("不采纳异议", "SENT"),
    ("签收", "ONGOING"),
    ("答复", "ONGOING"),
    ("报送核查", "CHECKING"),
    ("退回", "ONGOING"),
    ("答复", "ONGOING"),
    ("报送核查", "CHECKING"),
    ("销号", "CLOSED"),
    ("反弹", "ONGOING"),
    ("移交", "MOVED_ON"),
]


def test_a_month(given, inspector, reporter, at):
    """Objection rejected, refused once, one point accepted, closed, come back, handed over."""
    _object_in_vain(given, inspector, reporter, at)
    _answer_and_be_refused(given, inspector, reporter, at)
    _close(given, inspector, reporter, at)
    _come_back_and_go_elsewhere(given, inspector, at)
    assert list(given.events.values_list("verb", "status_then")) == PLAYED


def _object_in_vain(given, inspector, reporter, at):
    at("2015-10-21 09:00:00")
    plea = pleas.object_to(given, reporter, reason="属征地办职责")
    with pytest.raises(Refusal, match="异议还在等"):
        sign(given, reporter)
    at("2015-10-26 09:00:00")
    row = pleas.decide(plea, inspector, granted=False, note="职能在民政局")
    assert (row.status, row.sign_by) == ("SENT", D(2015, 10, 27))
    with pytest.raises(Refusal, match="已经决定不采纳|现已超过"):
        pleas.object_to(given, reporter, reason="再说一次")
    at("2015-10-28 09:00:00")
    row = sign(given, reporter)
    assert row.signing(D(2015, 10, 28)).late(Workday.test()) == 1


def _answer_and_be_refused(given, inspector, reporter, at):
    answer(given, reporter, {1: "分户表已附", 2: "正在做工作"})
    row = hand_in(given, reporter)
    assert row.first_answered_at == row.handed_in_at
    at("2015-11-09 09:00:00")
    # Ten days at the issuer's are not the unit's.
    assert row.finishing(D(2015, 11, 9)).late(Workday.test()) == 0
    row = checking.refuse(given, inspector, wanting={2: "请交现场交接单"}, due_on=D(2015, 11, 13))
    one, two = row.points.all()
    assert (one.is_open, two.must_redo, two.wanting) == (False, True, "请交现场交接单")
    assert (row.due_on, row.first_due_on, row.refusals, row.extensions) == (D(2015, 11, 13), DUE, 1, 0)
    with pytest.raises(Refusal, match="第2点还没有答复"):
        hand_in(given, reporter)
    with pytest.raises(Refusal, match="第1点已经通过"):
        answer(given, reporter, {1: "改一改"})
    assert answer(given, reporter, {2: "正在做工作"}) == []


def _close(given, inspector, reporter, at):
    is_workday = Workday.test()
    at("2015-11-17 09:00:00")
    answer(given, reporter, {2: "交接单已附"})
    row = hand_in(given, reporter)
    assert row.first_answered_at < row.handed_in_at
    at("2015-11-25 09:00:00")
    row = checking.close(given, inspector, how="看过交接单原件")
    assert row.finishing(D(2015, 12, 31)).late(is_workday) == 2
    assert row.finishing(D(2015, 12, 31)).words(is_workday) == "超期2个工作日"


def _come_back_and_go_elsewhere(given, inspector, at):
    at("2015-12-01 09:00:00")
    given.refresh_from_db()
    closed = given.first_closed_at
    row = ending.reopen(given, inspector, reason="墩位又被占", due_on=D(2015, 12, 11), points=[2])
    assert (row.status, row.closed_at, row.first_closed_at, row.rebounds) == ("ONGOING", None, closed, 1)
    assert [point.is_open for point in row.points.all()] == [False, True]
    row = ending.hand_over(given, inspector, to="县纪委", letter="株县督〔2015〕3号")
    assert (row.status, row.moved_to, row.letter) == ("MOVED_ON", "县纪委", "株县督〔2015〕3号")


def test_what_came_back_names_points_there_are(given, inspector, reporter):
    checking.close(bring_to(given, "CHECKING", reporter), inspector, how="看过")
    for points, sentence in (([9], "没有第9点"), ([], "请勾选反弹的是哪几点")):
        with pytest.raises(Refusal, match=sentence):
            ending.reopen(given, inspector, reason="又占了", due_on=D(2015, 11, 6), points=points)
    assert (
        ending.reopen(given, inspector, reason="又占了", due_on=D(2015, 11, 6)).points.filter(accepted_at=None).count()
        == 2
    )


def test_an_objection_granted_begins_anew_with_another_unit(given, inspector, reporter, outsider, water, at):
    at("2015-10-22 09:00:00")
    plea = pleas.object_to(given, reporter, reason="属水利局职责")
    with pytest.raises(Refusal, match="须改定承办单位"):
        pleas.decide(plea, inspector, granted=True)
    row = pleas.decide(plea, inspector, granted=True, unit=water, due_on=D(2015, 11, 6))
    assert (row.unit, row.status, row.sign_by, row.first_due_on) == (water, "SENT", D(2015, 10, 27), D(2015, 11, 6))
    with pytest.raises(Already):
        pleas.decide(plea, inspector, granted=False, note="x")
    assert Notice.objects.filter(user=outsider, title__startswith="交办给本单位").exists()
    assert sign(row, outsider).status == "ONGOING"
    with pytest.raises(PermissionDenied):
        answer(row, reporter, {1: "x"})


def test_an_objection_comes_within_three_workdays(given, reporter, at):
    at("2015-10-26 09:00:00")
    with pytest.raises(Refusal, match="异议应在2015-10-23前提出"):
        pleas.object_to(given, reporter, reason="不归我们")
    assert sign(given, reporter).status == "ONGOING"


def test_an_extension_is_asked_for_before_the_limit(given, inspector, reporter, at):
    bring_to(given, "ONGOING", reporter)
    at("2015-10-30 23:00:00")
    told = {"reason": "连续下雨", "progress": "完成一半"}
    for until, sentence in ((DUE, "须晚于现在的期限"), (D(2015, 11, 7), "是休息日")):
        with pytest.raises(Refusal, match=sentence):
            pleas.ask_extension(given, reporter, until=until, **told)
    for lacking in told:
        with pytest.raises(Refusal, match="请写明"):
            pleas.ask_extension(given, reporter, until=D(2015, 11, 6), **told | {lacking: " "})
    plea = pleas.ask_extension(given, reporter, until=D(2015, 11, 6), **told)
    with pytest.raises(Already, match="延期申请还在等"):
        pleas.ask_continuing(given, reporter, reason="x", goal="y", until=D(2015, 11, 6))
    answer(given, reporter, {1: "分户表", 2: "交接"})
    with pytest.raises(Refusal, match="有申请还在等"):
        hand_in(given, reporter)
    row = pleas.decide(plea, inspector, granted=True)
    assert (row.due_on, row.first_due_on, row.extensions) == (D(2015, 11, 6), DUE, 1)
    at("2015-11-09 08:00:00")
    with pytest.raises(Refusal, match="期限2015-11-06已过，延期须在期限前申请"):
        pleas.ask_extension(given, reporter, until=D(2015, 11, 13), **told)


def test_a_no_says_why_and_changes_no_day(given, inspector, reporter):
    bring_to(given, "ONGOING", reporter)
    plea = pleas.ask_extension(given, reporter, reason="雨", progress="一半", until=D(2015, 11, 6))
    with pytest.raises(Refusal, match="不同意须写明理由"):
        pleas.decide(plea, inspector, granted=False)
    row = pleas.decide(plea, inspector, granted=False, note="工期宽裕")
    assert (row.due_on, row.extensions, Plea.objects.get().decision) == (DUE, 0, "工期宽裕")


def test_what_continues_is_late_from_a_missed_review_day(given, inspector, reporter, at):
    bring_to(given, "ONGOING", reporter)
    plea = pleas.ask_continuing(given, reporter, reason="跨年工程", goal="年底主体封顶", until=D(2015, 11, 20))
    row = pleas.decide(plea, inspector, granted=True)
    is_workday = Workday.test()
    assert (row.status, row.column, row.goal) == ("CONTINUING", "持续推进", "年底主体封顶")
    assert row.finishing(D(2015, 11, 20)).late(is_workday) == 0
    assert row.finishing(D(2015, 11, 23)).late(is_workday) == 1
    at("2015-11-23 09:00:00")
    assert list(type(given).objects.filter(conditions(inspector, D(2015, 11, 23))["late"])) == [given]
    row = checking.review(given, inspector, note="进度正常", review_on=D(2015, 12, 18))
    assert (row.review_on, row.status) == (D(2015, 12, 18), "CONTINUING")
    row = reach_goal(given, reporter, note="主体已封顶")
    assert (row.status, checking.close(row, inspector, how="现场看过").status) == ("CHECKING", "CLOSED")


def test_where_the_head_signs_the_head_hands_in(given, civil, reporter, head):
    civil.head_signs = True
    civil.save()
    bring_to(given, "ONGOING", reporter)
    with pytest.raises(Refusal, match="第1、2点还没有答复"):
        ask_head(given, reporter)
    answer(given, reporter, {1: "分户表", 2: "交接单"})
    with pytest.raises(Refusal, match="由单位负责人审签"):
        hand_in(given, reporter)
    assert ask_head(given, reporter).head_asked_at
    with pytest.raises(Already):
        ask_head(given, reporter)
    assert Notice.objects.filter(user=head, title__contains="待您审签").exists()
    assert hand_in(given, head).status == "CHECKING"


def test_two_at_once_one_wins_the_other_is_told(given, inspector, reporter):
    bring_to(given, "CHECKING", reporter)
    seen = given.version
    checking.refuse(given, inspector, wanting={1: "缺编号"}, due_on=D(2015, 11, 6), seen_version=seen)
    with pytest.raises(Conflict, match="退回.*当前状态为“办理中”"):
        checking.close(given, inspector, how="看过", seen_version=seen)
    with pytest.raises(Already, match="退回.*没有重复办理"):
        checking.refuse(given, inspector, wanting={1: "缺编号"}, due_on=D(2015, 11, 6), seen_version=seen)


def test_an_answer_somebody_else_gave_meanwhile_is_not_overwritten(given, reporter, head):
    bring_to(given, "ONGOING", reporter)
    answer(given, reporter, {1: "甲说"}, seen={1: ""})
    with pytest.raises(Refusal, match="第1点刚刚有人改过，现在是“甲说”"):
        answer(given, head, {1: "乙说"}, seen={1: ""})
    assert given.points.first().answer == "甲说"


def test_a_refusal_says_of_each_point_what_is_wanted(given, inspector, reporter):
    bring_to(given, "CHECKING", reporter)
    for wanting, sentence in (({}, "至少有一点"), ({1: " "}, "第1点退回，请写明还要什么"), ({9: "x"}, "第9点已经通过")):
        with pytest.raises(Refusal, match=sentence):
            checking.refuse(given, inspector, wanting=wanting, due_on=D(2015, 11, 6))
    with pytest.raises(Refusal, match="新期限2015-11-07是休息日"):
        checking.refuse(given, inspector, wanting={1: "x"}, due_on=D(2015, 11, 7))
    with pytest.raises(Refusal, match="请写明怎么核查的"):
        checking.close(given, inspector, how=" ")


def test_the_leader_who_ordered_it_is_told(inspector, leader, civil, reporter):
    row = hand_down(inspector, civil, ordered_by=leader, kind="ORDER")[0]
    bring_to(row, "CHECKING", reporter)
    checking.close(row, inspector, how="现场看过")
    assert Notice.objects.get(user=leader).title == "您批示的事项已办结：批办〔2015〕1号 江湾段23户房屋征拆"


def test_urged_once_a_day(given, inspector, reporter, at):
    assert checking.urge([given], inspector, note="请抓紧") == [given]
    with pytest.raises(Already, match="一天催办一次"):
        checking.urge([given], inspector)
    at("2015-10-21 10:00:00")
    assert checking.urge([given], inspector) == [given]
    assert Notice.objects.filter(user=reporter, title__startswith="催办").count() == 2


def test_co_issuers_and_leaders_remark(inspector, civil, law_office, other_office, leader, reporter):
    row = hand_down(inspector, civil, co_issuers=[law_office])[0]
    checking.remark(row, other_office, text="请一并说明依据")
    checking.remark(row, leader, text="抓紧")
    with pytest.raises(Already):
        checking.remark(row, leader, text="抓紧")
    with pytest.raises(PermissionDenied):
        checking.remark(row, reporter, text="x")
    ending.withdraw(row, inspector, reason="重复")
    with pytest.raises(Refusal, match="现在是“撤销”，不能提意见"):
        checking.remark(row, leader, text="再说一句")
    assert list(row.events.values_list("verb", "actor_name"))[2:4] == [
        ("意见", "县委法建办 王法建"),
        ("批示", "张县长"),
    ]
