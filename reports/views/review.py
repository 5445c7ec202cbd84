"""The office's review of one report: remarks beside every entry, and the decision."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.forms import number_of
from kit.moves import require
from kit.refusal import Conflict, Refusal
from reports.actions import review as verbs
from reports.dashboard import review as desk
from reports.forms.review import RemarkForm, ReturnForm
from reports.models import Entry, MonthlyReport
from reports.permissions import can_review
from reports.views.queue import Queue

Status = MonthlyReport.Status


def report_to_review(request, pk):
    rows = MonthlyReport.objects.visible_to(request.user).select_related(
        "period__plan__rules", "period__plan__office", "unit", "reviewer"
    )
    report = get_object_or_404(rows, pk=pk)
    require(can_review(request.user, report))
    return report


class Sheet:
    """One report with a remark form beside every entry, as drawn or as typed."""

    def __init__(self, report, user, data=None):
        self.report = report
        self.submissions = list(report.submissions.order_by("-serial")[:2])
        self.lines = desk.review_lines(report, user, self.submissions)
        again = bool(report.decided_at and report.submitted_at and report.submitted_at > report.decided_at)
        fresh = again and report.review_started_at is None
        for line in self.lines:
            entry = line.entry
            initial = {"light": entry.office_light, "text": entry.office_remark, "redo": entry.redo and not fresh}
            line.form = RemarkForm(data, prefix=f"r{entry.pk}", initial=initial)

    @property
    def is_valid(self):
        return all(line.form.is_valid() for line in self.lines)

    @property
    def remarks(self):
        asked = [(line.entry, line.form.cleaned_data) for line in self.lines]
        return [(entry, data["light"], data["text"], data["redo"]) for entry, data in asked]


@require_safe
def review(request, pk):
    report = report_to_review(request, pk)
    verbs.look_at(report, request.user)
    return _show(request, Sheet(report, request.user), ReturnForm())


def _show(request, sheet, form, *, told="", status=200):
    report = sheet.report
    queue = Queue(request, report.period.month)
    before, after = desk.around(report.pk, _keys(queue))
    latest = next(iter(sheet.submissions), None)
    context = {
        "report": report,
        "sheet": sheet,
        "lines": sheet.lines,
        "latest": latest,
        "scans": report.attachments.present().filter(entry=None),
        "events": list(report.events.newest()[:30]),
        "before": before[-1:],
        "after": after[:1],
        "colleagues": desk.viewers([report], request.user).get(report.pk, ()),
        "reason_form": form,
        "told": told,
        "mark": report.mark(),
        "is_waiting": report.status == Status.SUBMITTED,
        "is_accepted": report.status == Status.ACCEPTED,
        "paper_matches": bool(latest and report.paper_checksum == latest.checksum),
    }
    return render(request, "reports/review.html", context, status=status)


def _keys(queue):
    return list(queue.waiting.values_list("pk", flat=True))


@require_POST
def review_decide(request, pk):
    """What was typed stays on the page when somebody else was faster."""
    report = report_to_review(request, pk)
    sheet, act = Sheet(report, request.user, request.POST), request.POST.get("act", "")
    form = ReturnForm(request.POST if act == "return" else None)
    if not sheet.is_valid or (act == "return" and not form.is_valid()):
        return _show(request, sheet, form, status=422)
    queue = Queue(request, report.period.month)
    _, following = desk.around(report.pk, _keys(queue))
    try:
        _act(request, report, sheet, form, act)
    except Conflict as conflict:
        return _show(request, Sheet(conflict.current, request.user, request.POST), form, told=str(conflict), status=409)
    except Refusal as why:
        return _show(request, sheet, form, told=str(why), status=409)
    if act not in ("accept", "return"):
        messages.success(request, "审核意见已保存。")
        return _to(request, "review", report.pk)
    return _to_next(request, queue, following)


def _act(request, report, sheet, form, act):
    seen = number_of(request.POST.get("version", ""))
    if act == "accept":
        verbs.decide(report, request.user, accepted=True, remarks=sheet.remarks, seen_version=seen)
        messages.success(request, f"{report.unit_name}已通过。")
        if report.period.is_closed:
            messages.info(request, f"{report.period}已结账，月末亮灯没有变动；要变动的，在“月末亮灯”里更正。")
    elif act == "return":
        reason = form.cleaned_data["reason"]
        verbs.decide(report, request.user, accepted=False, remarks=sheet.remarks, reason=reason, seen_version=seen)
        messages.success(request, f"{report.unit_name}已退回。")
    else:
        verbs.remark_all(report, request.user, sheet.remarks)


def _to(request, name, *args):
    """With the filter of the list the person came from."""
    query = request.GET.urlencode()
    return redirect(reverse(name, args=args) + (f"?{query}" if query else ""))


def _to_next(request, queue, following):
    """Forward in the list the person came from; what was skipped stays behind, and is told at the end."""
    left = _keys(queue)
    if ahead := next((key for key in following if key in left), None):
        return _to(request, "review", ahead)
    messages.info(request, f"后面没有待审的了，前面跳过的还有{len(left)}份。" if left else "待审的月报都审完了。")
    return _to(request, "review_queue")


@require_POST
def entry_remark(request, pk):
    rows = Entry.objects.visible_to(request.user).select_related("report__period__plan")
    entry = get_object_or_404(rows, pk=pk)
    require(can_review(request.user, entry.report))
    form = RemarkForm(request.POST, prefix=f"r{entry.pk}")
    if not form.is_valid():
        sentence = "；".join(text for errors in form.errors.values() for text in errors)
        return JsonResponse({"error": sentence}, status=422)
    asked = form.cleaned_data
    verbs.remark(entry, request.user, light=asked["light"], text=asked["text"], redo=asked["redo"])
    return JsonResponse({"saved_at": f"{clock.now():%H:%M:%S}"})


@require_POST
def review_reopen(request, pk):
    report, form = report_to_review(request, pk), ReturnForm(request.POST)
    if not form.is_valid():
        return _show(request, Sheet(report, request.user), form, status=422)
    seen = number_of(request.POST.get("version", ""))
    verbs.reopen(report, request.user, reason=form.cleaned_data["reason"], seen_version=seen)
    messages.success(request, f"{report.unit_name}的月报已重新打开并退回。")
    return _to(request, "review", report.pk)


@require_POST
def review_paper(request, pk):
    report = verbs.receive_paper(
        report_to_review(request, pk), request.user, received=request.POST.get("received") == "1"
    )
    messages.success(request, "已登记收到纸质件。" if report.paper_received_at else "已取消纸质件登记。")
    return _to(request, "review", report.pk)
