"""Summaries of half a year and a year: of a plan, of a unit, of what a leader follows."""

import datetime

from supervision.dashboard.figures.comparing import drafted
from supervision.dashboard.figures.scope import Scope
from supervision.papers.tokens import faults, plain
from tasks.actions.listing import Person
from tasks.models import ProjectPerson

D = datetime.date
HALF = (D(2015, 1, 1), D(2015, 6, 1))


def words(blocks):
    return "\n".join(plain(each.text, each.figures) for each in blocks)


def test_a_plan_and_a_unit(plan, make_task, civil, water, at):
    for number, unit in ((1, civil), (2, civil), (3, water)):
        make_task(plan, number, unit)
    whole, own = (words(drafted("SUMMARY", Scope([plan], *HALF, unit=unit))) for unit in (None, civil))
    assert whole.startswith(f"现将2015年1至6月“{plan.short_title}”工作总结如下")
    assert "3项任务平均进度" in whole
    assert own.startswith(f"现将2015年1至6月县民政局承担的“{plan.short_title}”工作总结如下")
    assert "2项任务平均进度" in own


def test_what_a_leader_follows(programme, make_project, leader):
    make_project("联系的", people=[Person(ProjectPerson.Role.LEADER, leader.name)])
    make_project("别人的")
    blocks = drafted("SUMMARY", Scope([programme], *HALF, leader=leader))
    assert f"{leader.name}同志联系的" in words(blocks)
    assert "1个重点项目累计完成投资" in words(blocks)
    assert all(faults(each.text, each.figures) == [] for each in blocks)


def test_a_leader_who_follows_nothing(programme, leader):
    assert "没有联系的重点项目" in words(drafted("SUMMARY", Scope([programme], *HALF, leader=leader)))
