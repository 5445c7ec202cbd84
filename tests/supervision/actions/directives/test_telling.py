"""Who is told of a directive: whoever acts for its units today; the robot of a group never what it is about."""

import datetime

import pytest

from portal.actions.succession import merge
from supervision.actions.directives import checking, ending, pleas
from supervision.actions.directives.answering import answer, ask_head, hand_in, sign
from supervision.actions.directives.drafting import draft, issue
from tests.supervision.directives import DUE, bring_to, hand_down
from units.models import Notice, Post

D = datetime.date


@pytest.fixture
def heir(make_unit, make_user):
    unit = make_unit("县新局", order=60)
    make_user("xinju", "REPORTER", unit, name="高新局")
    return unit


@pytest.fixture
def merged(heir, admin, at):
    """Merge a unit into 县新局 on 20 October; two days later it is over."""

    def into(unit):
        merge([unit], heir, admin, effective_on=D(2015, 10, 20), reason="株县编〔2015〕9号")
        at("2015-10-22 09:00:00")
        unit.refresh_from_db()

    return into


def test_what_helps_or_joins_is_told_where_it_was_merged_into(inspector, civil, water, law_office, merged):
    beside = {"helpers": [water], "co_issuers": [law_office]}
    rows = draft(inspector, title="征拆", units=[civil], points=[("交地", None)], due_on=DUE, **beside)
    merged(water)
    merged(law_office)
    issue(rows[0], inspector)
    told = Notice.objects.filter(user__username="xinju", key__startswith="directive:").values_list("title", flat=True)
    assert list(told) == ["请协助办理：交办〔2015〕1号 征拆"]
    assert rows[0].helpers.get().answering().name == "县新局"


def test_the_head_signs_where_the_unit_that_answers_today_wants_it(given, civil, reporter, heir, merged, make_user):
    bring_to(given, "ONGOING", reporter)
    answer(given, reporter, {1: "分户表", 2: "交接单"})
    type(civil).objects.filter(pk=civil.pk).update(head_signs=True)
    merged(civil)
    given.refresh_from_db()
    assert hand_in(given, make_user("xinju2", "REPORTER", heir)).status == "CHECKING"


def test_a_groups_robot_is_never_told_what_it_is_about(settings, given, inspector, leader, civil, reporter, head):
    settings.WEBHOOK_URL = "http://127.0.0.1:9/robot"
    type(civil).objects.filter(pk=civil.pk).update(head_signs=True)
    given = hand_down(inspector, civil, ordered_by=leader, kind="ORDER")[0]
    checking.urge([given], inspector)
    pleas.decide(pleas.object_to(given, reporter, reason="不归"), inspector, granted=False, note="归")
    sign(given, reporter)
    answer(given, reporter, {1: "分户表", 2: "交接单"})
    ask_head(given, reporter)
    hand_in(given, head)
    checking.remark(given, leader, text="抓紧")
    checking.refuse(given, inspector, wanting={1: "缺"}, due_on=D(2015, 11, 6))
    ending.withdraw(given, inspector, reason="重复")
    assert Notice.objects.filter(title__contains=given.title).count() > 9
    assert set(Post.objects.values_list("text", flat=True)) == {"有新消息，请登录查看"}
