"""Data in bulk: the sizes asked for, rows true to the rules, the same each time, never beside real ones."""

import pytest
from django.core.management import CommandError, call_command

from bench.fill import Command
from kit import clock
from kit.records import checksum
from reports.models import Entry, MonthlyReport, Period, ReportEvent, Standing, Submission
from supervision.models import Round, Score
from tasks.models import Amount, Plan, Project, Responsibility, Task
from units.models import Unit, User


@pytest.fixture
def load(db):
    def run(**options):
        call_command(Command(), **({"units": 6, "tasks": 9, "months": 3, "password": "Load-Test-1"} | options))

    return run


def test_it_makes_what_was_asked_for(load, capsys):
    load()
    assert Unit.objects.filter(name__startswith="示例", plans=None).count() == 6
    assert (Task.objects.count(), Responsibility.objects.count(), Entry.objects.count()) == (9, 13, 39)
    assert Period.objects.count() == 9
    assert sorted(Period.objects.values_list("month", flat=True).distinct())[-1].isoformat() == "2015-10-01"
    assert Standing.objects.count() == 18
    assert "39条任务进展" in capsys.readouterr().out


def test_the_number_of_entries_may_be_named(load):
    load(entries=108)
    assert Entry.objects.count() == 108
    assert Responsibility.objects.filter(role="LEAD").count() == 9


def test_people_have_the_password_given(load):
    load()
    for username in ("unit001", "unit006", "office1", "office3", "leader", "inspector"):
        assert User.objects.get(username=username).check_password("Load-Test-1")
    assert User.objects.get(username="office2").unit == Plan.objects.get(kind="LAW").office


def test_closed_months_are_frozen_and_the_open_one_is_under_way(load):
    load()
    closed = MonthlyReport.objects.exclude(period__closed_at=None)
    assert set(closed.values_list("status", flat=True)) <= {"ACCEPTED", "DUE"}
    assert Period.objects.filter(closed_at=None).count() == 3
    assert all(period.summary["marks"] for period in Period.objects.exclude(closed_at=None))
    filed = MonthlyReport.objects.exclude(first_submitted_at=None)
    assert Submission.objects.count() == filed.count()
    assert ReportEvent.objects.filter(verb="报送").count() == filed.count()


def test_rows_agree_with_each_other(load):
    load()
    for task in Task.objects.select_related("plan__rules"):
        kept = task.judged_from, task.slow_from, task.late_from
        task.settle_light()
        assert (task.judged_from, task.slow_from, task.late_from) == kept
        standing = task.standings.order_by("-period__month").first()
        assert (standing.progress, standing.status) == (task.progress, task.status)
    for submission in Submission.objects.select_related("report"):
        assert submission.checksum == checksum(submission.content)
        assert {row["task"] for row in submission.content["entries"]} == set(
            submission.report.entries.values_list("task", flat=True)
        )


def test_key_projects_stand_as_their_months_left_them(load):
    load(tasks=21, months=4, projects=42)
    assert Project.objects.count() == 42
    assert {row.package_id for row in Project.objects.exclude(package=None)} == {Project.objects.first().pk}
    accepted = Entry.objects.accepted().exclude(invested=None)
    for entry in accepted.select_related("report__period"):
        row = Amount.objects.get(project=entry.task_id, month=entry.report.period.month, measure="INVESTED")
        assert row.actual == entry.invested
    assert Amount.objects.filter(measure="INVESTED").exclude(actual=None).count() == accepted.count()
    for project in Project.objects.with_course():
        task = project.task
        kept = task.judged_from, task.slow_from, task.late_from
        task.settle_light()
        assert (task.judged_from, task.slow_from, task.late_from) == kept
    assert Standing.objects.filter(task__kind="PROJECT").count() == 3 * 42


def test_it_refuses_a_database_in_use(load, civil):
    with pytest.raises(CommandError, match="空库"):
        load()
    assert not Plan.objects.exists()


def test_it_refuses_sizes_that_make_no_sense(load):
    with pytest.raises(CommandError, match="任务数"):
        load(tasks=0)
    with pytest.raises(CommandError, match="七项行动"):
        load(projects=5)


def test_rounds_are_opened_of_the_spans_that_are_over(load):
    load(months=5, items=3, rounds=3)
    rounds = Round.objects.order_by("pk")
    assert rounds.count() == 3
    assert all(each.until < clock.today().replace(day=1) for each in rounds)
    assert {each.subjects.count() for each in rounds} == {Unit.objects.active().count()}
    assert Score.objects.count() == 3 * 3 * Unit.objects.active().count()
