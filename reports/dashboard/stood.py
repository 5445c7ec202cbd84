"""Every task and every report of a month as it stood at a moment: what came later, corrections too, is not seen.

The sums of pages (``progress``, ``filing``) count the same rows in the database; papers and rankings name each of them.
"""

import datetime
from collections import Counter
from dataclasses import dataclass, replace

from kit import clock
from kit.deadlines import last_day
from reports.dashboard.progress import Sums
from reports.models import Correction, MonthlyReport, Period, ReportEvent, Standing
from reports.models.entry import progress_then
from reports.models.fact import FACTS_FROM, facts_of
from reports.models.standing import CORRECTED
from tasks.lights import OVERDUE, Light
from tasks.models import Responsibility, Task, TaskEvent

Status = MonthlyReport.Status
# What a report has come to by each of these; every other leaves it where it was.
BECAME = {
    "报送": Status.SUBMITTED,
    "审签并报送": Status.SUBMITTED,
    "提交审签": Status.SIGNING,
    "审签未通过": Status.DRAFT,
    "退回": Status.RETURNED,
    "重新打开并退回": Status.RETURNED,
    "审核通过": Status.ACCEPTED,
    "撤回": Status.DRAFT,
    "批准免报": Status.EXEMPT,
    "自动免报": Status.EXEMPT,
    "取消免报": Status.DUE,
    "取消自动免报": Status.DUE,
}


@dataclass(frozen=True)
class Stood:
    """One task of one month, under the names of that month where it was closed."""

    pk: int
    plan: int
    order: int
    number: str
    title: str
    section: int | None
    section_title: str
    lead: str
    progress: int
    expected: int
    light: Light
    reason: str

    @property
    def behind(self):
        return max(0, self.expected - self.progress)

    @property
    def is_slow(self):
        return self.light in (Light.RED, Light.YELLOW)

    @property
    def is_overdue(self):
        return OVERDUE in self.reason

    @property
    def figures(self):
        """The reason without its light, which stands beside it, and without what was corrected."""
        reason = self.reason.partition(CORRECTED)[0]
        return reason.rpartition(f"，{self.light.label}")[0] or reason

    @property
    def severity(self):
        """The worst first, as ``progress.lags`` has them."""
        return self.light is not Light.RED, -self.behind, self.plan, self.order


def summed(rows):
    rows = list(rows)
    lights = Counter(each.light.value for each in rows)
    return Sums(lights, sum(each.progress for each in rows), sum(each.expected for each in rows))


def stood(user, plans, month, moment=None, *, known=None):
    """[Stood] of the tasks in force of these plans, in the order of the documents; closings and corrections by ``known`` (the moment) are seen."""
    moment = moment or clock.now()
    known = known or moment
    periods = Period.objects.visible_to(user).of(plans).filter(month=month)
    closed = {each.plan_id: each for each in periods if each.is_closed and each.closed_at <= known}
    live = [plan for plan in plans if plan.pk not in closed]
    found = [*_frozen(user, closed.values(), known), *_live(user, live, month, moment)]
    return sorted(found, key=lambda each: (each.plan, each.order, each.pk))


def _frozen(user, periods, known):
    if not periods:
        return []
    names = ("pk", "task", "period__plan", "task__order", "task_number", "task_title", "task__section", "section_title")
    names = (*names, "lead_name", "progress", "expected", "light", "reason")
    rows = Standing.objects.visible_to(user).actions().filter(period__in=periods).order_by().values_list(*names)
    before = _before_corrections(user, periods, known)
    found = []
    for key, *values, progress, expected, light, reason in rows:
        progress, light, reason = before.get(key, (progress, light, reason))
        found.append(Stood(*values, progress, expected, Light(light), reason))
    return found


def _before_corrections(user, periods, known):
    """{standing: (progress, light, reason)} of what was corrected after ``known``."""
    rows = Correction.objects.visible_to(user).filter(standing__period__in=periods, at__gt=known).order_by("-at", "-pk")
    rows = rows.values_list("standing", "old_progress", "old_light", "old_reason")
    return {standing: old for standing, *old in rows}


