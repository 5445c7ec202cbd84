"""Two people press at the same moment: what counts happens once."""

import datetime
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from kit import clock
from kit.moves import lock
from kit.refusal import Already, Conflict, Refusal
from portal.actions.loading import undo_load
from portal.actions.succession import merge
from reports.actions.assignment import assign_task
from reports.actions.periods import close_period, exempt, open_period
from reports.actions.review import accept
from reports.actions.writing import submit
from reports.models import Entry, MonthlyReport, Period, Standing
from tasks.actions.drafting import drop_task
from tasks.actions.loads import load_reading
from tasks.models import Plan, PlanEvent, PlanReading, Task
from tests.conftest import OCTOBER
from units.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run the acts in threads that start together, each with a connection of its own; return what each gave or raised."""
    start, given = threading.Barrier(len(acts), timeout=20), {}

    def run(n, act):
        try:
            start.wait()
            given[n] = act()
        except Exception as why:  # noqa: BLE001 - handed to the test
            given[n] = why
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return [given[n] for n in range(len(acts))]


def test_two_openings_give_one_report_a_unit(plan, task, law_plan, make_task, civil, water, reporter):
    make_task(plan, 44, civil, [water])
    make_task(law_plan, 1, civil)
    acts = [lambda each=each: open_period(each, OCTOBER) for each in (plan, law_plan, plan, law_plan)]
    given = at_once(*acts)
    assert all(isinstance(each, Period) for each in given), given
    assert Period.objects.count() == 2
    names = sorted(MonthlyReport.objects.values_list("period__plan", "unit_name", "serial"))
    assert names == [
        (plan.pk, "县人社局", 2),
        (plan.pk, "县民政局", 1),
        (plan.pk, "县水利局", 3),
        (law_plan.pk, "县民政局", 1),
    ]
    assert Entry.objects.count() == 5
    assert PlanEvent.objects.filter(verb="开启报送期").count() == 2
    assert Notice.objects.filter(user=reporter).count() == 2


def test_two_openings_of_an_open_month_add_what_is_missing_once(plan, period, make_task, make_unit):
    for number in range(50, 58):
        make_task(plan, number, make_unit(f"县{number}局"))
    given = at_once(*[lambda: open_period(plan, OCTOBER)] * 4)
    assert all(isinstance(each, Period) for each in given), given
    reports = list(MonthlyReport.objects.values_list("unit_name", "serial"))
    assert len(reports) == len({name for name, _ in reports}) == len({serial for _, serial in reports}) == 10
    assert Entry.objects.count() == 10


def test_two_closings_freeze_once(period, task, at):
    at("2015-11-06 09:00")
    given = at_once(*[lambda: close_period(period)] * 3)
    assert all(isinstance(each, Period) for each in given), given
    assert Standing.objects.count() == 1
    assert PlanEvent.objects.filter(verb="报送期结账").count() == 1


def test_a_report_is_locked_alone(report):
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        lock(report)
    assert " JOIN " not in next(
        each["sql"] for each in asked.captured_queries if "reports_monthlyreport" in each["sql"]
    )


def test_exempting_and_filing_at_once_leaves_one_of_them(report, fill, reporter, office):
    fill(report)
    given = at_once(lambda: submit(report, reporter), lambda: exempt(report, office, reason="机构调整"))
    report.refresh_from_db()
    assert sum(isinstance(each, Refusal) for each in given) == 1, given
    assert (report.status == "EXEMPT") == report.events.filter(verb="批准免报").exists()
    assert (report.status == "SUBMITTED") == report.submissions.exists()


@pytest.fixture
def loaded(settled, office, at):
    at("2016-03-10 09:00")
    load_reading(settled, office)
    return PlanReading.objects.get()


def test_a_load_is_written_once(settled, office):
    given = at_once(*[lambda: load_reading(settled, office)] * 3)
    assert sum(isinstance(each, Already) for each in given) == 2, given
    assert Task.objects.count() == 3


def test_a_report_and_the_undoing_of_its_plan_do_not_both_happen(loaded, office, reporter, fill):
    report = open_period(Plan.objects.get(), datetime.date(2016, 3, 1)).reports.get(unit=reporter.unit)
    fill(report)
    given = at_once(lambda: submit(report, reporter), lambda: undo_load(loaded, office, reason="x"))
    assert sum(isinstance(each, Refusal) for each in given) == 1, given
    filed = MonthlyReport.objects.exclude(first_submitted_at=None).count()
    assert (filed, Plan.objects.count()) in ((1, 1), (0, 0))


def test_a_month_is_not_opened_around_an_undoing(loaded, office):
    plan = Plan.objects.get()
    given = at_once(lambda: open_period(plan, datetime.date(2016, 3, 1)), lambda: undo_load(loaded, office, reason="x"))
    assert not Plan.objects.exists(), given
    assert not Period.objects.exists()
    assert not isinstance(given[1], Exception), given


def test_two_corrections_of_one_task_keep_the_first(reading, office):
    acts = [lambda n=n: drop_task(reading, office, "t1", seen=1, reason=f"原因{n}") for n in range(3)]
    given = at_once(*acts)
    assert sum(isinstance(each, Conflict) for each in given) == 2, given
    assert PlanReading.objects.get().version == 2


def test_merging_while_the_unit_files_loses_nothing_and_nobody_waits_for_ever(
    report, fill, plan, task, civil, make_unit, reporter, office, labour, water, admin
):
    fill(report)
    health = make_unit("县卫计局", order=40)
    change = {"effective_on": clock.today(), "reason": "株县编〔2015〕9号"}
    given = at_once(
        lambda: merge([civil], health, admin, **change),
        lambda: submit(report, reporter),
        lambda: open_period(plan, OCTOBER),
        lambda: assign_task(task, labour, [water], office),
    )
    # Whose unit is gone by then may no longer file for it.
    assert not [each for each in given if isinstance(each, Exception) and not isinstance(each, PermissionDenied)], given
    report.refresh_from_db()
    # Filed under the old name, or still to be filed by the successor: never words filed under another's name.
    assert (report.unit_name, report.status) in {("县民政局", "SUBMITTED"), ("县卫计局", "DUE")}
    assert [each.content["unit"] for each in report.submissions.all()] == ["县民政局"] * (report.status == "SUBMITTED")


def test_assigning_while_reports_are_accepted(report, fill, plan, task, civil, labour, reporter, office):
    fill(report)
    submit(report, reporter)
    given = at_once(
        lambda: accept(report, office),
        lambda: assign_task(task, civil, [labour], office),
        lambda: assign_task(task, labour, [civil], office),
    )
    assert not [each for each in given if isinstance(each, Exception)], given
    report.refresh_from_db()
    task.refresh_from_db()
    assert (report.status, task.responsibilities.count()) == ("ACCEPTED", 2)
