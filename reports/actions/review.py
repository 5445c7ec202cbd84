"""The office's verbs: start, remark, accept, return, reopen, receive the paper."""

import datetime

from django.db import transaction

from kit import clock, deadlines
from kit.moves import lock, move, require, require_said, require_seen, require_status
from kit.refusal import Already, Refusal
from kit.trace import spare
from reports.models import Entry, MonthlyReport, ReportEvent, Viewing, Workday
from reports.permissions import can_review
from tasks.actions.months import enter_months, leave_months
from tasks.actions.progress import accept_progress, step_back
from tasks.models import Responsibility
from units.actions.notices import tell_unit

Status = MonthlyReport.Status


def look_at(report, by):
    """``by`` has this report before them, and no other; colleagues are told, its unit may still take it back."""
    require(can_review(by, report))
    Viewing.objects.bulk_create(
        [Viewing(user=by, report=report, at=clock.now())],
        update_conflicts=True,
        unique_fields=["user"],
        update_fields=["report", "at"],
    )


@transaction.atomic
def start_review(report, by):
    """The office has begun to judge; from now on the unit cannot withdraw. Twice does no harm."""
    report = lock(report)
    require(can_review(by, report))
    if report.status == Status.SUBMITTED and report.review_started_at is None:
        report.review_started_at, report.reviewer = clock.now(), by
        report.save(update_fields=["review_started_at", "reviewer"])
        ReportEvent.write(report, by, "开始审核")
    return report


@transaction.atomic
def remark(entry, by, *, light="", text="", redo=False):
    report = lock(entry.report)
    require(can_review(by, report))
    _require_waiting(report)
    text = text.strip()
    Entry.objects.filter(pk=entry.pk).update(office_light=light, office_remark=text, redo=redo)
    if light or text or redo:
        start_review(report, by)


@transaction.atomic
def remark_all(report, by, remarks):
    """All or none; ``remarks`` are (entry, light, text, redo)."""
    for entry, light, text, redo in remarks:
        remark(entry, by, light=light, text=text, redo=redo)


def _require_waiting(report):
    require_status(report, Status.SUBMITTED, otherwise="不在待审核状态")


@transaction.atomic
def accept(report, by, *, seen_version=None, note=""):
    report = lock(report)
    require(can_review(by, report))
    spare(report, report.status == Status.ACCEPTED, "审核通过")
    require_seen(report, seen_version)
    _require_waiting(report)
    now = clock.now()
    move(report, Status.ACCEPTED, decided_at=now, reviewer=by, return_reason="", return_due_at=None)
    report.entries.update(redo=False)
    report.submissions.exclude(accepted_at=None).update(accepted_at=None)
    report.submissions.filter(pk=report.latest.pk).update(accepted_at=now)
    ReportEvent.write(report, by, "审核通过", note=note.strip())
    actions, lines = _leading_entries(report)
    for entry in actions:
        accept_progress(entry.task, entry.progress, report.period.month, by, note=str(report))
    if lines:
        enter_months([(each.task, each.figures) for each in lines], report.period.month, by, note=str(report))
    return report


def _leading_entries(report):
    """(entries of the plan's own tasks, lines of key projects) that move what is on record."""
    rows = report.entries.filter(role=Responsibility.Role.LEAD).exclude(progress=None, invested=None)
    rows = list(rows.select_related("task__plan__rules").order_by("task_id"))
    return [each for each in rows if not each.task.is_project], [each for each in rows if each.task.is_project]


@transaction.atomic
def return_report(report, by, *, reason, redo=None, seen_version=None):
    """``redo`` lists the entries to redo; None keeps the marks made with the remarks."""
    report = lock(report)
    require(can_review(by, report))
    spare(report, _is_returned(report, reason), "退回")
    require_seen(report, seen_version)
    reason = require_said(reason, "退回须写明原因。")
    _require_waiting(report)
    if redo is not None:
        report.entries.update(redo=False)
        report.entries.filter(pk__in=[entry.pk for entry in redo]).update(redo=True)
    _give_back(report, by, reason, "退回")
    return report