def _live(user, plans, month, moment):
    if not plans:
        return []
    asked = Task.objects.visible_to(user).actions().in_force().filter(plan__in=plans)
    tasks = list(asked.select_related("plan__rules", "section").prefetch_related("milestones"))
    day = min(clock.local(moment).date(), last_day(month))
    then = _before_moves(asked, moment) | progress_then(tasks, month)
    names = Responsibility.objects.names_of(tasks)
    return [_judged(task, day, then.get(task.pk), names.get(task.pk, ())) for task in tasks]


def _before_moves(tasks, moment):
    """{task: progress} of what was moved after ``moment``."""
    rows = TaskEvent.objects.of(tasks).filter(at__gt=moment, verb__in=("进度更新", "进度回退"))
    rows = rows.order_by("-at", "-pk").values_list("subject", "changes")
    return {key: int(changes["进度"][0].rstrip("%")) for key, changes in rows if "进度" in changes}


def _judged(task, day, then, names):
    judged = task.judgement(day, then)
    progress = task.progress if then is None else then
    lead = next((name for leads, name in names if leads), "")
    section = (task.section_id, str(task.section or ""))
    named = (task.pk, task.plan_id, task.order, task.number, task.short_title, *section, lead)
    return Stood(*named, progress, judged.expected, judged.light, judged.reason)


@dataclass(frozen=True)
class Filed:
    """One report a unit owed, with the facts that were true of it."""

    pk: int
    plan: int
    month: datetime.date
    unit: int
    unit_name: str
    serial: int
    status: str
    first_submitted_at: datetime.datetime | None
    is_late: bool | None
    due_at: datetime.datetime
    return_due_at: datetime.datetime | None
    submitted_at: datetime.datetime | None
    decided_at: datetime.datetime | None
    facts: frozenset = frozenset()

    @property
    def review(self):
        """How long its office took from the last filing to its acceptance; None while it has not."""
        return self.decided_at - self.submitted_at if self.status == Status.ACCEPTED else None


def filed(user, plans, first, last, moment=None):
    """[Filed] of the months from ``first`` to ``last``, in the order of the sheets."""
    moment = moment or clock.now()
    rows = MonthlyReport.objects.visible_to(user).filter(period__plan__in=plans, period__opens_at__lte=moment)
    rows = rows.filter(period__month__gte=first, period__month__lte=last).order_by(
        "period__month", "period__plan", "serial"
    )
    names = ("pk", "period__plan", "period__month", "unit", "unit_name", "serial", *FACTS_FROM)
    found = [Filed(*row) for row in rows.values_list(*names, "submitted_at", "decided_at")]
    became = _before_events(rows, moment)
    found = [_as_then(each, became[each.pk], moment) if each.pk in became else each for each in found]
    return [replace(each, facts=frozenset(facts_of(each, moment))) for each in found]


def _before_events(reports, moment):
    """{report: [(verb, moment)] up to ``moment``} of the reports something happened to since."""
    events = ReportEvent.objects.of(reports).filter(verb__in=BECAME)
    later = set(events.filter(at__gt=moment).order_by().values_list("subject", flat=True))
    found = {key: [] for key in later}
    if later:
        for key, verb, at in events.filter(subject__in=later, at__lte=moment).values_list("subject", "verb", "at"):
            found[key].append((verb, at))
    return found


def _as_then(report, events, moment):
    status, submitted, decided = Status.DUE, None, None
    for verb, at in events:
        status = BECAME[verb]
        submitted = at if status == Status.SUBMITTED else submitted
        decided = at if status in (Status.ACCEPTED, Status.RETURNED) else decided
    first = report.first_submitted_at
    first = first if first and first <= moment else None
    times = {"submitted_at": submitted, "decided_at": decided, "first_submitted_at": first}
    again = report.return_due_at if status == Status.RETURNED else None
    return replace(report, status=status, is_late=report.is_late if first else None, return_due_at=again, **times)
