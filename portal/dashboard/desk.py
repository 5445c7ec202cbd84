"""A unit's desk: what it owes and by when, its tasks with lights, what others did since the person last looked."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q

from kit import clock
from reports.dashboard.month import ANSWERS, REFUSED, RETURNS
from reports.models import MonthlyReport, ReportEvent
from tasks.lights import Light
from tasks.models import Plan, Task, TaskEvent
from units.models import Contact, Notice, User

Status = MonthlyReport.Status
# Without a last look, this far back.
FIRST_LOOK = datetime.timedelta(days=14)
NEWS, TASKS, NOTICES = 12, 12, 5
SEVERITY = (Light.RED, Light.YELLOW, Light.GREEN, Light.GREY, Light.BLUE)
ROUTINE = ("进度更新", "进度回退", "开始审核", "开始填报")


@dataclass(frozen=True)
class Owed:
    """One report that waits for the unit, or for somebody else."""

    report: MonthlyReport
    now: datetime.datetime

    @property
    def is_open(self):
        return self.report.is_writable(self.now)

    @property
    def refusal(self):
        """What the unit's head objects to; empty when that was answered, or nothing was said."""
        return self.report.turn_note if self.report.turn == REFUSED else ""

    @property
    def time_left(self):
        return self.report.time_left(self.now)

    @property
    def tone(self):
        if self.report.status in (Status.SUBMITTED, Status.SIGNING):
            return "info"
        left = self.report.answer_due_at - self.now
        if self.report.status == Status.RETURNED or self.refusal or left <= datetime.timedelta(days=2):
            return "danger"
        return "warn" if left <= datetime.timedelta(days=5) else "done"

    @property
    def way_in(self):
        if self.report.status == Status.RETURNED:
            return "去改报"
        return "继续填报" if self.report.touched else "开始填报"


class Desk:
    """Everything on one person's desk; the unit's own reports only."""

    def __init__(self, user):
        self.user, self.now = user, clock.now()
        self.since = user.seen_until or self.now - FIRST_LOOK
        reports = [Owed(report, self.now) for report in self._reports()]
        self.to_sign = [each for each in reports if self._waits_for_me(each.report)]
        self.returned = self._by_deadline(reports, [Status.RETURNED])
        due = self._by_deadline(reports, [Status.DUE, Status.DRAFT])
        self.due = [each for each in due if each.is_open]
        waiting = self._by_deadline(reports, [Status.SIGNING, Status.SUBMITTED])
        self.missed = [each for each in due + waiting if each.report.is_missed(self.now)]
        self.waiting = [each for each in waiting if each not in self.to_sign + self.missed]

    def _reports(self):
        rows = MonthlyReport.objects.visible_to(self.user).answered_by(self.user).alive(self.now)
        turns = ReportEvent.objects.filter(subject=OuterRef("pk"), verb__in=RETURNS + ANSWERS).newest()
        return rows.select_related("period__plan__office", "unit").annotate(
            turn=turns.values("verb")[:1],
            turn_note=turns.values("note")[:1],
            total=Count("entries"),
            touched=Count("entries", filter=Q(entries__version__gt=0)),
            to_redo=Count("entries", filter=Q(entries__redo=True)),
        )

    def _waits_for_me(self, report):
        return report.is_signable(self.now) and self.user.role == User.Role.HEAD

    @staticmethod
    def _by_deadline(reports, statuses):
        chosen = [each for each in reports if each.report.status in statuses]
        return sorted(chosen, key=lambda each: (each.report.answer_due_at, each.report.period.plan_id))

    @property
    def owed(self):
        return self.returned + self.due

    @property
    def first(self):
        return next((each for each in self.owed if each.is_open), None)

    def tasks(self):
        """Of the plans that run or still ask for a month, the newest year and the worst first, as (task, judgement)."""
        asking = [each.report.period.plan_id for each in self.to_sign + self.owed + self.waiting]
        plans = Q(plan__in=Plan.objects.visible_to(self.user).running()) | Q(plan__in=asking)
        rows = Task.objects.visible_to(self.user).actions().in_force().of_unit(self.user.unit_id).filter(plans)
        judged = [(task, task.judgement()) for task in rows.with_people().prefetch_related("milestones")]
        return sorted(judged, key=_urgency)

    def news(self):
        """What others, colleagues too, did since the last look, newest first."""
        own = MonthlyReport.objects.visible_to(self.user).answered_by(self.user)
        reports = ReportEvent.objects.of(own).select_related("subject__period__plan")
        tasks = TaskEvent.objects.of(Task.objects.visible_to(self.user).of_unit(self.user.unit_id))
        found = []
        for rows in (reports, tasks.select_related("subject")):
            fresh = rows.filter(at__gt=self.since).exclude(actor=self.user).exclude(verb__in=ROUTINE)
            found += fresh.newest()[:NEWS]
        return sorted(found, key=lambda event: event.at, reverse=True)[:NEWS]

    def notices(self):
        return list(Notice.objects.visible_to(self.user).unread()[:NOTICES])

    def missing_contacts(self):
        named = set(self.user.unit.contacts.values_list("post", flat=True)) if self.user.unit else set()
        return [label for post, label in Contact.Post.choices if post not in named]


def _urgency(judged):
    """The newest year first; in it the worst light, then the longest lag, then as printed."""
    task, judgement = judged
    return (
        -task.plan.year,
        SEVERITY.index(judgement.light),
        task.progress - judgement.expected,
        task.plan_id,
        task.order,
    )
