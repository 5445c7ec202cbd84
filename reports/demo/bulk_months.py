"""Months in bulk: periods, reports, entries, submissions, events and standings as the monthly loop leaves them."""

import datetime

from django.db import connection

from kit import clock
from reports import deadlines
from reports.demo.bulk_base import BATCH
from reports.demo.bulk_words import NEXT, PROBLEMS, done, pick
from reports.models import Entry, MonthlyReport, Period, ReportEvent, Standing, Submission
from tasks import lights

Status = MonthlyReport.Status
# How the reports of a closed and of the open month stand, dealt out in turn; the flag is: late.
CLOSED = [(Status.ACCEPTED, False)] * 17 + [(Status.ACCEPTED, True)] * 2 + [(Status.DUE, False)]
OPEN = [(Status.DUE, False)] * 8 + [(Status.DRAFT, False)] * 4 + [(Status.SUBMITTED, False)] * 5
OPEN += [(Status.RETURNED, False)] + [(Status.ACCEPTED, False)] * 2
FILED = (Status.SUBMITTED, Status.RETURNED, Status.ACCEPTED)


class Months:
    """Writes month after month of all plans; keeps for each task its units and its course."""

    def __init__(self, size, plans, units, tasks, people, months):
        self.size, self.plans, self.units, self.months = size, [plan for plan, _ in plans], units, months
        self.tasks = {
            plan.pk: [(n, task) for n, task in enumerate(tasks) if task.plan_id == plan.pk] for plan in self.plans
        }
        self.reporters = people[: len(units)]
        self.offices = {plan.pk: people[len(units) + n] for n, plan in enumerate(self.plans)}

    def write(self, say):
        for month in self.months:
            for plan in self.plans:
                self.write_month(plan, month)
            say(f"{month:%Y-%m}")
        self.settle_tasks()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def write_month(self, plan, month):
        """Write one period with everything below it."""
        closed = month < self.months[-1]
        period = self._period(plan, month, closed)
        entries_of = {}
        for number, task in self.tasks[plan.pk]:
            for index in self.size.units_of(number):
                entries_of.setdefault(index, []).append((number, task))
        reports = dict(zip(sorted(entries_of), self._reports(period, sorted(entries_of), closed), strict=True))
        Entry.objects.bulk_create(self._entries(period, reports, entries_of), batch_size=BATCH)
        filed = {index: report for index, report in reports.items() if report.status in FILED}
        Submission.objects.bulk_create(self._submissions(period, filed, entries_of), batch_size=BATCH)
        ReportEvent.objects.bulk_create(self._events(period, filed), batch_size=BATCH)
        if closed:
            Standing.objects.bulk_create(self._standings(period), batch_size=BATCH)
            period.summary = {"lights": period.standings.counts(), "marks": period.reports.counts(period.closed_at)}
            period.save(update_fields=["summary"])

    def _period(self, plan, month, closed):
        times = deadlines.window(month)
        return Period.objects.create(
            plan=plan,
            month=month,
            opens_at=times.opens_at,
            on_time_until=times.on_time_until,
            open_until=times.open_until,
            closed_at=times.open_until + datetime.timedelta(days=5) if closed else None,
        )

    def _reports(self, period, indices, closed):
        fates = CLOSED if closed else OPEN
        rows = []
        for serial, index in enumerate(indices, 1):
            status, late = fates[(index * 13 + period.month.month * 5 + period.plan_id) % len(fates)]
            report = MonthlyReport(
                period=period,
                unit=self.units[index],
                unit_name=self.units[index].name,
                serial=serial,
                status=status,
                due_at=period.on_time_until,
                closes_at=period.open_until,
            )
            if status in FILED:
                self._file(report, period, index, late)
            rows.append(report)
        return MonthlyReport.objects.bulk_create(rows, batch_size=BATCH)

    def _file(self, report, period, index, late):
        """Give a report its moments; in the open month nothing lies in the future."""
        filed = period.on_time_until + datetime.timedelta(hours=(index % 100 + 1) * (1 if late else -1))
        report.first_submitted_at = report.submitted_at = min(
            filed, clock.now() - datetime.timedelta(minutes=index % 600)
        )
        report.is_late = late
        if report.status != Status.SUBMITTED:
            report.decided_at = min(report.submitted_at + datetime.timedelta(days=1), clock.now())
            report.reviewer = self.offices[period.plan_id]
        if report.status == Status.RETURNED:
            report.return_reason = "请写明具体数字。"
            report.return_due_at = report.decided_at + datetime.timedelta(days=4)

    def progress(self, number, task, month):
        """Return how far a task is at the end of a month: as expected, some faster, some slower."""
        expected = task.course.expected(deadlines.last_day(month))
        return min(100, expected * (55 + number * 37 % 60) // 100)

    def _entries(self, period, reports, entries_of):
        for index, report in reports.items():
            untouched = report.status == Status.DUE
            for number, task in entries_of[index]:
                lead = self.size.units_of(number)[0] == index
                entry = Entry(report=report, task=task, role="LEAD" if lead else "SUPPORT")
                if not untouched:
                    self._write(entry, number, task, index, period.month)
                yield entry

    def _write(self, entry, number, task, index, month):
        entry.progress = self.progress(number, task, month)
        entry.light = "BLUE" if entry.progress == 100 else ("YELLOW" if (number + month.month) % 9 == 0 else "GREEN")
        entry.done = done(number, index, month.year * 12 + month.month)
        entry.problems = pick(PROBLEMS, number, month.month) if entry.light == "YELLOW" else ""
        entry.next_steps = "" if entry.progress == 100 else pick(NEXT, number, index, month.month)
        entry.version, entry.edited_at, entry.edited_by = 1, entry.report.submitted_at, self.reporters[index]

    def _submissions(self, period, filed, entries_of):
        for index, report in filed.items():
            content = {
                "unit": report.unit_name,
                "plan": period.plan.title,
                "month": f"{period.month:%Y-%m}",
                "number": report.number,
                "entries": [self._content(index, number, task, period.month) for number, task in entries_of[index]],
            }
            yield Submission(
                report=report,
                serial=1,
                content=content,
                checksum=Submission.checksum_of(content),
                author=self.reporters[index],
                author_name=f"{report.unit_name} {self.reporters[index].name}",
                at=report.submitted_at,
                on_time=not report.is_late,
                accepted_at=report.decided_at if report.status == Status.ACCEPTED else None,
            )

    def _content(self, index, number, task, month):
        entry = Entry(
            report=MonthlyReport(), task=task, role="LEAD" if self.size.units_of(number)[0] == index else "SUPPORT"
        )
        self._write(entry, number, task, index, month)
        names = ("progress", "light", "done", "problems", "next_steps", "no_change", "no_change_reason", "fall_reason")
        head = {"task": task.pk, "number": task.number, "title": task.short_title, "section": str(task.section)}
        return head | {"role": entry.role} | {name: getattr(entry, name) for name in names} | {"files": []}

    def _events(self, period, filed):
        for index, report in filed.items():
            who = self.reporters[index]
            yield ReportEvent(subject=report, actor=who, actor_name=who.name, verb="报送", at=report.submitted_at)
            if report.decided_at:
                verb = "审核通过" if report.status == Status.ACCEPTED else "退回"
                yield ReportEvent(
                    subject=report,
                    actor=report.reviewer,
                    actor_name=report.reviewer.name,
                    verb=verb,
                    at=report.decided_at,
                )

    def _standings(self, period):
        for number, task in self.tasks[period.plan_id]:
            progress = self.progress(number, task, period.month)
            judged = lights.judge(task.course, progress, task.rules, period.last_day, done=progress == 100)
            yield Standing(
                period=period,
                task=task,
                task_number=task.number,
                task_title=task.short_title,
                section_title=str(task.section),
                lead_name=self.units[self.size.units_of(number)[0]].name,
                status=_status(progress),
                progress=progress,
                expected=judged.expected,
                light=judged.light.value,
                reason=judged.reason,
            )

    def settle_tasks(self):
        """Give the tasks the progress of the last closed month, and what follows from it."""
        if len(self.months) < 2:
            return
        month, rows = self.months[-2], []
        for numbered in self.tasks.values():
            for number, task in numbered:
                task.progress, task.progress_month = self.progress(number, task, month), month
                task.status = _status(task.progress)
                task.done_on = deadlines.last_day(month) if task.progress == 100 else None
                task.settle_light()
                rows.append(task)
        names = ["progress", "progress_month", "status", "done_on", "judged_from", "slow_from", "late_from"]
        type(rows[0]).objects.bulk_update(rows, names, batch_size=500)


def _status(progress):
    return "DONE" if progress == 100 else ("ONGOING" if progress else "NOT_STARTED")
