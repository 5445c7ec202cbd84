"""What a reviewer sees: the queue with its hints, and one report with everything beside each entry."""

from dataclasses import dataclass, field

from django.db.models import Avg, Count, F, Q, prefetch_related_objects

from reports import changes
from reports.dashboard.month import Line
from reports.models import Attachment, Entry, MonthlyReport
from reports.similarity import is_near_copy
from tasks import lights
from tasks.models import Responsibility, Task
from units.models import Unit

Status = MonthlyReport.Status
LEAD = Responsibility.Role.LEAD
# What an entry claims for its task; a light that disagrees follows from it.
CLAIMED = ("role", "progress", "light")


@dataclass
class ReviewLine(Line):
    """One entry under review: as filed now, as filed the time before, last month's beside it."""

    filed: dict | None = None
    before: dict | None = None
    files: list = field(default_factory=list)

    @property
    def since_filed(self):
        """The Rows that changed since the submission before this one; empty when there is none."""
        return changes.rows_between(self.before, self.filed) if self.before and self.filed else ()

    @property
    def disagrees(self):
        """The unit's own light is better than the one the rules give."""
        return self.leads and disagree(self.entry.light, self.judged.light)


SEVERITY = {"BLUE": 0, "GREEN": 1, "YELLOW": 2, "RED": 3}


def disagree(own, computed):
    """Say whether a unit's own light (a code) is better than the computed Light; what is not judged cannot disagree."""
    if not own or computed.value not in SEVERITY:
        return False
    return SEVERITY[own] < SEVERITY[computed.value]


def review_lines(report, user):
    """Return the ReviewLines of what ``report`` filed last, in the order of the tasks; none before it was filed.

    The texts are the submission's: what the unit writes meanwhile is its own until it files again.
    """
    submissions = list(report.submissions.order_by("-serial")[:2])
    newest, before = (submissions + [None, None])[:2]
    if newest is None:
        return []
    filed = {each["task"]: each for each in newest.content["entries"]}
    rows = report.entries.filter(task__in=filed).defer(*Entry.WRITTEN, "edited_at", "edited_by")
    rows = rows.select_related("task__plan__rules", "task__section").prefetch_related("task__milestones")
    last = _last_month(report, user)
    readable = Attachment.objects.visible_to(user).filter(report=report).exclude(entry=None)
    readable = {file.pk: file for file in readable}
    found = []
    for entry in rows.in_order():
        entry.report, content = report, filed[entry.task_id]
        for name in Entry.WRITTEN:
            setattr(entry, name, content[name])
        files = [readable[each["id"]] for each in content["files"] if each["id"] in readable]
        earlier = before.entry_of(entry.task_id) if before else None
        found.append(ReviewLine(entry, last.get(entry.task_id), None, filed=content, before=earlier, files=files))
    return found


def _last_month(report, user):
    """Return {task: the latest entry filed for an earlier month} of one report."""
    keys = _latest_keys([report], user).values()
    rows = Entry.objects.visible_to(user).filter(pk__in=keys).select_related("report__period__plan")
    return {row.task_id: row for row in rows.defer("report__period__summary")}


def _latest_keys(reports, user):
    """Return {(unit, task): key of the latest entry filed for an earlier month} for reports of one month.

    Keys first: the texts of half a year are not read for the sake of the last month.
    """
    if not reports:
        return {}
    earliest = min(report.period.month for report in reports)
    units = Unit.objects.behind([report.unit_id for report in reports]).select_related(
        "successor__successor__successor"
    )
    answering = {unit.pk: {unit.pk, *(each.pk for each in [unit.answering()] if each)} for unit in units}
    rows = (
        Entry.objects.visible_to(user)
        .filter(
            report__unit__in=answering,
            report__period__plan__in={report.period.plan_id for report in reports},
            report__period__month__lt=earliest,
            report__period__month__gte=_half_a_year_before(earliest),
            report__status__in=[Status.ACCEPTED, Status.SUBMITTED],
        )
        .order_by("report__period__month", F("report__unit__active_to").asc(nulls_last=True))
    )
    keys = rows.values_list("report__unit", "task", "pk")
    # What a unit merged into another filed stands under the other too.
    return {(unit, task): key for filed_by, task, key in keys for unit in answering[filed_by]}


