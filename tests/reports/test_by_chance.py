"""A history drawn by chance: whatever offices and units do in whatever order, every place tells the same progress."""

import contextlib
import datetime
import random

import pytest

from kit import clock
from kit.refusal import Already, Refusal
from reports.actions.corrections import correct
from reports.actions.periods import close_period, exempt, extend, open_period
from reports.actions.review import accept, reopen, return_report
from reports.actions.writing import submit, withdraw
from reports.dashboard import parts, scope_of, totals
from reports.dashboard.ledgers import progress
from reports.models import Entry, MonthlyReport, Period, Standing
from reports.models.fact import conditions, facts_of
from tasks.models import Task
from tests.conftest import moment
from tests.reports.answers import half_up

MONTHS = [datetime.date(2015, month, 1) for month in range(8, 13)]


class History:
    """Draws what happens next; what the rules refuse does not happen."""

    def __init__(self, seed, plan, office, people, fill):
        self.draw, self.plan, self.office, self.fill = random.Random(seed), plan, office, fill
        self.people = {person.unit_id: person for person in people}
        self.deeds = [self.file] * 8 + [self.decide] * 8 + [self.undo] * 2 + [self.concede] * 2
        self.deeds += [self.close] * 4 + [self.put_right] * 5 + [self.open] * 2

    def go_on(self):
        with contextlib.suppress(Refusal, Already, IndexError):
            self.draw.choice(self.deeds)()

    def one(self, **values):
        return self.draw.choice(list(MonthlyReport.objects.filter(**values)))

    def file(self):
        report = self.one(status__in=MonthlyReport.WITH_UNIT)
        self.fill(report, progress=self.draw.randrange(0, 101, 10), light="RED", fall_reason="核减")
        submit(report, self.people[report.unit_id], note="已改")

    def decide(self):
        report = self.one(status="SUBMITTED")
        if self.draw.random() < 0.7:
            accept(report, self.office)
        else:
            return_report(report, self.office, reason="不清")

    def undo(self):
        report = self.one()
        if self.draw.random() < 0.4:
            withdraw(report, self.people[report.unit_id])
        else:
            reopen(report, self.office, reason="有误")

    def concede(self):
        until = clock.now() + datetime.timedelta(days=self.draw.randint(1, 20))
        report = self.one()
        if self.draw.random() < 0.7:
            extend(report, self.office, until=until, reason="迎检")
        else:
            exempt(report, self.office, reason="迎检")

    def close(self):
        close_period(Period.objects.filter(closed_at=None).order_by("month")[0], self.office)

    def put_right(self):
        row, value = self.draw.choice(list(Standing.objects.all())), self.draw.randrange(0, 101, 20)
        correct(row, self.office, progress=value, reason="核实", seen=row.progress, carry=self.draw.random() < 0.5)

    def open(self):
        left = [month for month in MONTHS if month <= clock.today() and not self.plan.periods.filter(month=month)]
        open_period(self.plan, left[0], self.office)


@pytest.mark.parametrize("seed", [3, 8, 17])
def test_every_place_tells_the_same(seed, plan, office, leader, make_unit, make_user, make_task, fill, settings):
    people = [make_user(f"u{n}", "REPORTER", make_unit(f"县{n}局")) for n in range(3)]
    for n in range(4):
        make_task(plan, n, people[n % 3].unit, [people[(n + 1) % 3].unit])
    settings.ZHUZHOU_TODAY = moment("2015-08-05 09:00")
    open_period(plan, MONTHS[0], office)
    history = History(seed, plan, office, people, fill)
    for _ in range(130):
        settings.ZHUZHOU_TODAY += datetime.timedelta(hours=history.draw.randint(1, 48))
        history.go_on()
    assert Standing.objects.exists()
    tasks = list(Task.objects.all())
    now = Entry.objects.leading_progress(tasks)
    assert {task.pk: task.progress for task in tasks} == {task.pk: now.get(task.pk, (0,))[0] for task in tasks}
    for period in Period.objects.all():
        agree(period, tasks, leader)


def agree(period, tasks, leader):
    reports = period.reports.all()
    for fact, condition in conditions(clock.now()).items():
        known = {report.pk for report in reports if fact in facts_of(report, clock.now())}
        assert known == set(period.reports.filter(condition).values_list("pk", flat=True)), fact
    lines = {line.number: line for line in progress(period, reports, period.plan.tasks.all())}
    if period.is_closed:
        truth = {row.task_number: (row.progress, row.light) for row in period.standings.all()}
        assert period.summary["lights"] == period.standings.counts()
    else:
        then = Entry.objects.leading_progress(tasks, period.month)
        known = {task: then.get(task.pk, (0,))[0] for task in tasks}
        truth = {task.number: (at, task.judgement(period.judged_on, at).light.value) for task, at in known.items()}
    assert {number: (line.progress, line.light.value) for number, line in lines.items()} == truth
    found = totals(parts(scope_of(leader, [period.plan], period.month)))
    assert found.progress == half_up(str(sum(at for at, _ in truth.values()) / len(tasks)))
