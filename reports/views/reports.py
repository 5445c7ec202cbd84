"""Reading one report: what was filed, every version and every event; the unit's verbs on it; paper and scan."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.forms import number_of
from kit.refusal import Refusal
from kit.storage import keep_each
from reports import permissions
from reports.actions.files import attach_scan
from reports.actions.writing import Incomplete, hand_back, sign, submit, withdraw
from reports.dashboard.filed import Filed
from reports.dashboard.month import steps_of
from reports.forms.filed import HandBackForm, VersionsForm
from reports.models import Correction, MonthlyReport
from reports.views.submitting import tell_filed

Status = MonthlyReport.Status


def report_of(request, pk):
    rows = MonthlyReport.objects.visible_to(request.user).select_related("period__plan__office", "unit", "reviewer")
    return get_object_or_404(rows, pk=pk)


@require_safe
def report(request, pk):
    return _show(request, Filed(report_of(request, pk), request.user), HandBackForm())


def _show(request, filed, form, status=200):
    asked = VersionsForm(request.GET)
    report, user = filed.report, request.user
    shown = filed.version(asked.asked("version"))
    new = filed.version(asked.asked("new"))
    older = [each for each in filed.submissions if new and each.serial < new.serial]
    old = filed.version(asked.asked("old")) if asked.asked("old") else (older[-1] if older else None)
    draft = filed.draft if report.status == Status.SIGNING or "preview" in request.GET else None
    context = {
        "report": report,
        "filed": filed,
        "shown": shown,
        "draft": draft,
        "lines": filed.preview if draft else (),
        "content": shown.content if shown else None,
        "old": old,
        "new": new,
        "changes": filed.between(old, new),
        "events": list(report.events.newest()),
        "scans": filed.scans,
        "readable": filed.readable_files,
        "typed": asked.asked("checksum"),
        "matching": filed.with_checksum(asked.asked("checksum") or ""),
        "steps": steps_of(report),
        "form": form,
        "mark": report.mark(),
        "may_file": permissions.can_file(user, report),
        "may_sign": permissions.can_sign(user, report) and report.is_signable(),
        "corrections": Correction.objects.visible_to(user).of_report(report) if report.period.is_closed else (),
        "missed": permissions.can_file(user, report) and report.is_missed(),
        "owing": MonthlyReport.OWING,
        "may_review": permissions.can_review(user, report),
        "may_withdraw": permissions.can_file(user, report) and report.is_withdrawable(),
    }
    return render(request, "reports/report.html", context, status=status)


def seen_version(request):
    text = request.POST.get("version", "")
    return number_of(text) if text else None


@require_POST
def report_submit(request, pk):
    report = report_of(request, pk)
    page = redirect("month_page", f"{report.period.month:%Y-%m}")
    try:
        filed = submit(report, request.user, note=request.POST.get("note"))
    except Incomplete:
        page["Location"] += f"?check={report.pk}#problems"
        return page
    tell_filed(request, filed)
    return page


@require_POST
def report_withdraw(request, pk):
    report = withdraw(report_of(request, pk), request.user, seen_version=seen_version(request))
    messages.success(request, "已撤回，可以修改后重新提交。")
    return redirect("month_page", f"{report.period.month:%Y-%m}")


@require_POST
def report_sign(request, pk):
    report = sign(report_of(request, pk), request.user, seen_version=seen_version(request))
    tell_filed(request, report)
    return redirect("report", report.pk)


@require_POST
def report_hand_back(request, pk):
    report, form = report_of(request, pk), HandBackForm(request.POST)
    if form.is_valid() or not permissions.can_sign(request.user, report):
        reason = form.cleaned_data.get("reason", "")
        hand_back(report, request.user, reason=reason, seen_version=seen_version(request))
        messages.success(request, "已退回填报人修改。")
        return redirect("report", report.pk)
    return _show(request, Filed(report, request.user), form, status=422)


@require_safe
def report_print(request, pk):
    filed = Filed(report_of(request, pk), request.user)
    preview = filed.draft if "preview" in request.GET else None
    if not (preview or filed.latest):
        raise Refusal("报送以后才能打印盖章件。")
    context = {"report": filed.report, "filed": filed, "shown": preview or filed.latest, "preview": preview}
    return render(request, "reports/print.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report_scan(request, pk):
    """A plain visit leads to its place on the report's page."""
    report = report_of(request, pk)
    if request.method != "POST":
        answer = redirect("report", report.pk)
        answer["Location"] += "#scan"
        return answer
    sent = request.FILES.getlist("scan")
    if not sent:
        messages.error(request, "请先选择扫描件。")

    def keep(upload):
        stored = attach_scan(report, request.user, upload)
        messages.success(request, f"已上传扫描件“{stored.name}”。")

    for name, why in keep_each(sent, keep):
        messages.error(request, f"{name}：{why}")
    # To the top of the page, where what came of it is told.
    return redirect("report", report.pk)
