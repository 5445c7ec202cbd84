"""Whose figures an indicator has: sources beside one another, the official one judged, the register's derived."""

import datetime
from decimal import Decimal

import pytest

from kit.refusal import Refusal
from tasks.actions.indicators import keep_indicator
from tasks.actions.months import enter_month
from tasks.actions.readings import record_reading
from tasks.actions.schedules import Step
from tasks.actions.stopping import stop_project
from tasks.models import Indicator

AUGUST, SEPTEMBER, OCTOBER = (datetime.date(2015, month, 1) for month in (8, 9, 10))


@pytest.fixture
def invest(programme):
    return Indicator.objects.create(
        plan=programme,
        name="固定资产投资",
        target=100,
        unit_of_measure="亿元",
        cumulation="SUM",
        official="STATISTICS",
        derived="MONEY",
        reach="500万元以上项目",
    )


def say(indicator, **values):
    for key, value in values.items():
        kind, month = {"s": "STATISTICS", "u": "UNIT"}[key[0]], datetime.date(2015, int(key[1:]), 1)
        record_reading(indicator, month, None, value=Decimal(value), source="月报", kind=kind)


def fresh(indicator):
    return Indicator.objects.filter(pk=indicator.pk).with_figures()[0]


def test_sources_stand_beside_the_official_one_with_difference_and_reach(invest, make_project):
    project = make_project("标准厂房", amounts={"INVESTED": {SEPTEMBER: Decimal(30000)}})
    enter_month(project.task, SEPTEMBER, {"invested": "25000.5"}, None)
    say(invest, s8="30", s9="25.5", u8="31", u9="26")
    found = fresh(invest).beside()
    assert [(each.kind, each.value, each.difference) for each in found] == [
        ("STATISTICS", Decimal("55.5"), None),
        ("UNIT", Decimal("57"), Decimal("1.5")),
        ("REGISTER", Decimal("2.5001"), Decimal("-52.9999")),
    ]
    assert [each.is_official for each in found] == [True, False, False]
    assert found[0].reach == "500万元以上项目"
    assert found[2].words == "25000.5万元"
    assert "全部重点项目" in found[2].reach
    assert fresh(invest).stand().words == "55.5%"


def test_a_source_of_an_earlier_month_is_compared_with_that_month(invest):
    say(invest, s8="30", s9="25", u8="31")
    unit = fresh(invest).beside()[1]
    assert (unit.month, unit.difference) == (AUGUST, 1)
    assert fresh(invest).beside(AUGUST)[0].value == 30


def test_what_is_official_and_silent_is_not_judged_by_another(invest):
    say(invest, u9="26")
    assert fresh(invest).stand() is None
    assert fresh(invest).beside()[0].difference is None


def test_a_rate_of_the_register_is_judged_exactly_and_shown_rounded(programme, make_project):
    rate = Indicator.objects.create(
        plan=programme,
        name="开工率",
        target=Decimal("66.67"),
        unit_of_measure="%",
        derived="STARTED_SHARE",
        official="REGISTER",
    )
    for number in range(3):
        nodes = [Step("开工", SEPTEMBER, kind="START", done_on=datetime.date(2015, 9, 20) if number < 2 else None)]
        project = make_project(f"项目{number}", nodes=nodes)
    found = fresh(rate)
    assert (found.actual(), found.figure(SEPTEMBER).words) == (Decimal("66.7"), "2/3 = 66.7%")
    assert not found.stand().is_met
    stop_project(project, None, datetime.date(2015, 10, 8), reason="资金不到位")
    assert fresh(rate).figure(OCTOBER).words == "2/2 = 100.0%；年初名单2/3 = 66.7%"


def test_a_month_that_still_runs_is_not_told_by_the_register(invest, make_project):
    """Some units' lines of October are accepted before it is over: the figure is of September's end, as the register's list is."""
    project = make_project("标准厂房")
    enter_month(project.task, SEPTEMBER, {"invested": "10000"}, None)
    enter_month(project.task, OCTOBER, {"invested": "5000"}, None)
    found = fresh(invest)
    assert (found.latest("REGISTER"), found.actual(kind="REGISTER")) == (SEPTEMBER, 1)


def test_a_reopened_month_leaves_the_derived_figure(invest, make_project):
    first, second = (make_project(name) for name in ("甲项目", "乙项目"))
    enter_month(first.task, AUGUST, {"invested": 10000}, None)
    enter_month(second.task, SEPTEMBER, {"invested": 5000}, None)
    found = fresh(invest)
    assert [found.own("REGISTER", month) for month in (AUGUST, SEPTEMBER, OCTOBER)] == [1, Decimal("0.5"), None]


def test_what_the_register_counts_must_convert(programme, make_user):
    rate = Indicator(plan=programme, name="开工率", target=70, unit_of_measure="亿元", derived="STARTED_SHARE")
    with pytest.raises(Refusal, match="不能用于计量单位为“亿元”的指标"):
        keep_indicator(rate, make_user("tupoban", "OFFICE", programme.office))


def test_what_is_computed_is_typed_by_nobody(invest):
    with pytest.raises(Refusal, match="由重点项目台账计算"):
        record_reading(invest, SEPTEMBER, None, value=1, source="x", kind="REGISTER")


def test_a_planned_curve_stands_in_for_time(invest):
    invest.planned = {"2015-08": "40", "2015-09": "30", "2015-10": "30"}
    invest.save()
    say(invest, s8="30", s9="25.5")
    stand = fresh(invest).stand()
    assert (stand.planned, stand.due, stand.due_words, stand.behind) == (70, 70, "计划进度70.0%", Decimal("14.5"))
    assert stand.forecast == Decimal("74.20")


@pytest.mark.parametrize("rows", [1, 3])
def test_figures_of_a_list_are_read_together(rows, programme, make_project, django_assert_num_queries):
    for number in range(rows):
        project = make_project(f"项目{number}")
        enter_month(project.task, SEPTEMBER, {"invested": 5000}, None)
        Indicator.objects.create(
            plan=programme, name=f"投资{number}", target=9, unit_of_measure="亿元", derived="MONEY"
        )
    with django_assert_num_queries(7):
        [each.beside() for each in Indicator.objects.all().with_figures()]
