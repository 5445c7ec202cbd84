"""The office's remarks of a month by sheet: the summary with its remarks out, the corrected ones looked over and taken."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.refusal import Refusal
from kit.sheets import entry_workbook, file_response
from reports import remarks
from reports.actions.remarks import correct_remarks
from reports.dashboard.remarks import parts_of
from reports.forms.offline import SheetUploadForm, drawn_at
from reports.forms.remarks import picked_remarks, preview_remarks, remarks_reader
from reports.intake import RECORD, SHEET
from reports.models import Period
from reports.permissions import can_manage_period
from reports.views.exports import progress_name, progress_of
from reports.views.offline import AGAIN
from reports.views.pending import Pending


class RemarksOfMonth:
    """One request to the remarks of a month that its office has not closed."""

    def __init__(self, request, pk):
        rows = Period.objects.visible_to(request.user).select_related("plan__office", "plan__rules")
        self.request, self.period = request, get_object_or_404(rows, pk=pk)
        if not can_manage_period(request.user, self.period):
            raise PermissionDenied
        if self.period.is_closed:
            raise Refusal(f"{self.period}已结账，审核意见不再修改。")
        self.pending = Pending(request, f"remarks {pk}")

    def preview(self, choices=None):
        return preview_remarks(self.period, remarks.Remarks.of_data(self.pending.data), choices)

    def show(self, form=None, preview=None, *, told="", status=200):
        if preview is None and self.pending:
            preview = self.preview()
        context = {
            "period": self.period,
            "form": form or SheetUploadForm(),
            "pending": self.pending,
            "preview": preview,
            "drawn_at": drawn_at(remarks.Remarks.of_data(self.pending.data)) if self.pending else "",
            "told": told,
        }
        return render(self.request, "reports/remarks.html", context, status=status)


@require_safe
def remarks_sheet(request, pk):
    """Hand out 月度进展汇总表 with the remarks of the month, to be corrected."""
    period = RemarksOfMonth(request, pk).period
    parts = parts_of(period)
    facts = remarks.facts(period.plan, period.month, clock.now().isoformat(timespec="seconds"), parts)
    sheet = progress_of(period, remarks.cells(parts))
    content = entry_workbook(sheet, facts, advice=remarks.ADVICE, room=1, locked=False)
    return file_response(content, progress_name("月度进展汇总表（审核意见）", period))


@require_http_methods(["GET", "HEAD", "POST"])
def remarks_page(request, pk):
    """Take a corrected summary in and show what it would change; nothing is written yet."""
    page = RemarksOfMonth(request, pk)
    if request.method != "POST":
        return page.show()
    form = SheetUploadForm(request.POST, request.FILES)
    found = form.read(remarks_reader(page.period)) if form.is_valid() else None
    if found is None:
        page.pending.drop()
        return page.show(form, status=422)
    page.pending.keep(form.cleaned_data["file"], found.as_data())
    return redirect("remarks", pk)


@require_POST
def remarks_take(request, pk):
    """Write what was shown, all of it or nothing; what changed since then is shown again."""
    page = RemarksOfMonth(request, pk)
    if not page.pending:
        messages.warning(request, "没有待导入的审核意见，请重新选择文件。")
        return redirect("remarks", pk)
    choices = {name: value for name, value in request.POST.items() if value in (SHEET, RECORD)}
    preview = page.preview(choices)
    if preview.fingerprint != request.POST.get("seen") or not preview.may_take:
        return page.show(preview=preview, told=AGAIN, status=409)
    if preview.open_choices:
        told = f"还有{len(preview.open_choices)}处网上也改过，请选择用哪一份。"
        return page.show(preview=preview, told=told, status=422)
    try:
        count = correct_remarks(picked_remarks(preview), request.user, name=page.pending.name)
    except Refusal as why:
        return page.show(told=f"{why}{AGAIN}", status=409)
    page.pending.drop()
    messages.success(request, f"已取入{count}条审核意见。" if count else "都用了网上的内容，没有改动。")
    return redirect("remarks", pk)


@require_safe
def remarks_marked(request, pk):
    """Hand the uploaded summary back with its faults marked."""
    page = RemarksOfMonth(request, pk)
    preview = page.preview() if page.pending else None
    answer = page.pending.marked(preview.faults) if preview and preview.faults else None
    if answer is None:
        raise Http404("nothing to mark")
    return answer
