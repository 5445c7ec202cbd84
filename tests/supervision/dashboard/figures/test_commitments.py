"""责任书 say what a unit answers for, and nothing it has no part in."""

import datetime

from supervision.dashboard.figures.comparing import drafted
from supervision.dashboard.figures.scope import Scope
from supervision.papers.handwritten import handwritten
from supervision.papers.tokens import faults, plain
from tasks.models import Indicator, Milestone, Responsibility

D = datetime.date


def commitment(plan, unit):
    return drafted("COMMITMENT", Scope([plan], *plan.months[::11], unit=unit), issuer="县委改革办")


def words(blocks):
    return "\n".join(plain(each.text, each.figures) for each in blocks)


def rows(blocks, source):
    (block,) = [each for each in blocks if each.source == source]
    return [[cell["v"] if isinstance(cell, dict) else cell for cell in row] for row in block.content["rows"]]


def test_goals_are_numbered_with_their_part_and_day(plan, make_task, civil, water):
    make_task(plan, 43, civil)
    helped = make_task(plan, 44, water)
    Responsibility.objects.create(task=helped, unit=civil, role="SUPPORT")
    Milestone.objects.create(task=plan.tasks.get(number="43"), title="出台方案", due_on=D(2015, 6, 30))
    Milestone.objects.create(task=helped, title="别家的节点", due_on=D(2015, 6, 30))
    Indicator.objects.create(plan=plan, name="签约率", target=70, unit_of_measure="%", unit=civil)
    blocks = commitment(plan, civil)
    assert "承担牵头任务1项、配合任务1项。" in words(blocks)
    assert [row[:2] + row[3:4] for row in rows(blocks, "commitment_goals")] == [
        ["1", "43", "牵头"],
        ["2", "44", "配合"],
    ]
    assert rows(blocks, "commitment_nodes")[0][2:] == ["出台方案", "2015年6月30日"]
    assert len(rows(blocks, "commitment_nodes")) == 1
    assert rows(blocks, "commitment_targets") == [["1", "签约率", "不低于70%"]]
    assert "重点项目" not in words(blocks)


def test_projects_are_told_with_the_money_of_the_year(programme, make_project, civil):
    money = [make_project(f"{amount}项目", year_plan=amount).year_plan for amount in (3000, 4500)]
    blocks = commitment(programme, civil)
    assert f"服务重点项目2个，年度计划投资{sum(money):,.0f}万元" in words(blocks)
    (block,) = [each for each in blocks if each.source == "commitment_register"]
    assert block.content["sum"][1]["v"] == f"{sum(money):,.0f}"


def test_a_unit_without_a_part_is_told_so(plan, water):
    blocks = commitment(plan, water)
    assert "没有由本单位承担的任务" in words(blocks)
    assert not any(each.kind == "TABLE" for each in blocks)


def test_every_digit_is_a_figure(plan, make_task, civil):
    make_task(plan, 43, civil)
    for block in commitment(plan, civil):
        assert (handwritten(block.text), faults(block.text, block.figures)) == ([], []), block.text
