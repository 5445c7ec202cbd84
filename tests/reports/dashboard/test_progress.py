"""Lights by section, what lags, indicators against time: live and frozen."""

import datetime
from decimal import Decimal

import pytest

from reports import dashboard
from reports.actions.periods import close_period, open_period
from reports.actions.review import accept
from reports.actions.writing import submit
from tasks.actions.readings import record_reading
from tasks.lights import Light
from tasks.models import Indicator, Section, Task
from tests.conftest import OCTOBER


@pytest.fixture
def three(plan, make_task, civil):
    """Three tasks in two sections on 20 October (80 % of the year): green, yellow, red."""
    second = Section.objects.create(plan=plan, number="（二）", title="推进市场化改革", order=2)
    make_task(plan, 1, civil, progress=75)
    make_task(plan, 2, civil, progress=60)
    red = make_task(plan, 3, civil, progress=20)
    red.section = second
    red.save()
    return red


def test_lights_by_section(plan, three, leader):
    scope = dashboard.scope_of(leader, [plan], OCTOBER)
    parts = dashboard.parts(scope)
    assert [(part.title, part.sums.lights, part.sums.progress) for part in parts] == [
        ("（一）推进社会事业改革", {"GREEN": 1, "YELLOW": 1}, Decimal("67.5")),
        ("（二）推进市场化改革", {"RED": 1}, 20),
    ]
    totals = dashboard.totals(parts)
    assert (totals.total, totals.progress, totals.expected, totals.count(Light.RED)) == (3, Decimal("51.7"), 80, 1)
    assert totals.behind == Decimal("28.3")


def test_the_longest_lag_comes_first_with_its_reason(plan, three, leader):
    lags = dashboard.lags(dashboard.scope_of(leader, [plan], OCTOBER))
    assert [(lag.task.number, lag.light, lag.behind) for lag in lags] == [("3", Light.RED, 60), ("2", Light.YELLOW, 20)]
    assert "落后60个百分点" in lags[0].reason
    assert lags[0].lead_name == "县民政局"


def test_a_closed_month_reads_what_was_frozen(plan, task, period, report, fill, reporter, office, labour, at, leader):
    submit(fill(report), reporter)
    accept(report, office)
    at("2015-11-06 09:00")
    close_period(period, office)
    task.refresh_from_db()
    task.progress = 100
    task.save()
    scope = dashboard.scope_of(leader, [plan], OCTOBER)
    assert scope.is_closed
    (part,) = dashboard.parts(scope)
    assert (part.title, part.sums.lights, part.sums.progress) == ("（一）推进社会事业改革", {"YELLOW": 1}, 60)
    (lag,) = dashboard.lags(scope)
    assert (lag.progress, lag.expected, lag.lead_name) == (60, 83, "县民政局")


def test_several_plans_are_parts_of_one(plan, three, law_plan, make_task, labour, leader):
    make_task(law_plan, 1, labour, progress=80)
    parts = dashboard.parts(dashboard.scope_of(leader, [plan, law_plan], OCTOBER))
    assert [(part.title, part.sums.total) for part in parts] == [("改革创新年", 3), ("法治建设年", 1)]


def test_indicators_furthest_behind_first(plan, office, leader):
    made = {
        name: Indicator.objects.create(plan=plan, name=name, target=100, unit_of_measure="亿元", cumulation=way)
        for name, way in (("固定资产投资", "SUM"), ("工业占比", "LATEST"), ("无数据", "LATEST"))
    }
    for month, value in ((8, 40), (9, 45)):
        for name in ("固定资产投资", "工业占比"):
            day = datetime.date(2015, month, 1)
            record_reading(made[name], day, office, value=Decimal(value), source="统计局")
    lines = dashboard.indicators(dashboard.scope_of(leader, [plan], OCTOBER))
    assert [(line.indicator.name, line.stand and line.stand.words, line.tone) for line in lines] == [
        ("工业占比", "45.0%", "warn"),
        ("固定资产投资", "85.0%", "good"),
        ("无数据", None, "muted"),
    ]
    assert {line.stand.time for line in lines if line.stand} == {Decimal("74.8")}
    early = dashboard.indicators(dashboard.scope_of(leader, [plan], datetime.date(2015, 8, 1)))
    assert {line.indicator.name: line.stand and line.stand.actual for line in early}["固定资产投资"] == 40


def test_tasks_beside_the_sections_are_the_rest(plan, three, make_task, civil, leader):
    alone = make_task(plan, 9, civil, progress=80)
    alone.section = None
    alone.save()
    titles = [part.title for part in dashboard.parts(dashboard.scope_of(leader, [plan], OCTOBER))]
    assert titles == ["（一）推进社会事业改革", "（二）推进市场化改革", "其他任务"]


