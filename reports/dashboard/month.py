"""A unit's month on one page: all its reports with their entries, what is still missing, last month beside this one."""

import datetime
from dataclasses import dataclass

from django.db.models import OuterRef, Prefetch
from django.utils.functional import cached_property

from kit import clock
from kit.statements import Exists
from reports import completeness
from reports.dashboard.places import said_at_places
from reports.fields import has_fallen
from reports.line import Past
from reports.models import Attachment, Entry, MonthlyReport, ReportEvent, Submission
from reports.models.entry import progress_then
from reports.models.past import past_of
from reports.similarity import is_near_copy
from tasks.models import Indicator, Responsibility

Status = MonthlyReport.Status
REFUSED = "审签未通过"
RETURNS = ("退回", "重新打开并退回", REFUSED)
ANSWERS = ("报送", "提交审签", "审签并报送", "撤回")


@dataclass(frozen=True)
class State:
    key: str
    word: str
    tone: str


EMPTY = State("empty", "未填", "danger")
REDO = State("redo", "须重报", "danger")
WRONG = State("wrong", "有问题", "warn")
FULL = State("full", "已填", "good")


@dataclass
class Line:
    entry: Entry
    last: Entry | None
    # Of a key project what its line is compared with (reports.line.Past).
    last_accepted: int | Past | None = None
    # Set by the page when the answer to the return says why nothing was changed.
    is_answered: bool = False
    # What the townships of a key project said of the month.
    places: tuple = ()
    # What was accepted for months up to this one, where a later month has moved the task since.
    then: int | None = None

    @cached_property
    def problems(self):
        found = completeness.problems_of(self.entry, self.last_accepted, self.last)
        return [completeness.UNANSWERED, *found] if self.entry.must_redo and not self.is_answered else found

    @property
    def state(self):
        if self.entry.must_redo:
            return REDO
        if self.entry.is_untouched:
            return EMPTY
        return WRONG if self.problems else FULL

    @cached_property
    def near_copy(self):
        return bool(self.last) and is_near_copy(self.entry.said, self.last.said)

    @cached_property
    def past(self):
        """Of a key project: its plan and what was accepted before, with what this line says now."""
        return self.last_accepted.with_line(self.entry) if isinstance(self.last_accepted, Past) else None

    @property
    def open_steps(self):
        """The nodes a project's line may tell of, each as its Past has it."""
        asked = {int(key) for key, _ in self.entry.open_nodes} if self.past else ()
        return [step for step in self.past.steps if step.key in asked] if asked else []

    @property
    def is_stuck(self):
        """The part that asks where a project is stuck stands open."""
        return self.past.is_behind or bool(self.entry.cause or self.entry.problems)

    @property
    def falls(self):
        return self.past is None and has_fallen(self.entry.progress, self.last_accepted)

    @property
    def leads(self):
        return self.entry.role == Responsibility.Role.LEAD

    @property
    def judged_on(self):
        return self.past.day if self.past else self.entry.report.period.judged_on

    @cached_property
    def judged(self):
        """Of the progress claimed here, or of the task's own of then while there is none; of a project by what its line says."""
        if self.past:
            return self.past.judged
        claimed = self.entry.progress if self.leads else None
        return self.entry.task.judgement(self.judged_on, self.then if claimed is None else claimed)

    @property
    def others(self):
        parts = self.entry.task.responsibilities.all()
        return [part for part in parts if part.unit_id != self.entry.report.unit_id]