def _half_a_year_before(month):
    """What is older is no help beside this month's words."""
    return (
        month.replace(month=month.month - 6)
        if month.month > 6
        else month.replace(year=month.year - 1, month=month.month + 6)
    )


@dataclass(frozen=True)
class Hints:
    """What a reviewer should look at first: entries like last month's, lights that disagree with the rules."""

    near: int = 0
    disagreeing: int = 0


def hints(reports, user):
    """Return {report key: Hints} for filed reports of one month that bring their plans with rules, in a fixed number of queries."""
    by_key = {report.pk: report for report in reports}
    entries = Entry.objects.visible_to(user).filter(report__in=by_key).order_by()
    rows = list(entries.values_list("report", "task", *CLAIMED, "done"))
    words, tasks = _words_before(by_key.values(), user), _tasks_to_judge(rows, user)
    found = {}
    for key, task, *claimed, done in rows:
        report, seen = by_key[key], found.setdefault(key, [0, 0])
        seen[0] += is_near_copy(done, words.get((report.unit_id, task), ""))
        seen[1] += task in tasks and _entry_disagrees(tasks[task], claimed, report)
    return {key: Hints(*numbers) for key, numbers in found.items()}


def _words_before(reports, user):
    """Return {(unit, task): what was said to have been done in the latest month before}."""
    keys = _latest_keys(reports, user)
    words = dict(Entry.objects.visible_to(user).filter(pk__in=keys.values()).order_by().values_list("pk", "done"))
    return {place: words[key] for place, key in keys.items()}


def _tasks_to_judge(rows, user):
    """Return {key: task} of those that somebody leads and gave a progress for."""
    keys = {task for _, task, role, progress, _, _ in rows if role == LEAD and progress is not None}
    tasks = Task.objects.visible_to(user).in_bulk(keys)
    prefetch_related_objects([task for task in tasks.values() if task.pace == Task.Pace.MILESTONES], "milestones")
    return tasks


def _entry_disagrees(task, claimed, report):
    role, progress, light = claimed
    if role != LEAD or progress is None:
        return False
    task.plan, day = report.period.plan, report.period.last_day
    done = progress == 100
    judged = lights.judge(task.course, progress, task.rules, day, done=done, excused=task.excuse_on(day))
    return disagree(light, judged.light)


TABS = {
    "waiting": ("待审", Q(status=Status.SUBMITTED)),
    "returned": ("退回中", Q(status=Status.RETURNED)),
    "accepted": ("已通过", Q(status=Status.ACCEPTED)),
    "owing": ("未报", Q(status__in=MonthlyReport.NEVER_FILED)),
    "all": ("全部", Q()),
}


def tab_counts(reports):
    """Return {tab: number of reports}, in one query."""
    return reports.aggregate(**{name: Count("pk", filter=condition) for name, (_, condition) in TABS.items()})


def mean_wait(reports):
    """Return the mean time the office took from the last filing to its decision, or None."""
    decided = reports.filter(status=Status.ACCEPTED, decided_at__isnull=False, submitted_at__isnull=False)
    return decided.aggregate(mean=Avg(F("decided_at") - F("submitted_at")))["mean"]


def neighbours(report, user):
    """Return (the report before, the report after) among those waiting in the same plan, longest waiting first."""
    rows = MonthlyReport.objects.visible_to(user).waiting().filter(period__plan=report.period.plan_id)
    keys = list(rows.order_by("submitted_at", "pk").values_list("pk", flat=True))
    if report.pk not in keys:
        return None, (keys[0] if keys else None)
    place = keys.index(report.pk)
    return (keys[place - 1] if place else None), (keys[place + 1] if place + 1 < len(keys) else None)
