"""Drafts, issue with a number, batches, what a leader orders."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit.refusal import Already, Conflict, Refusal
from supervision.actions.directives.checking import close
from supervision.actions.directives.drafting import draft, issue, order, revise
from supervision.actions.directives.ending import withdraw
from supervision.actions.meetings import note_decision
from supervision.models import Directive, DirectiveEvent, Point, Serial
from supervision.permissions import can_hand_down
from tests.supervision.directives import DUE, bring_to, hand_down
from units.models import Notice, Unit

D = datetime.date
POINTS = [("列出分户表", None)]


def test_issuing_gives_number_days_and_tells_who_has_a_part(
    given, inspector, civil, labour, reporter, head, co_reporter
):
    assert (given.status, str(given), given.sign_by, given.first_due_on) == (
        "SENT",
        "交办〔2015〕1号 江湾段23户房屋征拆",
        D(2015, 10, 23),
        DUE,
    )
    second = hand_down(inspector, civil, helpers=[labour])[0]
    assert second.number == 2
    assert [(event.verb, event.status_then, event.unit_name) for event in second.events.all()] == [
        ("拟办", "DRAFT", "县民政局"),
        ("下达", "SENT", "县民政局"),
    ]
    told = Notice.objects.filter(url=f"/directives/{second.pk}/")
    assert {notice.user: notice.title[:7] for notice in told} == {
        reporter: "交办给本单位：",
        head: "交办给本单位：",
        co_reporter: "请协助办理：交",
    }


def test_numbers_run_by_issuer_series_and_year_and_are_never_given_again(given, inspector, office, leader, civil, at):
    assert hand_down(office, civil)[0].code == "交办〔2015〕1号"
    assert order(leader, text="一周内办好", title="办好", unit=civil, due_on=DUE).code == "批办〔2015〕1号"
    withdraw(given, inspector, reason="重复")
    Directive.objects.filter(pk=given.pk).delete()
    assert hand_down(inspector, civil)[0].number == 2
    at("2016-01-04 10:00:00")
    assert hand_down(inspector, civil, due_on=D(2016, 1, 29))[0].code == "交办〔2016〕1号"
    assert Serial.objects.get(issuer=inspector.unit, series="交办", year=2015).last == 2


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"units": []}, "还没有承办单位"),
        ({"points": []}, "至少写一点"),
        ({"due_on": None}, "请写明办结期限"),
        ({"due_on": D(2015, 10, 19)}, "2015-10-19已经过去，不能早于今天"),
        ({"due_on": D(2015, 10, 24)}, "2015-10-24是休息日，可以改为2015-10-26"),
        ({"points": [("甲", D(2015, 10, 25))]}, "第1点的期限2015-10-25是休息日"),
    ],
)
def test_what_is_not_whole_stays_a_draft(inspector, civil, told, sentence):
    row = draft(inspector, **{"title": "征拆", "units": [civil], "points": POINTS, "due_on": DUE} | told)[0]
    with pytest.raises(Refusal, match=sentence):
        issue(row, inspector)
    row.refresh_from_db()
    assert (row.status, row.number, Serial.objects.count(), Notice.objects.count()) == ("DRAFT", None, 0, 0)


def test_a_unit_that_ended_is_given_nothing_and_its_successor_is_named(inspector, civil, water):
    row = draft(inspector, title="征拆", units=[civil], points=POINTS, due_on=DUE)[0]
    Unit.objects.filter(pk=civil.pk).update(active_to=D(2015, 9, 30), successor=water)
    with pytest.raises(Refusal, match="县民政局已停用，由县水利局承接，请改为县水利局"):
        issue(row, inspector)


def test_a_draft_is_corrected_until_it_is_issued(inspector, civil, labour, water):
    row = draft(inspector, title="征拆", units=[civil], points=POINTS, due_on=DUE)[0]
    rows = revise(row, inspector, units=[civil, labour], points=[("甲", None), ("乙", DUE)], title="征拆二", due_on=DUE)
    assert [(each.unit, each.title, [p.text for p in each.points.all()]) for each in rows] == [
        (civil, "征拆二", ["甲", "乙"]),
        (labour, "征拆二", ["甲", "乙"]),
    ]
    assert rows[0].events.last().changes["承办单位"] == ["县民政局", "县民政局、县人社局"]
    rows = revise(rows[0], inspector, units=[water], points=POINTS, helpers=[civil], title="征拆三", due_on=DUE)
    assert (Directive.objects.get().unit, Point.objects.count(), rows[0].batch) == (water, 1, None)
    row.refresh_from_db()
    with pytest.raises(Conflict):
        revise(row, inspector, units=[water], points=POINTS, title="四", due_on=DUE, seen_version=row.version - 1)
    issue(row, inspector)
    with pytest.raises(Already):
        revise(row, inspector, units=[water], points=POINTS, title="五", due_on=DUE)
    with pytest.raises(Already):
        issue(row, inspector)


def test_a_batch_is_one_paper_with_a_directive_for_each_unit(inspector, civil, labour, water):
    rows = hand_down(inspector, civil, labour, water, civil, title="上报本单位实施方案")
    assert {(row.number, row.batch.size) for row in rows} == {(1, 3)}
    assert sorted(row.unit.name for row in rows) == ["县人社局", "县民政局", "县水利局"]
    assert [row.unit for row in Directive.objects.filter(stands_for_batch=True)] == [civil]
    assert list(Directive.objects.filter(unit__in=[labour, water]).folded(inspector)) == [rows[0]]
    assert hand_down(inspector, civil)[0].number == 2


def test_two_hundred_units_cost_as_many_statements_as_three(inspector, make_unit):
    def cost(n):
        units = [make_unit(f"单位{n}之{place}") for place in range(n)]
        rows = draft(inspector, title="方案", units=units, points=POINTS, due_on=DUE)
        with CaptureQueriesContext(connection) as asked:
            issue(rows[0], inspector)
        # Rows are written a hundred at a time.
        return len([each for each in asked if not each["sql"].startswith(("UPDATE", "INSERT"))])

    cost(2)
    few = cost(3)
    assert cost(200) == few
    assert Directive.objects.filter(status="SENT").count() == 205


def test_too_many_units_are_refused_with_their_number(inspector, make_unit):
    units = [make_unit(f"单位{place}") for place in range(301)]
    with pytest.raises(Refusal, match="最多交办给300个单位，现有301个"):
        draft(inspector, title="方案", units=units, points=POINTS, due_on=DUE)
    row = draft(inspector, title="方案", units=units[:1], points=POINTS, due_on=DUE)[0]
    with pytest.raises(Refusal, match="最多交办给300个单位，现有301个"):
        revise(row, inspector, title="方案", units=units, points=POINTS, due_on=DUE)


def test_who_hands_down_what(programme, task, project, owner, lead, other_lead, cast):
    matters = [None, task, programme.tasks.get(number="(一)"), project.task]
    may = {
        user.username: [can_hand_down(user, each) for each in matters]
        for user in (*cast.values(), owner, lead, other_lead)
    }
    assert {name: said for name, said in may.items() if any(said)} == {
        "gaigeban": [True, True, False, False],
        "fajianban": [True, False, False, False],
        "xiangmu": [True, False, True, True],
        "fagai": [False, False, True, True],
        "ducha": [True] * 4,
    }


def test_who_may_not_hand_down_writes_nothing(outsider, reporter, leader, admin, civil, task):
    for somebody in (outsider, reporter, leader, admin):
        with pytest.raises(PermissionDenied):
            draft(somebody, title="征拆", units=[civil], points=POINTS, task=task)
    assert not Directive.objects.exists()


def test_what_a_leader_orders_is_sent_at_once_or_waits_at_the_inspectorate(leader, inspector, civil, reporter, task):
    sent = order(leader, text="请民政局一周内拿出方案。", title="低保核对", unit=civil, due_on=DUE, task=task)
    assert (sent.status, sent.issuer, sent.kind, sent.ordered_by, sent.source_text) == (
        "SENT",
        inspector.unit,
        "ORDER",
        leader,
        "请民政局一周内拿出方案。",
    )
    left = order(leader, text="由督查室定", title="低保核对")
    assert (left.status, left.number) == ("DRAFT", None)
    assert set(Notice.objects.filter(user=inspector).values_list("title", flat=True)) == {
        "张县长批示：低保核对",
    }
    assert left in Directive.objects.visible_to(leader)
    with pytest.raises(PermissionDenied):
        order(reporter, text="x", title="x")


def test_an_order_needs_an_inspectorate(leader, civil):
    with pytest.raises(Refusal, match="还没有“县委督查室”"):
        order(leader, text="一周内", title="x", unit=civil, due_on=DUE)
    assert not Directive.objects.exists()


def test_an_item_becomes_a_directive_once(programme, project, owner, inspector, civil):
    item = note_decision(programme, owner, D(2015, 10, 1), text="交地", unit=civil, due_on=DUE, project=project)
    told = {"title": "交地", "units": [civil], "points": POINTS, "due_on": DUE, "item": item, "kind": "DECISION"}
    row = draft(inspector, **told)[0]
    with pytest.raises(Already, match="已转为"):
        draft(owner, **told)
    withdraw(row, inspector, reason="写错了")
    assert draft(owner, **told)[0].item == item


def test_a_draft_is_its_issuers_alone(inspector, civil, cast, make_user):
    row = draft(inspector, title="征拆", units=[civil], points=POINTS, due_on=DUE)[0]
    other = make_user("zhengfu", "INSPECTOR", "县政府督查室")
    people = [*cast.values(), other]
    assert [user.username for user in people if row in Directive.objects.visible_to(user)] == ["ducha"]
    withdraw(row, inspector, reason="不办了")
    assert [user.username for user in people if row in Directive.objects.visible_to(user)] == ["ducha"]


def test_an_issued_one_is_read_by_who_has_a_part(inspector, civil, labour, law_office, cast):
    row = hand_down(inspector, civil, helpers=[labour], co_issuers=[law_office])[0]
    assert [name for name, user in cast.items() if row in Directive.objects.visible_to(user)] == [
        "other_office",
        "reporter",
        "head",
        "co_reporter",
        "leader",
        "inspector",
    ]


def test_events_are_written_for_each_of_a_batch(inspector, civil, labour):
    rows = hand_down(inspector, civil, labour)
    assert DirectiveEvent.objects.filter(subject__in=rows, verb="下达").count() == 2


def test_who_leads_an_action_hands_down_what_was_settled_in_its_dispatch(
    programme, project, make_user, reporter, civil
):
    """县征地办 dispatches what waits for land; the projects themselves belong to other actions."""
    action = programme.tasks.get(number="(五)")
    by = make_user("zhengdi", "REPORTER", "县征地办")
    item = note_decision(
        programme, by, D(2015, 10, 1), action=action, text="腾地", unit=civil, due_on=DUE, project=project
    )
    said = {"title": "腾地", "units": [civil], "points": POINTS, "due_on": DUE}
    assert issue(draft(by, item=item, task=project.task, **said)[0], by)[0].issuer == by.unit
    assert draft(by, task=action, **said)
    for who, task in ((by, project.task), (reporter, project.task), (reporter, action)):
        with pytest.raises(PermissionDenied):
            draft(who, task=task, **said)


def test_what_is_open_goes_on_beside_the_task_that_continues_it(
    task, make_task, make_plan, inspector, civil, reporter, sign_in
):
    """Next year's task shows what nobody closed; what was closed stays with the year it belongs to."""
    first, second = (hand_down(inspector, civil, task=task, title=title)[0] for title in ("没有办完", "已经办完"))
    close(bring_to(second, "CHECKING", reporter), inspector, how="现场看过")
    new = make_task(make_plan(task.plan.office, "改革深化年", year=2016), 43, civil, continues=task)
    page = sign_in(reporter).get(f"/tasks/{new.pk}/").content.decode()
    assert ("没有办完" in page, "已经办完" in page) == (True, False)
    assert list(Directive.objects.about(task=new)) == [first]
    assert {each.title for each in Directive.objects.of_task(task)} == {"没有办完", "已经办完"}
