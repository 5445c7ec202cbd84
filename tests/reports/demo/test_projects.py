"""The demonstration year plays its key projects: the file's sums are the register's, and what is to be seen is there."""

import datetime
from collections import Counter

import pytest
from django.db.models import Sum

from reports.models import Entry, MonthlyReport, Standing
from tasks.derived import Rule
from tasks.models import Amount, Plan, Project, Schedule, Task
from tasks.models.facts import facts_of
from tests.demonstration import built, folder

__all__ = ["built", "folder"]
D = datetime.date
SEPTEMBER, OCTOBER = D(2015, 9, 1), D(2015, 10, 1)


@pytest.fixture
def demo(built, db, settings, folder):
    settings.MEDIA_ROOT = folder
    return built


def project(code):
    return Project.objects.with_course().get(task__number=code)


def lights(month):
    rows = Standing.objects.filter(period__month=month, task__kind=Task.Kind.PROJECT)
    return Counter(rows.values_list("light", flat=True))


def test_the_list_stands_as_decided_and_as_it_is_now(demo):
    counted = Project.objects.counted()
    assert (counted.count(), Project.objects.count()) == (104, 107)
    decided = {"NEW": 27, "CONTINUED": 35, "PREPARED": 23, "STUDIED": 12, "CONTRACTED": 7}
    first = Counter(each.classes.first().klass for each in counted.prefetch_related("classes"))
    assert first == decided
    now = Counter(counted.running().values_list("klass", flat=True))
    assert now == decided | {"NEW": 28, "PREPARED": 21}


def test_the_register_has_the_sums_of_the_file(demo):
    spent = Amount.objects.filter(measure="INVESTED", month__lte=SEPTEMBER).aggregate(money=Sum("actual"))
    assert spent == {"money": 368_130}
    assert Entry.objects.filter(report__period__month=SEPTEMBER, task__kind="PROJECT").accepted().count() == 105


def test_the_seven_actions_stay_seven(demo):
    plan = Plan.objects.get(kind="BREAKTHROUGH")
    actions = plan.tasks.actions()
    assert [each.number for each in actions.order_by("order")] == [f"({n})" for n in "一二三四五六七"]
    assert set(Project.objects.values_list("task__parent", flat=True)) <= {each.pk for each in actions}


def test_lights_of_every_colour_are_there_in_the_closed_month(demo):
    assert set(lights(SEPTEMBER)) == {"GREEN", "YELLOW", "RED", "GREY", "BLUE"}
    assert lights(SEPTEMBER)["RED"] >= 5
    assert not MonthlyReport.objects.filter(period__month=SEPTEMBER, status="SUBMITTED").exists()


def test_the_light_of_a_row_is_the_one_it_is_judged_by(demo):
    day = D(2015, 10, 19)
    shown = dict(Task.objects.projects().with_light(day).values_list("pk", "light_now"))
    assert {each.pk: each.judgement(day).light.value for each in Project.objects.with_course()} == shown


def test_one_changed_its_class_one_was_stopped_one_is_a_package(demo):
    changed, stopped, package = project("T12"), project("T16"), project("X17")
    assert (changed.klass, changed.task.parent.number) == ("NEW", "(一)")
    assert [(each.klass, each.from_month) for each in changed.classes.all()][1:] == [("NEW", D(2015, 7, 1))]
    assert changed.classes.last().paper
    assert (stopped.stopped_on, stopped.task.status) == (D(2015, 8, 11), Task.Status.STOPPED)
    assert not Entry.objects.filter(task=stopped.pk, report__period__month__gte=SEPTEMBER).exists()
    assert package.parts.count() == 3
    assert package.sums("INVESTED", SEPTEMBER)[1] == sum(
        part.sums("INVESTED", SEPTEMBER)[1] for part in package.parts.all()
    )


def test_one_timetable_was_changed_and_one_waits(demo):
    accepted, waiting = (project(code).schedules.get() for code in ("X25", "X34"))
    assert (accepted.status, waiting.status) == (Schedule.Status.ACCEPTED, Schedule.Status.PROPOSED)
    row = accepted.project.amounts.get(month=OCTOBER, measure="INVESTED")
    assert (row.first, row.planned) == (1800, 1400)
    assert accepted.decided_by.unit.name == "县重点办"


def test_what_is_stuck_says_so_and_what_is_slow_too(demo):
    entry = Entry.objects.get(task__number="X34", report__period__month=SEPTEMBER)
    assert (entry.cause, entry.invested, entry.land) == ("GROUND", 535, 2)
    assert "江湾段23户房屋未拆" in entry.problems
    behind = Entry.objects.filter(report__period__month=SEPTEMBER, task__kind="PROJECT").exclude(problems="")
    assert len(set(behind.values_list("cause", flat=True))) > 3
    assert not behind.filter(next_steps="").exists()


def test_a_returned_and_an_open_line_wait_in_october(demo):
    stands = dict(
        MonthlyReport.objects.filter(period__month=OCTOBER, period__plan__kind="BREAKTHROUGH").values_list(
            "unit__name", "status"
        )
    )
    assert (stands["县交通运输局"], stands["县房产局"], stands["县农业局"]) == ("DUE", "RETURNED", "ACCEPTED")
    assert Entry.objects.get(task__number="X25", report__period__month=OCTOBER).shape == "正在协调贷款。"


def test_the_rates_of_the_register_have_both_numbers(demo):
    plan = Plan.objects.get(kind="BREAKTHROUGH")
    facts = facts_of([plan.pk])[plan.pk]
    assert facts.figure(Rule.STARTED_SHARE, SEPTEMBER).words == "23/28 = 82.1%；年初名单23/27 = 85.2%"
    assert facts.figure(Rule.COMPLETED, SEPTEMBER).words == "9个"
