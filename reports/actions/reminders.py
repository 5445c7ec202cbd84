"""Chasing: the ladder of reminders on the workday calendar, and 催报 by hand."""

import datetime

from django.db import transaction

from kit import clock
from kit.refusal import Refusal
from reports import deadlines
from reports.actions.lock import require
from reports.actions.notices import tell, tell_unit
from reports.models import MonthlyReport, Period, ReportEvent, Workday
from reports.permissions import can_manage_period
from units.models import User

LADDER = {-5: "还有5个工作日截止", -2: "还有2个工作日截止", 0: "今天截止", 1: "已经逾期"}


@transaction.atomic
def urge(reports, by, *, note=""):
    """Urge these reports' units (催报); each is recorded on its report. A closed month urges nobody. Return the reports urged."""
    reports = list(reports)
    for report in reports:
        require(can_manage_period(by, report.period))
    if closed := Period.objects.closed().filter(reports__in=reports).first():
        raise Refusal(f"{closed}已结账，不再催报。")
    owing = [report for report in reports if report.status in MonthlyReport.OWING]
    if not owing:
        raise Refusal("所选单位都已报送，不用催报。")
    now = clock.now()
    for report in owing:
        ReportEvent.write(report, by, "催报", note=note.strip())
        tell_unit(
            report.unit,
            key=f"urge:{report.pk}:{now:%Y%m%d%H%M%S%f}",
            title=f"催报：{report}尚未报送",
            body=f"截止时间：{report.due_words}（北京时间）。{note.strip()}",
            url="/month/",
        )
    return owing


def remind(day=None):
    """Send the day's digests: one per person about everything the person's unit still owes; again on the same day, nothing.

    Return the people told.
    """
    day = day or clock.today()
    is_workday = Workday.test()
    owing = MonthlyReport.objects.owing().filter(period__closed_at=None)
    owing = owing.select_related("period__plan", "unit__successor")
    due = {}
    for report in owing:
        if step := _step(report, day, is_workday):
            due.setdefault((report.unit.answering() or report.unit).pk, []).append((report, step))
    people = User.objects.working_for(due).select_related("unit")
    told = []
    for person in people:
        lines = [f"{report}：{step}" for report, step in due[person.unit_id]]
        title = f"月报提醒：还有{len(lines)}份待报"
        told += tell([person], key=f"remind:{day:%Y%m%d}", title=title, body="\n".join(lines), url="/month/")
    return told


def _step(report, day, is_workday):
    """Return the rung of the ladder that ``day`` is for a report, or None."""
    last = clock.local(report.answer_due_at - datetime.timedelta(microseconds=1)).date()
    for rung, words in LADDER.items():
        if (last if rung == 0 else deadlines.add_workdays(last, rung, is_workday)) == day:
            return words
    return None
