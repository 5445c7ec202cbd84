"""What a scheme gives: marks with their formulas, groups, ranks, what people give beside."""

import datetime
from decimal import Decimal

import pytest

from reports.actions.periods import close_period, open_period
from supervision.dashboard.calculation import calculate, places
from supervision.models import DirectiveEvent
from supervision.models.scheme import FullMark, PeerGroup, Scheme, SchemeItem
from tasks.actions.months import enter_month
from tasks.actions.schedules import Step
from tasks.models import Task
from tests.conftest import moment
from tests.supervision.directives import hand_down
from units.models import Unit

D = datetime.date
JULY, SEPTEMBER, OCTOBER = D(2015, 7, 1), D(2015, 9, 1), D(2015, 10, 1)
EVEN = {"INVESTED": {D(2015, n, 1): Decimal(10) for n in range(1, 13)}}


def make_scheme(plan, groups, items, **values):
    """A scheme of these groups (name -> units) and items (title, full, way, metric, params)."""
    values = {"name": "试排", "minimum": 1} | values
    scheme = Scheme.objects.create(plan=plan, unit=plan.office, **values)
    for order, (name, units) in enumerate(groups.items(), 1):
        group = PeerGroup.objects.create(scheme=scheme, name=name, order=order)
        group.units.set(units)
    for number, (title, full, way, metric, params) in enumerate(items, 1):
        SchemeItem.objects.create(
            scheme=scheme, number=number, title=title, full=full, way=way, metric=metric, params=params
        )
    return scheme


MONEY = [("投资额", 40, "RANK", "invested", {"step": "10"}), ("投资率", 60, "SHARE", "investment_rate", {})]


@pytest.fixture
def spent(programme, make_project, civil, labour, water):
    """Three units with a project each: 80, 90 and 20 of 90 due by September, out of 120."""
    for unit, money in ((civil, 80), (labour, 90), (water, 20)):
        project = make_project(f"{unit}项目", "CONTINUED", unit, amounts=EVEN, year_plan=Decimal(120))
        enter_month(project.task, SEPTEMBER, {"invested": str(money)}, None)
    return programme


def rows_of(result):
    return {row.name: row for row in result.rows}


def test_marks_totals_and_ranks_follow_from_the_register(spent, civil, labour, water):
    scheme = make_scheme(spent, {"县直": [civil, labour, water]}, MONEY, low_count=1)
    scheme.items.filter(number=2).update(is_target=True)
    rows = rows_of(calculate(scheme, JULY, SEPTEMBER))
    assert {name: (str(row.total), row.rank, row.is_low, row.met) for name, row in rows.items()} == {
        "县人社局": ("100.00", 1, False, True),
        "县民政局": ("83.33", 2, False, False),
        "县水利局": ("33.33", 3, True, False),
    }
    amount, rate = rows["县民政局"].scores
    assert amount.formula == "组内3家第2名：40 − 1 × 10 = 30"
    assert rate.formula == "60 × 80 ÷ 90 = 53.33"
    assert rate.measured.records[0][1] == "完成80，应完成90，年度计划120万元"
    assert rows["县民政局"].figures == {
        "projects": 1,
        "amount": "80",
        "amount_rank": 2,
        "rate": "66.67",
        "due": "75",
        "rate_rank": 2,
    }


def test_who_has_nothing_to_measure_is_converted_or_gets_the_basic_mark(spent, civil, labour, water, town):
    items = [*MONEY, ("节点", 100, "SHARE", "nodes", {})]
    scheme = make_scheme(spent, {"县直": [civil, labour, water, town]}, items)
    rows = rows_of(calculate(scheme, JULY, SEPTEMBER))
    assert (rows[town.name].total, rows[town.name].rank) == (None, None)
    assert rows["县民政局"].formula == "83.33 × 200 ÷ 100（不适用的项目由其余项目折算）"
    scheme.items.filter(number=3).update(missing="BASIC", basic=60)
    rows = rows_of(calculate(scheme, JULY, SEPTEMBER))
    node = rows["县民政局"].scores[2]
    assert (node.mark, node.applies, node.formula) == (Decimal(60), False, "没有可取的数，不适用，给基本分60")
    assert rows["县民政局"].total == Decimal("143.33")
    assert rows[town.name].total == Decimal("120.00")


