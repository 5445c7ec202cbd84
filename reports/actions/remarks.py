"""Correcting the office's remarks from a sheet: all of them or none, until the month is closed."""

from django.db import transaction

from kit.moves import lock, require
from kit.refusal import Conflict, Refusal
from reports.actions.review import start_review
from reports.models import Entry, MonthlyReport, ReportEvent
from reports.permissions import can_review

Status = MonthlyReport.Status
VERB = "导入审核意见"


def require_correctable(report):
    if report.period.is_closed:
        raise Refusal(f"{report.period}已结账，审核意见不再修改。")
    if report.status not in (Status.SUBMITTED, Status.ACCEPTED):
        raise Refusal(f"{report.unit_name}的{report.standing}，没有可以修改的审核意见。")


@transaction.atomic
def correct_remarks(picked, by, *, name):
    """``picked`` are (entry, text, the remark seen), ``name`` the file's.

    Of a report still to be decided the trace names only tasks: its remarks are the unit's to read with the decision.
    """
    by_report = {}
    for entry, text, seen in picked:
        by_report.setdefault(entry.report_id, []).append((entry, text.strip(), seen))
    for _, remarks in sorted(by_report.items()):
        _correct(lock(remarks[0][0].report), by, remarks, name)
    return len(picked)


def _correct(report, by, remarks, name):
    require(can_review(by, report))
    require_correctable(report)
    for entry, text, seen in remarks:
        if not Entry.objects.filter(pk=entry.pk, office_remark=seen).update(office_remark=text):
            raise Conflict(f"第{entry.task.number}项的审核意见刚刚有人改过。", entry)
    if report.status == Status.SUBMITTED:
        start_review(report, by)
    changes = {f"{each.task.number} {each.task.short_title}": [seen, text] for each, text, seen in remarks}
    numbers = "、".join(each.task.number for each, _, _ in remarks)
    note = f"{name}：第{numbers}项"
    ReportEvent.write(report, by, VERB, note=note, changes=changes if report.status == Status.ACCEPTED else {})
