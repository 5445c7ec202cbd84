"""What a reviewer sees: the queue with its hints, and one report with everything beside each entry."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Avg, Count, F, Q
from django.utils.functional import cached_property

from kit import clock
from kit.statements import fetch_related
from reports import changes
from reports.dashboard.month import Line, then_of
from reports.dashboard.places import said_at_places
from reports.fields import ENTRY, has_fallen
from reports.line import LINE, asked_in
from reports.models import Attachment, Entry, MonthlyReport, Standing, Viewing
from reports.models.fact import conditions
from reports.models.past import lines_past
from reports.similarity import is_near_copy, says_nothing
from tasks.models import Responsibility, Task
from units.models import Unit

Status = MonthlyReport.Status
LEAD = Responsibility.Role.LEAD
# What an entry claims for its task; a light that disagrees follows from it.
CLAIMED = ("role", "progress", "light")
# What a reviewer should look at first: hint -> its words, of a filter and (after a number) of a row.
HINTS = {"near": "与上月基本相同", "light": "灯色不一致", "fall": "进度下降", "empty": "没有写进展"}


# Whoever opened a page longer ago has most likely left it.
STAYS = datetime.timedelta(minutes=10)


def viewers(reports, user):
    """{report key: names of the colleagues who have it open}."""
    found = {}
    seen = Viewing.objects.visible_to(user).filter(report__in=reports, at__gt=clock.now() - STAYS).exclude(user=user)
    for key, name in seen.order_by("at").values_list("report", "user__name"):
        found.setdefault(key, []).append(name)
    return found


@dataclass
class ReviewLine(Line):
    """One entry under review: as filed now, as filed the time before, last month's beside it."""

    filed: dict | None = None
    before: dict | None = None
    files: list = field(default_factory=list)
    # How the task stood when the month was closed: what counts from then on, whatever rules and dates became since.
    standing: Standing | None = None

    @cached_property
    def judged(self):
        return self.standing.judgement if self.standing else super().judged

    @property
    def since_filed(self):
        return changes.rows_between(self.before, self.filed) if self.before and self.filed else ()

    @property
    def falls(self):
        """Below what was filed last, whatever became of it."""
        return bool(self.last) and has_fallen(self.entry.progress, self.last.progress)

    @property
    def says_nothing(self):
        return says_nothing(self.entry.said) and says_nothing(self.entry.no_change_reason)

    @property
    def disagrees(self):
        return self.leads and disagree(self.entry.light, self.judged.light)


SEVERITY = {"BLUE": 0, "GREEN": 1, "YELLOW": 2, "RED": 3}


def disagree(own, computed):
    """Whether a unit's own light (a code) is better than the computed Light; what is not judged cannot disagree."""
    if not own or computed.value not in SEVERITY:
        return False
    return SEVERITY[own] < SEVERITY[computed.value]


def review_lines(report, user, submissions):
    """What ``report`` filed last (its newest ``submissions`` first); none before it was filed.

    The texts are the submission's: what the unit writes meanwhile is its own until it files again.
    """
    newest, before = (submissions + [None, None])[:2]
    if newest is None:
        return []
    filed = {each["task"]: each for each in newest.content["entries"]}
    rows = report.entries.filter(task__in=filed).defer(*ENTRY, *LINE, "nodes", "edited_at", "edited_by")
    rows = rows.select_related("task__plan__rules", "task__section").prefetch_related("task__milestones")
    last = _last_month(report, user)
    readable = Attachment.objects.visible_to(user).filter(report=report).exclude(entry=None)
    readable = {file.pk: file for file in readable}
    found, entries = [], list(rows.in_order())
    blank = {name: each.blank for name, each in LINE.items()}
    for entry in entries:
        entry.report = report
    then, frozen, past = then_of(entries), {}, lines_past(entries)
    if report.period.is_closed and report.status == Status.ACCEPTED:
        frozen = {row.task_id: row for row in Standing.objects.of(report.period)}
    remarks = said_at_places(list(past), [report.period_id], user)
    for entry in entries:
        content = filed[entry.task_id]
        entry.nodes = {}
        for name, value in (blank | asked_in(content).values_of(content)).items():
            setattr(entry, name, value)
        files = [readable[each["id"]] for each in content["files"] if each["id"] in readable]
        earlier = before.entry_of(entry.task_id) if before else None
        key = entry.task_id
        line = ReviewLine(
            entry, last.get(key), past.get(key), then=then.get(key), filed=content, before=earlier, files=files
        )
        line.standing, line.places = frozen.get(key), remarks.get(key, ())
        found.append(line)
    return found