def test_a_small_group_and_one_outside_get_marks_and_no_rank(spent, civil, labour, water):
    scheme = make_scheme(spent, {"大组": [civil, labour], "园区": [water]}, MONEY, minimum=2)
    result = calculate(scheme, JULY, SEPTEMBER)
    assert (result.small, rows_of(result)["县水利局"].rank) == (("园区",), None)
    assert rows_of(result)["县水利局"].total is not None
    PeerGroup.objects.filter(name="大组").update(is_outside=True)
    result = calculate(scheme, JULY, SEPTEMBER)
    assert {row.rank for row in result.rows} == {None}
    assert result.small == ("园区",)


def test_a_group_has_its_own_full_marks_and_items_that_are_not_its(spent, civil, labour, water):
    scheme = make_scheme(spent, {"甲": [civil], "乙": [labour], "丙": [water]}, MONEY)
    amount, rate = scheme.items.all()
    groups = {group.name: group for group in scheme.groups.all()}
    FullMark.objects.create(item=amount, group=groups["甲"], full=0)
    FullMark.objects.create(item=amount, group=groups["乙"], full=0)
    FullMark.objects.create(item=rate, group=groups["乙"], full=100)
    rows = rows_of(calculate(scheme, JULY, SEPTEMBER))
    assert [str(row.total) for row in rows.values()] == ["88.88", "100.00", "53.33"]
    assert len(rows["县民政局"].scores) == 1
    assert rows["县民政局"].formula == "53.33 × 100 ÷ 60（不适用的项目由其余项目折算）"
    assert rows["县人社局"].formula == "各项合计100"


def test_what_people_give_stands_beside_what_was_measured(spent, civil, labour):
    items = [*MONEY, ("满意度", 10, "PANEL", "", {"seats": {"代表": "70", "企业": "30"}}), ("创新", 5, "EXTRA", "", {})]
    scheme = make_scheme(spent, {"县直": [civil, labour]}, items)
    _, rate, panel, extra = scheme.items.all()
    key = f"unit-{civil.pk}"
    hand = {(key, rate.pk): Decimal(50), (key, panel.pk): {"代表": 9, "企业": 8}, (key, extra.pk): Decimal(2)}
    result = calculate(scheme, JULY, SEPTEMBER, hand=hand)
    row = rows_of(result)["县民政局"]
    assert [str(score.mark) for score in row.scores] == ["30.00", "50", "8.70", "2"]
    assert (row.scores[1].auto, row.scores[1].formula) == (Decimal("53.33"), "60 × 80 ÷ 90 = 53.33；评定50分")
    assert (str(row.total), row.formula) == ("90.70", "各项合计88.7，另加2分")
    assert result.waiting == 2
    assert rows_of(result)["县人社局"].scores[2].formula == "等评分单位评定，暂按0分计"


def test_projects_and_envoys_are_subjects_too(spent, civil, labour):
    for project in Task.objects.projects():
        project.project.people.create(role="ENVOY", name="周例特", unit=labour)
    for kind, names in (("PROJECT", 3), ("ENVOY", 1)):
        scheme = make_scheme(spent, {"全部": []}, MONEY, subjects=kind, name=kind)
        result = calculate(scheme, JULY, SEPTEMBER)
        assert len(result.rows) == names
    assert result.rows[0].figures["amount"] == "190"
    assert (result.rows[0].name, result.rows[0].unit) == ("周例特", labour.pk)