def test_figures_leave_the_light_to_its_column(plan, three, leader):
    lag = dashboard.lags(dashboard.scope_of(leader, [plan], OCTOBER))[0]
    assert lag.figures == "进度20%，时间进度80%，落后60个百分点"


def test_the_mean_is_beside_what_is_expected_of_the_same_tasks(plan, make_task, civil, leader):
    make_task(plan, 1, civil, progress=50)
    stepped = make_task(plan, 2, civil, progress=40, pace="MILESTONES")
    for title, due, weight in (("方案", "2015-06-30", 1), ("试点", "2015-10-20", 2), ("验收", "2015-12-31", 3)):
        stepped.milestones.create(title=title, due_on=datetime.date.fromisoformat(due), weight=weight)
    stepped.save()
    make_task(plan, 3, civil, progress=0, pace="YEAR_END")
    make_task(plan, 4, civil, progress=90, due_on=datetime.date(2015, 9, 30))
    make_task(plan, 5, civil, status=Task.Status.PROPOSED)
    totals = dashboard.totals(dashboard.parts(dashboard.scope_of(leader, [plan], OCTOBER)))
    day = datetime.date(2015, 10, 20)
    expected = [task.judgement(day).expected for task in plan.tasks.in_force().prefetch_related("milestones")]
    assert expected == [80, 50, 0, 100]
    assert (totals.total, totals.progress, totals.expected) == (4, Decimal("45.0"), Decimal("57.5"))
    assert totals.behind == Decimal("12.5")


def test_a_month_is_judged_by_what_was_accepted_up_to_it(
    plan, task, period, report, civil, labour, fill, reporter, co_reporter, office, at, leader
):
    submit(fill(report, progress=40), reporter)
    accept(report, office)
    at("2015-11-05 10:00")
    november = open_period(plan, datetime.date(2015, 11, 1)).reports.get(unit=civil)
    accept(submit(fill(november, progress=100, light="BLUE", done="全部完成。"), reporter), office)
    before = dashboard.parts(dashboard.scope_of(leader, [plan], OCTOBER))
    lag = dashboard.lags(dashboard.scope_of(leader, [plan], OCTOBER))[0]
    at("2015-11-25 10:00")
    close_period(period, office)
    standing = period.standings.get(task=task)
    assert (standing.progress, standing.light, standing.status) == (40, "RED", "ONGOING")
    assert (lag.progress, lag.light, lag.expected) == (40, Light.RED, standing.expected)
    (part,) = dashboard.parts(dashboard.scope_of(leader, [plan], OCTOBER))
    assert part.sums == before[0].sums
    assert (
        dashboard.totals(dashboard.parts(dashboard.scope_of(leader, [plan], datetime.date(2015, 11, 1)))).progress
        == 100
    )


def test_of_several_plans_each_is_as_its_month_is(plan, period, law_plan, make_task, labour, task, at, leader):
    make_task(law_plan, 1, labour, progress=80)
    open_period(law_plan, OCTOBER)
    at("2015-11-06 09:00")
    close_period(period)
    task.refresh_from_db()
    task.progress = 100
    task.save()
    scope = dashboard.scope_of(leader, [plan, law_plan], OCTOBER)
    assert [part.sums.progress for part in dashboard.parts(scope)] == [0, 80]
    assert [lag.task for lag in dashboard.lags(scope)] == [task]


def test_a_reason_beside_its_light_leaves_the_light_out_whole(plan, make_task, civil, leader):
    make_task(plan, 1, civil, progress=58)
    (lag,) = dashboard.lags(dashboard.scope_of(leader, [plan], OCTOBER))
    assert (lag.reason, lag.figures) == (
        "进度58%，时间进度80%，落后22个百分点，黄灯（>10，≤30）",
        "进度58%，时间进度80%，落后22个百分点",
    )


def test_the_longest_lag_leads_however_many_are_late_before_it(plan, make_task, civil, leader):
    for number in range(1, 41):
        make_task(plan, number, civil)
    make_task(plan, 99, civil, starts_on=datetime.date(2015, 8, 1), due_on=datetime.date(2015, 10, 31))
    lags = dashboard.lags(dashboard.scope_of(leader, [plan], OCTOBER))
    assert (lags[0].task.number, lags[0].behind) == ("99", 88)


def test_a_yellow_that_has_just_caught_up_is_counted_and_listed(plan, make_task, civil, leader, period):
    task = make_task(plan, 5, civil, progress=80)
    task.recovering_until = datetime.date(2015, 10, 31)
    task.save()
    scope = dashboard.scope_of(leader, [plan], OCTOBER)
    assert dashboard.totals(dashboard.parts(scope)).lights["YELLOW"] == 1
    assert [lag.task.number for lag in dashboard.lags(scope) if lag.light is Light.YELLOW] == ["5"]