def _last_month(report, user):
    keys = _latest_keys([report], user).values()
    rows = Entry.objects.visible_to(user).filter(pk__in=keys).select_related("report__period__plan")
    return {row.task_id: row for row in rows.defer("report__period__summary")}


def _latest_keys(reports, user):
    """{(unit, task): key of the latest entry filed for an earlier month} for reports of one month.

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


def hints(reports, user):
    """{report key: {hint: number of entries}} for filed reports of one month, which bring their plans with rules."""
    by_key = {report.pk: report for report in reports}
    entries = Entry.objects.visible_to(user).filter(report__in=by_key).order_by()
    rows = list(entries.values_list("report", "task", *CLAIMED, "done", "shape", "no_change_reason"))
    before, tasks = _said_before(by_key.values(), user), _tasks_to_judge(rows, user)
    found = {}
    for key, task, *claimed, done, shape, reason in rows:
        done = shape or done
        report, seen = by_key[key], found.setdefault(key, dict.fromkeys(HINTS, 0))
        last_words, last_progress = before.get((report.unit_id, task), ("", None))
        seen["near"] += is_near_copy(done, last_words)
        seen["light"] += task in tasks and _entry_disagrees(tasks[task], claimed, report)
        seen["fall"] += has_fallen(claimed[1], last_progress)
        seen["empty"] += says_nothing(done) and says_nothing(reason)
    return found


def _said_before(reports, user):
    """{(unit, task): (what was said to have been done, progress) in the latest month before}."""
    keys = _latest_keys(reports, user)
    rows = Entry.objects.visible_to(user).filter(pk__in=keys.values()).order_by()
    rows = rows.values_list("pk", "done", "shape", "progress")
    said = {key: (shape or done, progress) for key, done, shape, progress in rows}
    return {place: said[key] for place, key in keys.items()}


def _tasks_to_judge(rows, user):
    keys = {task for _, task, role, progress, *_ in rows if role == LEAD and progress is not None}
    tasks = Task.objects.visible_to(user).in_bulk(keys)
    fetch_related([task for task in tasks.values() if task.pace == Task.Pace.MILESTONES], "milestones")
    return tasks


def _entry_disagrees(task, claimed, report):
    role, progress, light = claimed
    if role != LEAD or progress is None:
        return False
    task.plan = report.period.plan
    return disagree(light, task.judgement(report.period.judged_on, progress).light)


# They part all reports; ``returned`` holds those whose unit was given more to do, whoever has them there.
TABS = {
    "waiting": "待审",
    "returned": "退回中",
    "accepted": "已通过",
    "unfiled": "未报",
    "exempt": "免报",
    "all": "全部",
}


def of_tab(reports, tab):
    return reports if tab == "all" else reports.of(tab)


def tab_counts(reports):
    """{tab: number of reports}, and as "mean" the mean time from the last filing to its acceptance, in one query."""
    facts = conditions(clock.now()) | {"all": Q()}
    mean = Avg(F("decided_at") - F("submitted_at"), filter=Q(status=Status.ACCEPTED))
    return reports.aggregate(**{tab: Count("pk", filter=facts[tab]) for tab in TABS}, mean=mean)


def around(key, keys):
    """(keys before, keys after) one of them; of one that is not among them all come after."""
    place = keys.index(key) if key in keys else -1
    return keys[: max(place, 0)], keys[place + 1 :]