@transaction.atomic
def reopen(report, by, *, reason, seen_version=None):
    report = lock(report)
    require(can_review(by, report))
    spare(report, _is_returned(report, reason), "重新打开并退回")
    require_seen(report, seen_version)
    reason = require_said(reason, "重新打开须写明原因。")
    require_status(report, Status.ACCEPTED, otherwise="不用重新打开")
    report.submissions.exclude(accepted_at=None).update(accepted_at=None)
    _give_back(report, by, reason, "重新打开并退回")
    actions, lines = _leading_entries(report)
    for entry in actions:
        _step_back(entry.task, report, by)
    if lines:
        leave_months([each.task for each in lines], report.period.month, by, note=f"{report}重新打开")
    return report


def _is_returned(report, reason):
    return report.status == Status.RETURNED and report.return_reason == reason.strip()


def _say_more(remarks):
    rows = Entry.objects.filter(pk__in=[entry.pk for entry, *_ in remarks])
    known = set(rows.values_list("pk", "office_light", "office_remark"))
    return any((entry.pk, light, text.strip()) not in known for entry, light, text, _ in remarks)


def _give_back(report, by, reason, verb):
    now = clock.now()
    until = _return_deadline(report, now)
    closes = until + datetime.timedelta(days=report.period.plan.grace_days)
    move(
        report,
        Status.RETURNED,
        decided_at=now,
        reviewer=by,
        return_reason=reason,
        return_due_at=until,
        closes_at=max(report.closes_at, closes),
        review_started_at=None,
    )
    marked = report.entries.filter(redo=True).select_related("task").in_order()
    remarks = {f"{each.task.number} {each.task.short_title}": ["", each.office_remark or "须重报"] for each in marked}
    ReportEvent.write(report, by, verb, note=reason, changes=remarks)
    tell_unit(
        report.unit,
        key=f"return:{report.pk}:{report.version}",
        title=f"{report}被退回",
        body=f"原因：{reason}\n请于{deadlines.end_words(until)}前重报。",
        url="/month/",
    )


def _return_deadline(report, now):
    day = deadlines.add_workdays(now.date(), report.period.plan.return_workdays, Workday.test())
    return clock.end_of(day)


def _step_back(task, report, by):
    """To the latest progress still accepted, if this report had moved it."""
    if task.progress_month != report.period.month:
        return
    progress, month = Entry.objects.leading_progress([task.pk]).get(task.pk, (0, None))
    step_back(task, progress, month, by, note=f"{report}重新打开")


@transaction.atomic
def decide(report, by, *, accepted, remarks, reason="", seen_version=None):
    """All remarks and the decision, or nothing; ``remarks`` are (entry, light, text, redo)."""
    report = lock(report)
    require(can_review(by, report))
    if not _say_more(remarks):
        spare(report, accepted and report.status == Status.ACCEPTED, "审核通过")
        spare(report, not accepted and _is_returned(report, reason), "退回")
    require_seen(report, seen_version)
    remark_all(report, by, remarks)
    if accepted:
        return accept(report, by, note=reason)
    return return_report(report, by, reason=reason)


def accept_many(picked, by):
    """Each on its own: ``picked`` are (report, seen version); return (accepted, [(report, why not)])."""
    return _each(picked, lambda report, seen: accept(report, by, seen_version=seen))


def return_many(picked, by, *, reason):
    reason = require_said(reason, "退回须写明原因。")
    return _each(picked, lambda report, seen: return_report(report, by, reason=reason, redo=None, seen_version=seen))


def _each(picked, act):
    done, refused = [], []
    for report, seen in picked:
        try:
            done.append(act(report, seen))
        except (Refusal, Already) as why:
            refused.append((report, why))
    return done, refused


@transaction.atomic
def receive_paper(report, by, *, received=True):
    """The checksum of what was filed then is kept beside it."""
    verb = "纸质件已收" if received else "取消纸质件已收"
    report = lock(report)
    require(can_review(by, report))
    latest = report.latest
    if latest is None:
        raise Refusal("这份月报还没有报送过，不能登记纸质件。")
    spare(report, report.paper_checksum == (latest.checksum if received else ""), verb)
    report.paper_received_at = clock.now() if received else None
    report.paper_checksum = latest.checksum if received else ""
    report.save(update_fields=["paper_received_at", "paper_checksum"])
    ReportEvent.write(report, by, verb, note=f"校验码 {latest.short_checksum}")
    return report
