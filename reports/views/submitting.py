"""Filing: what submitting one or several reports tells the person who pressed the button."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.http import urlencode

from kit import clock
from kit.refusal import Already, Refusal
from reports.actions.writing import Incomplete, submit
from reports.models import MonthlyReport

Status = MonthlyReport.Status


def submit_all(page, reports):
    """Those that are complete and wholly saved; the others are listed with what is missing."""
    faulty = {form.entry.report_id for form in page.forms.values() if form.errors}
    faulty |= {form.entry.report_id for form in page.forms.values() if form.entry.pk in page.conflicts}
    missing = []
    for report in reports:
        if report.pk in faulty:
            messages.warning(page.request, f"“{report.period.plan}”有内容没有存上，改好后再提交。")
        elif not _submit(page.request, report):
            missing.append(report.pk)
    if page.is_unclean:
        page.load()
        return page.show(status=409 if page.conflicts else 422)
    return redirect(f"{page.address}?{urlencode({'check': missing}, doseq=True)}#problems" if missing else page.address)


def _submit(request, report):
    """False when something is missing. A second press finds it filed."""
    try:
        tell_filed(request, submit(report, request.user))
    except Incomplete:
        return False
    except Already as told:
        messages.info(request, str(told))
    except Refusal as refusal:
        messages.error(request, f"“{report.period.plan}”：{refusal}")
    return True


def tell_filed(request, report):
    name = f"“{report.period.plan}”{report.period.month.month}月月报"
    if report.status == Status.SIGNING:
        messages.success(request, f"{name}已提交单位负责人审签，审签通过才算报送。")
        return
    at = clock.local(report.submitted_at)
    word = "迟报" if report.is_late else "按时"
    messages.success(request, f"{name}已报送：编号{report.number}，{at.month}月{at.day}日 {at:%H:%M:%S}，{word}。")
