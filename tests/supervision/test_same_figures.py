"""Edges of the register: list, sheet, promised numbers and dispatch say the same of each month, and the same as plain sums."""

import datetime
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from kit.deadlines import last_day
from kit.rates import Rate
from reports.dashboard.programme import Programme
from supervision.dashboard.agenda import Agenda
from tasks.actions.classes import change_class
from tasks.actions.months import enter_month
from tasks.actions.schedules import Step
from tasks.actions.stopping import stop_project
from tasks.derived import Rule
from tasks.models import Amount, Measure, Milestone, Project
from tasks.models.facts import facts_of

D = datetime.date
MONTHS = [D(2015, month, 1) for month in (3, 6, 7, 8, 9)]


def spend(project, **months):
    for month, money in months.items():
        enter_month(project.task, D(2015, int(month[1:]), 1), {"invested": str(money)}, None)


@pytest.fixture
def edges(make_project, labour, water):
    even = {"INVESTED": {D(2015, month, 1): Decimal("10.05") for month in range(1, 13)}}
    year = {"year_plan": Decimal(120)}
    started = [Step("开工", D(2015, 3, 10), "START", done_on=D(2015, 4, 2))]
    returned = make_project("退回过资金", amounts=even, nodes=started, **year)
    spend(returned, m3=85, m5="-30.5", m6=0, m9="0.01", m10=90)
    package = make_project("打包道路", "NEW", water)
    for name, done_on in (("甲段", D(2015, 6, 30)), ("乙段", None)):
        nodes = [Step("开工", D(2015, 6, 1), "START", done_on=done_on)]
        spend(make_project(name, package=package, amounts=even, nodes=nodes, **year), m6=20, m8=7)
    nodes = [Step("竣工", D(2015, 8, 31), "COMPLETE", goal=True)]
    finished = make_project("八月竣工", "CONTINUED", labour, amounts=even, nodes=nodes, **year)
    spend(finished, m8=120)
    goal = Milestone.objects.get(task=finished.task)
    enter_month(finished.task, D(2015, 9, 1), {"invested": "1", "nodes": {str(goal.pk): "2015-08-30"}}, None)
    gone = make_project("七月调出", amounts=even, **year)
    spend(gone, m3=30, m6=30)
    stop_project(gone, None, D(2015, 7, 9), reason="资金落空")
    changed = make_project(
        "八月转新开工", "PREPARED", water, amounts=even, nodes=[Step("开工", D(2015, 8, 31), "START")]
    )
    spend(changed, m6=5, m9=5)
    change_class(changed, None, "NEW", D(2015, 8, 1), reason="提前开工")
    make_project("八月增补", "CONTINUED", month=D(2015, 8, 1), amounts=even, **year)
    contract = make_project("招商厂房", "CONTRACTED", labour, nodes=[Step("投产", D(2015, 9, 30), "COMMISSION")])
    node = Milestone.objects.get(task=contract.task)
    enter_month(contract.task, D(2015, 10, 1), {"nodes": {str(node.pk): "2015-09-28"}}, None)
    make_project("无钱无节点", "STUDIED")


@pytest.fixture
def desk(programme, owner, sign_in):
    return sign_in(owner)


def stood(programme, month):
    """{name: (year's plan, due, done)} of what stood on the list in a month, added up row by row."""
    found = {}
    for project in Project.objects.filter(package=None).prefetch_related("parts"):
        is_gone = project.stopped_from and project.stopped_from <= month
        if project.listed_from <= month and not is_gone:
            keys = [part.pk for part in project.parts.all()] or [project.pk]
            rows = list(Amount.objects.filter(project__in=keys, measure=Measure.INVESTED))
            planned = [row.planned or 0 for row in rows]
            due = [row.planned or 0 for row in rows if row.month <= month]
            done = [row.actual or 0 for row in rows if row.month <= month]
            year = sum(planned) if project.year_plan is None else project.year_plan
            found[project.name] = (year, sum(due), sum(done))
    return found


@pytest.mark.parametrize("month", MONTHS)
def test_money_is_the_same_everywhere(edges, programme, owner, desk, month):
    sums = stood(programme, month)
    table = desk.get("/projects/", {"month": f"{month:%Y-%m}"}).context["table"]
    assert {each.name: (each.year, each.due, each.done) for each in table.rows} == sums
    year, due, done = (sum(column) for column in zip(*sums.values(), strict=True))
    agenda = Agenda(owner, programme, month)
    for found in (Programme(owner, programme, month).sums, agenda.sums):
        assert (found.count, found.year, found.due, found.done) == (len(sums), year, due, done)
    sheet = desk.get("/projects/", {"month": f"{month:%Y-%m}", "format": "xlsx", "columns": "name,year,due,done"})
    rows = list(load_workbook(io.BytesIO(sheet.content)).active.values)
    exported = {row[0]: tuple(map(float, row[1:4])) for row in rows if row[0] in sums}
    assert exported == {name: tuple(map(float, figures)) for name, figures in sums.items()}


@pytest.mark.parametrize("month", MONTHS)
def test_rates_are_the_same_everywhere(edges, programme, owner, month):
    facts = facts_of([programme.pk])[programme.pk]
    seen, agenda = Programme(owner, programme, month), Agenda(owner, programme, month)
    started, fulfilled, capacity = (
        facts.figure(rule, month) for rule in (Rule.STARTED_SHARE, Rule.FULFILLED_SHARE, Rule.CAPACITY_SHARE)
    )
    assert seen.started == agenda.sums.started == Rate(started.part, started.whole)
    assert seen.fulfilled == Rate(fulfilled.part, fulfilled.whole)
    assert seen.at_capacity == Rate(capacity.part, capacity.whole)
    assert seen.completed == agenda.sums.completed
    assert seen.completed.part == facts.figure(Rule.COMPLETED, month).part
    assert seen.sums.done + seen.stopped_money == facts.figure(Rule.MONEY, month).part


@pytest.mark.parametrize("month", MONTHS)
def test_lights_are_those_of_the_projects_own_plan_whatever_was_accepted_since(edges, programme, owner, month):
    """The list goes by turning days where it may; each project is judged here by all that is on record."""
    seen = {each.pk: each for each in Programme(owner, programme, month).register.stands}
    lines = {each.pk: each for each in Agenda(owner, programme, month).lines}
    for project in Project.objects.filter(listed_from__lte=month).with_course():
        judged = project.judgement(last_day(month))
        assert (seen[project.pk].light, project.name) == (judged.light, project.name)
        if project.pk in lines:
            assert lines[project.pk].judged.reason == judged.reason


def test_the_edges_are_there(edges, programme, owner):
    seen = {each.name: each for each in Programme(owner, programme).stands}
    assert (seen["打包道路"].year, seen["打包道路"].done) == (Decimal("241.2"), 54)
    assert seen["退回过资金"].done == Decimal("54.51")
    assert seen["七月调出"].stopped
    assert [seen[name].klass for name in ("八月转新开工", "八月增补")] == ["NEW", "CONTINUED"]
    assert {each.light.name for each in seen.values()} >= {"RED", "BLUE", "GREY", "YELLOW"}
    assert str(Programme(owner, programme).started) == "2/3 = 66.7%"


def test_a_dispatch_of_the_running_month_speaks_of_the_month_that_is_over(edges, programme, owner):
    running, newest = Agenda(owner, programme, D(2015, 10, 1)), Programme(owner, programme)
    assert running.over == newest.month == D(2015, 9, 1)
    assert (running.sums.done, running.sums.red) == (newest.sums.done, newest.sums.red)
    assert {each.pk: each.light for each in running.lines} == {each.pk: each.light for each in newest.running}
