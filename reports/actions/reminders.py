"""Chasing: the ladder of reminders on the workday calendar, and 催报 by hand."""

import datetime

from django.db import transaction

from kit import clock, deadlines
from kit.moves import lock_rows, require
from kit.refusal import Already, Refusal
from reports.models import MonthlyReport, Period, ReportEvent, Workday
from reports.permissions import can_manage_period
from units.actions.notices import deliver, digest, last_told, notice_to
from units.models import User

# Workdays before (-) and after the last day in time.
LADDER = (-5, -2, 0, 1)
DIGEST = "remind:"
URGED, AGAIN = "催报", datetime.timedelta(minutes=1)


@transaction.atomic
def urge(reports, by, *, note=""):
    """Urge these reports' units (催报); a closed month urges nobody. Return the reports urged.

    Whom somebody has urged within the minute is not urged again: the second of two presses finds nothing left to do.
    """
    reports = list(reports)
    lock_rows(MonthlyReport.objects.filter(pk__in=[report.pk for report in reports]))
    for report in reports:
        require(can_manage_period(by, report.period))
    if closed := Period.objects.closed().filter(reports__in=reports).first():
        raise Refusal(f"{closed}已结账，不再催报。")
    still = set(MonthlyReport.objects.owing().filter(pk__in=[each.pk for each in reports]).values_list("pk", flat=True))
    owing = [report for report in reports if report.pk in still]
    if not owing:
        raise Refusal("所选单位都已报送，不用催报。")
    now = clock.now()
    just = ReportEvent.objects.filter(subject__in=owing, verb=URGED, at__gt=now - AGAIN)
    if len(owing) <= len(urged := set(just.values_list("subject", flat=True))):
        last = just.newest().first()
        raise Already(f"{last.actor_name}已于{clock.local(last.at):%H:%M:%S}催报了{len(urged)}个单位，没有重复发送。")
    owing = [report for report in owing if report.pk not in urged]
    ReportEvent.objects.bulk_create(ReportEvent.made(report, by, URGED, note=note.strip()) for report in owing)
    units = {report.pk: (report.unit.answering() or report.unit).pk for report in owing}
    people = {}
    for person in User.objects.working_for(units.values()):
        people.setdefault(person.unit_id, []).append(person)
    deliver(_urging(report, person, note) for report in owing for person in people.get(units[report.pk], ()))
    return owing


def _urging(report, person, note):
    key, title = f"urge:{report.pk}:{clock.now():%Y%m%d%H%M%S%f}", f"催报：{report}尚未报送"
    return notice_to(person, key, title, f"截止时间：{report.due_words}（北京时间）。{note.strip()}", "/month/")


def remind(day=None):
    """Send the day's digests, one per person about all the unit still owes; again on the same day, nothing.

    What was not sent because no one ran this on its day is sent now, once. Return the people told.
    """
    day = day or clock.today()
    is_workday = Workday.test()
    owing = MonthlyReport.objects.owing().alive(clock.now())
    owing = owing.select_related("period__plan", "unit__successor")
    last, due = last_told(DIGEST), {}
    for report in owing:
        if step := _step(report, _since(report, last), day, is_workday):
            due.setdefault((report.unit.answering() or report.unit).pk, []).append(f"{report}：{step}")
    return digest(due, key=f"{DIGEST}{day:%Y%m%d}", title="月报提醒：还有{}份待报", url="/month/")


def _since(report, last):
    """The day after which a report's rungs have not been sent: none is older than its month or its return."""
    begun = clock.local(report.period.opens_at).date() - datetime.timedelta(days=1)
    if report.return_due_at and report.decided_at:
        begun = clock.local(report.decided_at).date()
    return max(begun, last) if last else begun


def _step(report, since, day, is_workday):
    """The words for a report that has come to a rung of the ladder after ``since`` and up to ``day``."""
    last = clock.local(report.answer_due_at - datetime.timedelta(microseconds=1)).date()
    rungs = (last if rung == 0 else deadlines.add_workdays(last, rung, is_workday) for rung in LADDER)
    if not any(since < rung <= day for rung in rungs):
        return None
    words = _words(last, day, is_workday)
    if report.status == MonthlyReport.Status.SIGNING:
        words += "，等单位负责人审签"
    return f"{words}；{late}" if (late := report.late_words) else words


def _words(last, day, is_workday):
    if day < last:
        step = datetime.timedelta(days=1)
        left = deadlines.workdays_between(day - step, last - step, is_workday)
        return f"还有{left}个工作日截止" if left else f"还有{(last - day).days}天截止"
    return "今天截止" if day == last else "已经逾期"
