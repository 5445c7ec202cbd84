"""A year in small for papers: three tasks and their reports of September, closed; key projects with every edge; matters handed down."""

import datetime
from decimal import Decimal

import pytest

from reports.actions.periods import close_period, open_period
from reports.actions.review import accept
from reports.actions.writing import submit
from tasks.actions.months import enter_month
from tasks.actions.schedules import Step
from tasks.actions.stopping import stop_project

D = datetime.date
SEPTEMBER = D(2015, 9, 1)


@pytest.fixture
def month(plan, make_task, civil, labour, water, office, reporter, outsider, fill, at):
    """September of four tasks, closed on 12 October.

    县民政局 reported 20 % and 90 % on time, 县水利局 95 % late, 县人社局 nothing.
    """
    for number, unit in ((1, civil), (2, civil), (3, labour), (4, water)):
        make_task(plan, number, unit)
    at("2015-09-02 09:00:00")
    period = open_period(plan, SEPTEMBER)
    at("2015-09-28 09:00:00")
    report = fill(period.reports.get(unit=civil))
    for number, progress in (("1", 20), ("2", 90)):
        report.entries.filter(task__number=number).update(progress=progress)
    submit(report, reporter)
    at("2015-09-30 09:00:00")
    accept(report, office)
    close_late(period, outsider, office, fill, at)
    return period


def close_late(period, by, office, fill, at):
    at("2015-10-02 09:00:00")
    late = fill(period.reports.get(unit=by.unit), progress=95)
    submit(late, by)
    at("2015-10-05 21:00:00")
    accept(late, office)
    at("2015-10-12 09:00:00")
    close_period(period, office)
    at("2015-10-20 10:00:00")


def spend(project, **months):
    for name, money in months.items():
        enter_month(project.task, D(2015, int(name[1:]), 1), {"invested": str(money)}, None)


@pytest.fixture
def register(programme, make_project, labour, water):
    """Projects of every class: one that gave money back, one stopped, one finished, one blocked, one without money."""
    even = {"INVESTED": {D(2015, n, 1): Decimal("10.05") for n in range(1, 13)}}
    year = {"year_plan": Decimal(120)}
    started = [Step("开工", D(2015, 3, 10), "START", done_on=D(2015, 4, 2))]
    spend(make_project("退回过资金", amounts=even, nodes=started, **year), m3=85, m5="-30.5", m9="0.01", m10=90)
    gone = make_project("七月调出", amounts=even, **year)
    spend(gone, m3=30)
    stop_project(gone, None, D(2015, 7, 9), reason="资金落空")
    done = make_project(
        "八月竣工", "CONTINUED", labour, amounts=even, nodes=[Step("竣工", D(2015, 8, 31), "COMPLETE")], **year
    )
    spend(done, m8=120)
    blocked = make_project(
        "没有动工", "NEW", water, amounts=even, nodes=[Step("开工", D(2015, 8, 31), "START")], **year
    )
    enter_month(blocked.task, SEPTEMBER, {"invested": "0", "cause": "GROUND"}, None)
    make_project("招商厂房", "CONTRACTED", labour, nodes=[Step("投产", D(2015, 9, 30), "COMMISSION")])
    make_project("无钱无节点", "STUDIED")
    return programme