@dataclass
class Sheet:
    report: MonthlyReport
    lines: list[Line]
    now: datetime.datetime

    @property
    def is_writable(self):
        return self.report.is_writable(self.now)

    @property
    def period(self):
        return self.report.period

    @property
    def is_missed(self):
        return self.report.is_missed(self.now)

    @property
    def has_projects(self):
        return any(line.past for line in self.lines)

    @property
    def filled(self):
        """How many tasks need nothing more from the unit."""
        open_ones = self.is_writable or self.is_missed
        return sum(line.state is FULL for line in self.lines) if open_ones else len(self.lines)

    @property
    def is_complete(self):
        return bool(self.lines) and not any(line.problems for line in self.lines)

    @property
    def time_left(self):
        return self.report.time_left(self.now)

    @property
    def is_urgent(self):
        return self.report.answer_due_at - self.now < datetime.timedelta(days=2)

    @cached_property
    def latest(self):
        return max(self.report.submissions.all(), key=lambda each: each.serial, default=None)

    @property
    def thread(self):
        """Every return and every answer to it, oldest first; empty while nothing was returned."""
        events = [event for event in self.report.events.all() if event.verb in RETURNS + ANSWERS]
        return events if any(event.verb in RETURNS for event in events) else []

    @property
    def refusal(self):
        """The event by which the unit's head handed it back last, while it has not been answered."""
        last = self.thread[-1] if self.thread and self.is_writable else None
        return last if last and last.verb == REFUSED else None

    @property
    def steps(self):
        return steps_of(self.report)


def steps_of(report):
    """The way of a report as (word, note, "done", "now", "back" or "")."""
    signs = report.unit.head_signs
    words = ["填报", *(["单位审签"] if signs else []), f"{report.period.plan.office.name}审核", "通过"]
    place = {Status.SIGNING: 1, Status.SUBMITTED: 1 + signs, Status.ACCEPTED: len(words)}.get(report.status, 0)
    kinds = ["done" if n < place else "now" if n == place else "" for n in range(len(words))]
    if report.status == Status.RETURNED:
        kinds[0] = "back"
    notes = dict.fromkeys(range(len(words)), "")
    if report.submitted_at and report.status in (Status.SUBMITTED, Status.ACCEPTED):
        notes[0] = f"{clock.local(report.submitted_at):%m-%d %H:%M}报送"
    if report.status == Status.RETURNED:
        notes[0] = "退回重报"
    if report.reviewing:
        notes[place] = report.reviewing
    if report.decided_at and report.status == Status.ACCEPTED:
        notes[len(words) - 1] = f"{clock.local(report.decided_at):%m-%d %H:%M}"
    return [(word, notes[n], kinds[n]) for n, word in enumerate(words)]


def sheets_of(user, month):
    now = clock.now()
    reports = list(
        MonthlyReport.objects.visible_to(user)
        .answered_by(user)
        .filter(period__month=month)
        .annotate(has_indicators=Exists(Indicator.objects.visible_to(user).entered_by(OuterRef("unit"))))
        .select_related("period__plan__office", "unit", "reviewer")
        .prefetch_related(
            Prefetch("events", ReportEvent.objects.order_by("at", "pk")),
            Prefetch("submissions", Submission.objects.defer("content")),
        )
        .order_by("period__plan_id")
    )
    lines = _lines_of(reports, user)
    sheets = [Sheet(report, lines.get(report.pk, []), now) for report in reports]
    return sorted(sheets, key=lambda sheet: (sheet.report.status != Status.RETURNED, not sheet.is_writable))


def line_of(entry):
    return _beside([entry])[0]


def with_task(entries):
    return entries.select_related("task__plan__rules", "task__section", "edited_by").prefetch_related(
        "task__milestones"
    )


def _lines_of(reports, user):
    by_key = {report.pk: report for report in reports}
    rows = with_task(Entry.objects.visible_to(user).filter(report__in=by_key)).in_order()
    files = Prefetch("attachments", Attachment.objects.present())
    entries = list(rows.prefetch_related(files, "task__responsibilities__unit"))
    for entry in entries:
        entry.report = by_key[entry.report_id]
    lines, projects = {}, [entry.task_id for entry in entries if entry.task.is_project]
    remarks = said_at_places(projects, [report.period_id for report in reports], user)
    for line in _beside(entries):
        line.places = remarks.get(line.entry.task_id, ())
        lines.setdefault(line.entry.report_id, []).append(line)
    return lines


def _beside(entries):
    last, accepted, then = Entry.objects.previous(entries), past_of(entries), then_of(entries)
    keys = [(entry, entry.task_id) for entry in entries]
    return [Line(entry, last.get(key), accepted.get(key), then=then.get(key)) for entry, key in keys]


def then_of(entries):
    """{task id: progress as known for the month of ``entries``} of the tasks that a later month has moved since."""
    return progress_then([entry.task for entry in entries], entries[0].report.period.month) if entries else {}
