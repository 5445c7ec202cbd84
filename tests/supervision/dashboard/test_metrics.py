"""Every metric over the demonstration year beside the page that counts the same, in questions that do not grow."""

import datetime

import pytest

from kit.rates import Rate
from reports.dashboard.programme import Programme
from reports.models import Fact, MonthlyReport, Period, Standing
from supervision.dashboard.calculation import calculate
from supervision.dashboard.metrics import METRICS
from tasks.models import Plan
from tests.demonstration import built, folder
from tests.supervision.dashboard.test_calculation import make_scheme
from units.models import Unit, User

__all__ = ["built", "folder"]
D = datetime.date


@pytest.fixture
def demo(built, db):
    return built


def test_every_metric_of_the_demonstration_year_agrees_with_the_pages(demo):
    plan = Plan.objects.get(kind="BREAKTHROUGH", year=2015)
    units = Unit.objects.filter(responsibilities__task__plan=plan, responsibilities__role="LEAD").distinct()
    items = [(key, 5, "SHARE", key, {}) for key, metric in METRICS.items() if "UNIT" in metric.fits]
    scheme = make_scheme(plan, {"全部": units}, items)
    result = calculate(scheme, D(2015, 9, 1), D(2015, 9, 1))
    programme = Programme(User.objects.get(username="zhongdian"), plan, D(2015, 9, 1))
    found = {
        item.metric: [score.measured for row in result.rows for score in row.scores if score.item.pk == item.pk]
        for item in scheme.items.all()
    }
    assert sum(each.value or 0 for each in found["invested"]) == programme.sums.done
    assert sum(each.due or 0 for each in found["invested"]) == programme.sums.due
    red = sum(each.counts.get("红灯项目", 0) for each in found["project_lights"])
    assert red == programme.sums.red
    period = Period.objects.get(plan=plan, month=D(2015, 9, 1))
    reports = MonthlyReport.objects.filter(period=period, unit__in=units)
    rate = Rate(sum(each.value or 0 for each in found["on_time"]), sum(each.whole or 0 for each in found["on_time"]))
    assert rate == Rate(reports.of(Fact.ON_TIME).count(), reports.of(Fact.DUE).count())
    standings = Standing.objects.of(period).actions()
    assert sum(each.value or 0 for each in found["progress"]) == sum(standings.values_list("progress", flat=True))


@pytest.mark.parametrize("kind", ["REFORM", "LAW", "BREAKTHROUGH"])
def test_the_questions_do_not_grow_with_the_units(demo, kind, django_assert_num_queries):
    plan = Plan.objects.get(kind=kind, year=2015)
    units = list(Unit.objects.filter(responsibilities__task__plan=plan).distinct())
    items = [(key, 5, "SHARE", key, {}) for key, metric in METRICS.items() if "UNIT" in metric.fits]
    few = make_scheme(plan, {"全部": units}, items, name="少")
    many = make_scheme(plan, {"全部": Unit.objects.all()}, items, name="多")
    calculate(few, D(2015, 9, 1), D(2015, 9, 1))
    for scheme in (few, many):
        with django_assert_num_queries(QUERIES[kind]):
            calculate(scheme, D(2015, 9, 1), D(2015, 9, 1))


QUERIES = {"REFORM": 17, "LAW": 16, "BREAKTHROUGH": 31}
