"""Every condition of the task ledger's filter finds its rows and leaves the others."""

import datetime

import pytest
from django.http import QueryDict

from kit.refusal import Unknown
from tasks.filters import TaskFilter
from tasks.models import Section, Task


def day(month, number):
    return datetime.date(2015, month, number)


@pytest.fixture
def other_section(plan):
    return Section.objects.create(plan=plan, number="（二）", title="推进市场化改革", order=2)


@pytest.fixture
def tasks(plan, law_plan, other_section, make_task, civil, labour, water):
    """Four tasks that differ in everything the filter asks."""
    made = {
        "green": make_task(plan, 1, civil, [labour], progress=80, short_title="商事登记改革"),
        "red": make_task(plan, 2, labour, [civil], progress=5, text="全面推行水费改革。"),
        "late": make_task(plan, 3, water, progress=60, due_on=day(9, 30), status="ONGOING", origin="ADDED"),
        "nobody": make_task(law_plan, 4, progress=100, status="DONE"),
    }
    Task.objects.filter(pk=made["red"].pk).update(section=other_section)
    return made


def found(query, user, tasks):
    names = {task.pk: name for name, task in tasks.items()}
    return {names[task.pk] for task in TaskFilter(QueryDict(query), user=user).qs}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"green", "red", "late", "nobody"}),
        ("light=RED", {"red", "late"}),
        ("light=GREEN", {"green"}),
        ("light=BLUE", {"nobody"}),
        ("status=ONGOING", {"late"}),
        ("unit=县民政局", {"green", "red"}),
        ("unit=mzj", {"green", "red"}),
        ("unit=县民政局&role=LEAD", {"green"}),
        ("unit=县民政局&role=SUPPORT", {"red"}),
        ("role=SUPPORT", {"green", "red"}),
        ("due=2015-09", {"late"}),
        ("due=2015-12", {"green", "red", "nobody"}),
        ("overdue=1", {"late"}),
        ("overdue=0", {"green", "red", "nobody"}),
        ("unassigned=1", {"nobody"}),
        ("unassigned=0", {"green", "red", "late"}),
        ("origin=ADDED", {"late"}),
        ("q=水费", {"red"}),
        ("q=ssdj", {"green"}),
        ("q=3", {"late"}),
        ("q=县民政局 登记", {"green"}),
    ],
)
def test_a_condition_finds_its_rows(query, names, office, tasks):
    assert found(query, office, tasks) == names


def test_plan_section_and_unit_by_key(office, tasks, plan, law_plan, other_section, civil):
    assert found(f"plan={law_plan.pk}", office, tasks) == {"nobody"}
    assert found(f"plan={plan.pk}", office, tasks) == {"green", "red", "late"}
    assert found(f"section={other_section.pk}", office, tasks) == {"red"}
    assert found(f"unit={civil.pk}", office, tasks) == {"green", "red"}
    Task.objects.filter(pk=tasks["late"].pk).update(section=None)
    assert found("section=null", office, tasks) == {"late", "nobody"}


def test_a_unit_named_by_its_key_is_shown_by_its_name(office, civil):
    assert TaskFilter(QueryDict(f"unit={civil.pk}"), user=office).form["unit"].value() == "县民政局"


def test_a_units_exact_name_is_not_a_part_of_another(plan, make_unit, make_task, civil, office):
    longer = make_unit("县民政局下属站")
    mine, theirs = make_task(plan, 1, civil), make_task(plan, 2, longer)
    tasks = {"mine": mine, "theirs": theirs}
    assert found("unit=县民政局", office, tasks) == {"mine"}
    assert found("unit=民政", office, tasks) == {"mine", "theirs"}


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("light=PINK", "灯色"),
        ("due=soon", "完成月份"),
        ("due=9999-12", "完成月份"),
        ("section=abc", "章节"),
        ("section=999", "章节"),
        ("status=%00", "状态"),
        ("overdue=x", "已逾期"),
        ("plan=9999", "方案"),
    ],
)
def test_what_does_not_exist_is_told_and_shows_nothing(query, label, office, tasks):
    with pytest.raises(Unknown, match=f"{label}没有“"):
        TaskFilter(QueryDict(query), user=office).qs  # noqa: B018


def test_without_a_plan_only_running_ones_are_shown(make_plan, reform_office, make_task, office, tasks, at):
    old = make_plan(reform_office, "旧方案", year=2014)
    make_task(old, 1)
    assert TaskFilter(QueryDict(""), user=office).qs.count() == 4
    at("2017-05-01 09:00")
    assert TaskFilter(QueryDict(""), user=office).qs.count() == 4
    assert TaskFilter(QueryDict(f"plan={old.pk}"), user=office).qs.count() == 1


def test_the_auditor_sees_no_task(auditor, tasks):
    assert found("", auditor, tasks) == set()
