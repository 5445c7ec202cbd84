"""Months in bulk: periods, reports, entries, submissions, events and standings as the monthly loop leaves them."""

import datetime

from django.db import connection

from bench.rows import BATCH
from bench.words import NEXT, PROBLEMS, done, pick
from kit import clock, deadlines
from reports import windows
from reports.fields import ENTRY
from reports.line import LINE
from reports.models import Entry, MonthlyReport, Period, ReportEvent, Standing, Submission
from tasks import lights
from tasks.models import Task

Status = MonthlyReport.Status
# Reports written at one go with their entries.
CHUNK = 200
# How the reports of a closed and of the open month stand, dealt out in turn; the flag is: late.
CLOSED = [(Status.ACCEPTED, False)] * 17 + [(Status.ACCEPTED, True)] * 2 + [(Status.DUE, False)]
OPEN = [(Status.DUE, False)] * 8 + [(Status.DRAFT, False)] * 4 + [(Status.SUBMITTED, False)] * 5
OPEN += [(Status.RETURNED, False)] + [(Status.ACCEPTED, False)] * 2
FILED = (Status.SUBMITTED, Status.RETURNED, Status.ACCEPTED)


class Months:
    """Writes month after month of all plans; keeps who is responsible for what, and in each month how far it is."""

    def __init__(self, size, plans, units, tasks, people, months, *, fresh=False, projects=None):
        self.open = OPEN[:1] if fresh else OPEN
        self.plans, self.units, self.months = [plan for plan, _ in plans], units, months
        self.reporters = people[: len(units)]
        self.offices = {plan.pk: people[len(units) + n] for n, plan in enumerate(self.plans)}
        self.tasks = {plan.pk: [] for plan in self.plans}
        self.parts = {plan.pk: {} for plan in self.plans}
        for number, task in enumerate(tasks):
            self.tasks[task.plan_id].append((number, task))
            for order, index in enumerate(size.units_of(number)):
                part = number, task, "SUPPORT" if order else "LEAD"
                self.parts[task.plan_id].setdefault(index, []).append(part)
        self.leads = {number: units[size.units_of(number)[0]].name for number in range(size.tasks)}
        self.sections = {task.pk: str(task.section) for task in tasks}
        self.progress, self.projects = {}, projects
        for index, parts in (projects.parts if projects else {}).items():
            self.parts[projects.plan.pk].setdefault(index, []).extend(parts)

    def write(self, say):
        for month in self.months:
            for plan in self.plans:
                self.write_month(plan, month)
            say(f"{month:%Y-%m}")
        self.settle_tasks()
        if self.projects:
            self.projects.settle()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def write_month(self, plan, month):
        closed = month < self.months[-1]
        self.progress = {n: progress_of(n, task, month) for n, task in self.tasks[plan.pk]}
        period = self._period(plan, month, closed)
        reports = self._reports(period, sorted(self.parts[plan.pk]), closed)
        for start in range(0, len(reports), CHUNK):
            self._fill(period, reports[start : start + CHUNK])
        if closed:
            Standing.objects.bulk_create(self._standings(period), batch_size=BATCH)
            if self._has_projects(plan):
                Standing.objects.bulk_create(self.projects.standings(period), batch_size=BATCH)
            period.summary = {
                "lights": period.standings.actions().counts(),
                "marks": period.reports.counts(period.closed_at),
            }
            period.save(update_fields=["summary"])

    def _period(self, plan, month, closed):
        times = windows.window(month)
        return Period.objects.create(
            plan=plan,
            month=month,
            opens_at=times.opens_at,
            on_time_until=times.on_time_until,
            open_until=times.open_until,
            closed_at=times.open_until + datetime.timedelta(days=5) if closed else None,
        )

    def _reports(self, period, indices, closed):
        """[(index of the unit, report)]."""
        fates, rows = CLOSED if closed else self.open, []
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
        return list(zip(indices, MonthlyReport.objects.bulk_create(rows, batch_size=BATCH), strict=True))

    def _file(self, report, period, index, late):
        """In the open month no moment lies in the future."""
        filed = period.on_time_until + datetime.timedelta(hours=(index % 100 + 1) * (1 if late else -1))
        filed = min(filed, clock.now() - datetime.timedelta(minutes=index % 600))
        report.first_submitted_at, report.submitted_at, report.is_late = filed, filed, late
        if report.status != Status.SUBMITTED:
            report.decided_at = min(filed + datetime.timedelta(days=1), clock.now())
            report.reviewer = self.offices[period.plan_id]
        if report.status == Status.RETURNED:
            report.return_reason = "请写明具体数字。"
            report.return_due_at = report.decided_at + datetime.timedelta(days=4)

    def _fill(self, period, reports):
        entries, submissions, events = [], [], []
        for index, report in reports:
            mine = [self._entry(report, index, *part) for part in self._asked(period, index)]
            if report.status == Status.ACCEPTED and self._has_projects(period.plan):
                self.projects.enter({entry.task_id for entry in mine if entry.task.is_project}, period.month)
            entries += mine
            if report.status in FILED:
                submissions.append(self._submission(period, report, index, mine))
                events += self._events(report, self.reporters[index])
        Entry.objects.bulk_create(entries, batch_size=BATCH)
        Submission.objects.bulk_create(submissions, batch_size=BATCH)
        ReportEvent.objects.bulk_create(events, batch_size=BATCH)

    def _has_projects(self, plan):
        return self.projects is not None and self.projects.plan == plan

    def _asked(self, period, index):
        for number, task, role in self.parts[period.plan_id][index]:
            if not task.is_project or self.projects.asks(number, period.month):
                yield number, task, role

    def _entry(self, report, index, number, task, role):
        entry = Entry(report=report, task=task, role=role)
        if report.status == Status.DUE:
            return entry
        month = report.period.month
        entry.version, entry.edited_at, entry.edited_by = 1, report.submitted_at, self.reporters[index]
        if task.is_project:
            self.projects.line(entry, number, month)
            return entry
        entry.progress = self.progress[number]
        entry.light = "BLUE" if entry.progress == 100 else ("YELLOW" if (number + month.month) % 9 == 0 else "GREEN")
        entry.done = done(number, index, month.year * 12 + month.month)
        entry.problems = pick(PROBLEMS, number, month.month) if entry.light == "YELLOW" else ""
        entry.next_steps = "" if entry.progress == 100 else pick(NEXT, number, index, month.month)
        return entry

    def _submission(self, period, report, index, entries):
        content = {
            "unit": report.unit_name,
            "plan": period.plan.title,
            "month": f"{period.month:%Y-%m}",
            "number": report.number,
            "entries": [self._content(entry) for entry in entries],
        }
        return Submission.made(
            content,
            self.reporters[index],
            report=report,
            serial=1,
            at=report.submitted_at,
            on_time=not report.is_late,
            accepted_at=report.decided_at if report.status == Status.ACCEPTED else None,
        )

    def _content(self, entry):
        task = entry.task
        section = "" if task.is_project else self.sections[task.pk]
        head = {"task": task.pk, "number": task.number, "title": task.short_title, "section": section}
        nodes = {"nodes": {}} if task.is_project else {}
        asked = LINE if task.is_project else ENTRY
        return head | {"role": entry.role} | asked.plain_of(entry) | nodes | {"files": []}

    @staticmethod
    def _events(report, who):
        yield ReportEvent.made(report, who, "报送", at=report.submitted_at)
        if report.decided_at:
            verb, by = "审核通过" if report.status == Status.ACCEPTED else "退回", report.reviewer
            yield ReportEvent.made(report, by, verb, at=report.decided_at)

    def _standings(self, period):
        for number, task in self.tasks[period.plan_id]:
            progress = self.progress[number]
            judged = lights.judge(task.course, progress, task.rules, period.last_day, done=progress == 100)
            yield Standing(
                period=period,
                task=task,
                task_number=task.number,
                task_title=task.short_title,
                section_title=self.sections[task.pk],
                lead_name=self.leads[number],
                status=Task.status_at(progress),
                progress=progress,
                expected=judged.expected,
                light=judged.light.value,
                reason=judged.reason,
            )

    def settle_tasks(self):
        if len(self.months) < 2:
            return
        month, rows = self.months[-2], []
        for number, task in (each for numbered in self.tasks.values() for each in numbered):
            task.progress, task.progress_month = progress_of(number, task, month), month
            task.status = Task.status_at(task.progress)
            task.done_on = deadlines.last_day(month) if task.progress == 100 else None
            task.settle_light()
            rows.append(task)
        names = ["progress", "progress_month", "status", "done_on", "judged_from", "slow_from", "late_from"]
        Task.objects.bulk_update(rows, names, batch_size=500)


def progress_of(number, task, month):
    """As expected, some faster, some slower."""
    return min(100, task.course.expected(deadlines.last_day(month)) * (55 + number * 37 % 60) // 100)
