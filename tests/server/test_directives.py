"""Directives over two processes: whoever presses at the same moment, each thing happens once and the others are told."""

import datetime

import pytest

from kit import clock
from supervision.actions.directives import pleas
from supervision.actions.directives.drafting import draft
from supervision.actions.findings import note_finding
from supervision.actions.occasions import hold_occasion, plan_occasion
from supervision.models import Directive, DirectiveEvent
from tests.reports.actions.test_races import at_once
from tests.supervision.directives import bring_to, hand_down
from units.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)
D = datetime.date
POINTS = [("列出分户表", None)]


def pressed(people, address, *, then=None, **typed):
    """Let them press at once; return the pages they then read."""
    answers = at_once(*[lambda each=each: each.post(address, **typed) for each in people])
    assert {each.status for each in answers} <= {302, 422, 409}, answers
    return [
        answer.text if answer.status != 302 else person.get(then).text if then else person.follow(answer, address).text
        for person, answer in zip(people, answers, strict=True)
    ]


@pytest.fixture
def two(visitor, inspector, make_user):
    return [visitor(inspector), visitor(make_user("ducha2", "INSPECTOR", inspector.unit, name="李督查"))]


def test_two_close_at_once(two, inspector, civil, reporter, at):
    row = bring_to(hand_down(inspector, civil)[0], "CHECKING", reporter)
    typed = {"check": "1", "version": row.version, "found_1": "ok", "found_2": "ok", "how": "现场看过"}
    pages = pressed(two, f"/directives/{row.pk}/", **typed)
    row.refresh_from_db()
    assert (row.status, row.events.filter(verb="销号").count()) == ("CLOSED", 1)
    assert sum("没有重复办理" in page or "“销号”，当前状态为“已销号”" in page for page in pages) == 1


def test_one_closes_while_the_other_refuses(two, inspector, civil, reporter):
    row = bring_to(hand_down(inspector, civil)[0], "CHECKING", reporter)
    typed = {"check": "1", "version": row.version, "found_1": "ok", "found_2": "ok", "how": "现场看过"}
    more = typed | {"found_2": "more", "wanting_2": "请交现场交接单", "due_on": "2015-11-06"}
    address = f"/directives/{row.pk}/"
    answers = at_once(lambda: two[0].post(address, **typed), lambda: two[1].post(address, **more))
    assert sorted(each.status for each in answers)[0] == 302
    row.refresh_from_db()
    assert row.events.filter(verb__in=["销号", "退回"]).count() == 1
    lost = next((each for each in answers if each.status != 302), None)
    assert lost is not None
    assert "请按最新情况办理" in lost.text
    assert ("请交现场交接单" if row.status == "CLOSED" else "现场看过") in lost.text


def test_an_item_becomes_a_directive_once(two, inspector, plan, civil):
    occasion = plan_occasion(plan, inspector, "INSPECTION", month=D(2015, 10, 1), title="督查", held_on=clock.today())
    hold_occasion(occasion, inspector)
    key = "00000000-0000-0000-0000-000000000001"
    item = note_finding(occasion, inspector, key=key, stop=None, text="围挡未拆", kind="FINDING", unit=civil)
    typed = {
        "title": "围挡未拆",
        "kind": "FINDING",
        "units": "县民政局",
        "level": "UNIT",
        "point": "拆",
        "point_due": "",
    }
    pages = pressed(two, f"/directives/new/?item={item.pk}", due_on="2015-10-30", **typed)
    assert Directive.objects.filter(item=item).count() == 1
    assert sum("没有重复交办" in page for page in pages) == 1


def test_one_plea_is_decided_once(two, inspector, civil, reporter):
    row = bring_to(hand_down(inspector, civil)[0], "ONGOING", reporter)
    plea = pleas.ask_extension(row, reporter, reason="连续下雨", progress="一半", until=D(2015, 11, 6))
    pressed(two, f"/directives/{row.pk}/decide/", plea=str(plea.pk), granted="yes", note="")
    row.refresh_from_db()
    assert (row.due_on, row.extensions, row.events.filter(verb="同意延期").count()) == (D(2015, 11, 6), 1, 1)


def test_a_paper_to_three_hundred_units_is_issued_once_with_one_number(two, inspector, make_unit, make_user):
    units = [make_unit(f"县第{place}号单位") for place in range(300)]
    for place in (0, 299):
        make_user(f"unit{place}", "REPORTER", units[place])
    row = draft(inspector, title="报送实施方案", units=units, points=POINTS, due_on=D(2015, 10, 30))[0]
    address = f"/directives/{row.pk}/"
    pages = pressed(two, f"{address}issue/", version=row.version, then=address)
    assert Directive.objects.filter(status="SENT").values_list("number").distinct().get() == (1,)
    assert DirectiveEvent.objects.filter(verb="下达").count() == 300
    assert Notice.objects.filter(title__startswith="交办给本单位").count() == 2
    assert sum("共300个单位" in page for page in pages) == 1
    assert sum("没有重复办理" in page for page in pages) == 1


def test_the_unit_signs_and_the_issuer_withdraws_at_once(visitor, two, inspector, civil, reporter):
    row = hand_down(inspector, civil)[0]
    person, address = visitor(reporter), f"/directives/{row.pk}/"
    at_once(
        lambda: person.post(f"{address}sign/", version=row.version),
        lambda: two[0].post(f"{address}do/withdraw/", version=row.version, reason="重复"),
    )
    row.refresh_from_db()
    verbs = list(row.events.values_list("verb", flat=True))[2:]
    assert (row.status, verbs) in [("ONGOING", ["签收"]), ("WITHDRAWN", ["撤销"])]