def test_a_merged_unit_stands_as_its_successor(spent, civil, labour, at):
    scheme = make_scheme(spent, {"县直": [civil, labour]}, MONEY)
    Unit.objects.filter(pk=civil.pk).update(active_to=D(2015, 10, 10), successor=labour)
    result = calculate(scheme, JULY, SEPTEMBER)
    assert [row.name for row in result.rows] == ["县人社局"]
    assert result.rows[0].figures["amount"] == "170"


def test_months_that_are_not_closed_are_said(plan, civil):
    open_period(plan, OCTOBER)
    scheme = make_scheme(plan, {"县直": [civil]}, [("进度", 100, "SHARE", "progress", {})])
    assert calculate(scheme, OCTOBER, OCTOBER).open_months == (OCTOBER,)


def test_reports_and_standings_are_measured(plan, task, civil, labour, at, fill):
    period = open_period(plan, OCTOBER)
    at("2015-11-10 10:00:00")
    close_period(period)
    items = [(key, 20, "SHARE", key, {}) for key in ("on_time", "filed", "returned", "lights", "progress")]
    scheme = make_scheme(plan, {"县直": [civil, labour]}, items)
    row = rows_of(calculate(scheme, OCTOBER, OCTOBER))["县民政局"]
    assert [str(score.mark) for score in row.scores] == ["0.00", "0.00", "20.00", "0.00", "0.00"]
    assert row.scores[0].measured.words == "到期应报1次，按时0次，缺报1次"
    assert row.scores[3].measured.counts == {"红灯": 1, "黄灯": 0}
    assert row.scores[4].measured.records[0][0].startswith("10月 ")


def test_nodes_and_starts_are_measured(programme, make_project, civil):
    steps = [Step("开工", D(2015, 8, 31), "START"), Step("封顶", D(2015, 9, 10), done_on=D(2015, 9, 20))]
    make_project("厂房", "NEW", civil, amounts=EVEN, year_plan=Decimal(120), nodes=steps)
    items = [("节点", 50, "EVENTS", "nodes", {"each": {"迟完成": "5", "逾期未完成": "10"}})]
    items.append(("开工", 50, "SHARE", "starts", {}))
    scheme = make_scheme(programme, {"县直": [civil]}, items)
    nodes, starts = calculate(scheme, JULY, SEPTEMBER).rows[0].scores
    assert nodes.formula == "50 − 迟完成1次 × 5 − 逾期未完成1次 × 10 = 35"
    assert starts.formula == "50 × 0 ÷ 1 = 0"


def test_matters_handed_down_count_by_what_happened_in_the_months(programme, inspector, civil, at):
    at("2015-07-06 10:00:00")
    given = hand_down(inspector, civil, due_on=D(2015, 7, 31), **{"task": programme.tasks.get(number="(一)")})[0]
    at("2015-10-20 10:00:00")
    DirectiveEvent.objects.create(subject=given, verb="退回", at=moment("2015-08-05 10:00"), status_then="ONGOING")
    params = {"each": {"超期": "2", "核查退回": "1", "反弹": "3"}}
    scheme = make_scheme(programme, {"县直": [civil]}, [("销号", 100, "EVENTS", "directives", params)])
    (score,) = calculate(scheme, JULY, SEPTEMBER).rows[0].scores
    assert score.formula == "100 − 超期1次 × 2 − 核查退回1次 × 1 = 97"
    assert score.measured.words == "到期和已销号的交办1件，销号0件，超期1次，核查退回1次"
    (score,) = calculate(scheme, SEPTEMBER, SEPTEMBER).rows[0].scores
    assert score.formula == "100 − 超期1次 × 2 = 98"


def test_who_had_nothing_due_missed_no_target_where_others_had():
    scheme = Scheme(minimum=3, low_count=2)
    totals = {"甲": Decimal(90), "乙": Decimal(80), "丙": Decimal(70)}
    due = dict(zip(totals, (True, False, None), strict=True))
    assert places({key: (total, due[key]) for key, total in totals.items()}, scheme, False)[1] == {"乙"}
    assert places({key: (total, None) for key, total in totals.items()}, scheme, False)[1] == {"乙", "丙"}
