"""The office's remarks of a month by sheet: the summary with its remarks out, the corrected ones looked over and taken."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.moves import require
from kit.refusal import Refusal
from kit.sheets import entry_workbook, file_response
from reports import remarks
from reports.actions.remarks import correct_remarks
from reports.dashboard import official
from reports.dashboard.remarks import parts_of
from reports.forms.remarks import picked_remarks, preview_remarks, remarks_of
from reports.models import MonthlyReport, Period
from reports.permissions import can_manage_period
from reports.views.exports import progress_name, tasks_of
from reports.views.returned import ReturnedSheet


class RemarksOfMonth(ReturnedSheet):
    template, values = "reports/remarks.html", remarks.Remarks

    def __init__(self, request, pk):
        rows = Period.objects.visible_to(request.user).select_related("plan__office", "plan__rules")
        self.period = get_object_or_404(rows, pk=pk)
        require(can_manage_period(request.user, self.period))
        if self.period.is_closed:
            raise Refusal(f"{self.period}已结账，审核意见不再修改。")
        super().__init__(request, f"remarks {pk}")

    def read(self, sheets):
        return remarks_of(sheets, self.period)

    def compare(self, values, choices):
        return preview_remarks(self.period, values, choices)

    def take(self, preview):
        count = correct_remarks(picked_remarks(preview), self.user, name=self.pending.name)
        return f"已取入{count}条审核意见。" if count else ""

    def context(self):
        return {"period": self.period}


@require_safe
def remarks_sheet(request, pk):
    period = RemarksOfMonth(request, pk).period
    parts = parts_of(period, request.user)
    facts = remarks.facts(period.plan, period.month, clock.now().isoformat(timespec="seconds"), parts)
    day = period.judged_on
    reports = MonthlyReport.objects.visible_to(request.user).filter(period=period)
    sheet = official.progress(period, day, reports, tasks_of(request.user, period.plan), remarks.cells(parts))
    content = entry_workbook(sheet, facts, advice=remarks.ADVICE, room=1, locked=False)
    return file_response(content, progress_name("月度进展汇总表（审核意见）", period))


@require_http_methods(["GET", "HEAD", "POST"])
def remarks_page(request, pk):
    page = RemarksOfMonth(request, pk)
    return page.upload() if request.method == "POST" else page.show()


@require_POST
def remarks_take(request, pk):
    here = reverse("remarks", args=[pk])
    return RemarksOfMonth(request, pk).confirm(here, here)


@require_safe
def remarks_marked(request, pk):
    return RemarksOfMonth(request, pk).marked()
