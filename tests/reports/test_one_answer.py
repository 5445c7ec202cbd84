"""A year full of edges: pages, lists and sheets say the same of it, and the same as plain SQL.

The demonstration year is asked the same questions where it is built (tests/reports/demo).
"""

import datetime

import pytest

from portal.actions.succession import merge
from reports.actions.periods import close_period, exempt, extend, open_period
from reports.actions.review import accept, reopen, return_report
from reports.actions.writing import save_entry, submit, withdraw
from reports.models import MonthlyReport, Period
from tasks.actions.assignment import assign
from tasks.models import Task
from tests.conftest import OCTOBER, moment
from tests.reports.answers import SQL, WITH_UNIT, County, agree_on_reports, agree_on_tasks, agree_on_units, counted
from units.models import Unit

SEPTEMBER = datetime.date(2015, 9, 1)


@pytest.fixture
def edges(plan, office, leader, admin, make_unit, make_user, make_task, fill, at):
    """Nine units, each with a fate; 4 November, September closed, October in its days of grace."""
    names = ("撤回", "退回", "迟报", "免报", "并入", "承接", "重开", "通过", "在填")
    people = {name: make_user(name, "REPORTER", make_unit(f"县{name}局", order=n)) for n, name in enumerate(names)}
    for n, person in enumerate(people.values(), 1):
        make_task(plan, n, person.unit, [people["通过"].unit] if n < 4 else [])
    for n, status in ((20, "PROPOSED"), (21, "DECLINED")):
        assign(make_task(plan, n), people["通过"].unit, [people["撤回"].unit], None)
        Task.objects.filter(plan=plan, number=n).update(status=status)

    def file(month, name, when, **values):
        at(when)
        report = MonthlyReport.objects.get(period__plan=plan, period__month=month, unit__name=f"县{name}局")
        return submit(fill(report, **values), people[name])

    at("2015-09-10 10:00")
    september = open_period(plan, SEPTEMBER)
    for name, progress in (("重开", 50), ("通过", 33), ("迟报", 67)):
        accept(
            file(SEPTEMBER, name, "2015-10-02 09:00" if name == "迟报" else "2015-09-20 09:00", progress=progress),
            office,
        )
    at("2015-10-07 09:00")
    close_period(september, office)
    october = open_period(plan, OCTOBER)
    at("2015-10-09 09:00")
    merge([people["并入"].unit], people["承接"].unit, admin, effective_on=datetime.date(2015, 10, 8), reason="机构改革")
    exempt(october.reports.get(unit=people["免报"].unit), office, reason="迎检")
    returned = file(OCTOBER, "退回", "2015-10-26 09:00", progress=41)
    return_report(returned, office, reason="数据不清")
    accept(file(OCTOBER, "通过", "2015-10-27 09:00", progress=44), office)
    reopened = september.reports.get(unit=people["重开"].unit)
    reopen(reopened, office, reason="数据有误")
    late = file(OCTOBER, "迟报", "2015-11-01 09:00", progress=70)
    return_report(late, office, reason="缺附件")
    extend(late, office, until=moment("2015-11-10 00:00"), reason="等外单位数据")
    early = file(OCTOBER, "撤回", "2015-10-31 22:00", progress=10)
    at("2015-11-02 09:00")
    withdraw(early, people["撤回"])
    draft = fill(october.reports.get(unit=people["在填"].unit)).entries.get()
    save_entry(draft, people["在填"], {"done": "在填的话。"}, seen_version=draft.version)
    at("2015-11-04 10:00")
    return County(plan, office, leader)


def test_the_running_month_of_edges(edges):
    truth = agree_on_reports(edges, Period.objects.get(month=OCTOBER))
    assert truth == {
        "owed": 7,
        "filed": 2,
        "on_time": 1,
        "late": 1,
        "unfiled": 4,
        "missing": 4,
        "returned": 2,
        "lapsed": 1,
        "waiting": 0,
        "accepted": 1,
        "exempt": 2,  # one by the office, one with its unit's merger
    }


def test_the_closed_month_of_edges(edges):
    period = Period.objects.get(month=SEPTEMBER)
    truth = agree_on_reports(edges, period)
    assert (truth["owed"], truth["filed"], truth["late"], truth["missing"], truth["lapsed"]) == (9, 2, 1, 6, 1)
    agree_on_tasks(edges, period)


def test_units_and_tasks_of_edges(edges, at):
    agree_on_units(edges)
    assert Unit.objects.get(name="县撤回局").reports.get(period__month=OCTOBER).mark() == "MISSING"
    at("2015-10-31 12:00")
    agree_on_tasks(edges, Period.objects.get(month=OCTOBER))


def test_those_who_are_urged_are_those_who_owe(edges):
    period = Period.objects.get(month=OCTOBER)
    page = edges.office.get(f"/periods/{period.pk}/").context["period"]
    owing = counted(period, WITH_UNIT)
    assert page.with_units == owing == page.unfiled + counted(period, SQL["returned"])
    edges.office.post(f"/periods/{period.pk}/urge/", {"everyone": "1"})
    assert MonthlyReport.objects.filter(period=period, events__verb="催报").distinct().count() == owing
