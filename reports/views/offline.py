"""The unit's month without a line: the form to download, the filled one looked over and taken."""

from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.refusal import Refusal
from kit.sheets import entry_workbook, file_response
from reports import offline
from reports.actions.offline import take_form
from reports.dashboard.offline import deadlines, drawn_lines, plan_names, writable
from reports.forms.offline import drawn_mark, form_of, picked, preview_form
from reports.views.month import month_of, own_reports, sheets_or_404
from reports.views.returned import ReturnedSheet

NOTHING_OPEN = "这个月没有可以填写的月报：没有任务，或者都已报送、已关闭。"


class OfflineMonth(ReturnedSheet):
    template, values = "reports/offline.html", offline.Filled

    def __init__(self, request, month):
        own_reports(request.user)
        self.month = month_of(month)
        super().__init__(request, f"offline {self.month:%Y-%m}")
        self.load()

    def load(self):
        self.sheets = sheets_or_404(self.user, self.month)

    def read(self, sheets):
        return form_of(sheets, self.user.unit, self.month)

    def compare(self, values, choices):
        return preview_form(self.sheets, values, choices)

    def take(self, preview):
        taken = take_form(picked(preview), self.user, name=self.pending.name)
        told = f"已从离线填报表取入{len(taken)}项任务，存为草稿。尚未提交，请核对后按“提交”。"
        return told if taken else ""

    def context(self):
        return {"month": self.month, "none_open": "" if writable(self.sheets) else NOTHING_OPEN}


@require_safe
def offline_form(request, month):
    page = OfflineMonth(request, month)
    sheets = writable(page.sheets)
    if not sheets:
        raise Refusal(NOTHING_OPEN)
    names = plan_names([sheet.period.plan for sheet in sheets])
    lines = drawn_lines(sheets, names, drawn_mark)
    unit, moment = page.user.unit.name, clock.now()
    sheet = offline.form_sheet(unit, page.month, deadlines(sheets, names), lines)
    facts = offline.facts(unit, page.month, moment.isoformat(timespec="seconds"), names.values(), lines)
    nodes = [(each, offline.NODES_ADVICE) for each in offline.nodes_sheet(unit, page.month, lines)]
    content = entry_workbook(sheet, facts, advice=offline.ADVICE, further=nodes)
    return file_response(content, f"{unit}-{page.month.year}年{page.month.month}月离线填报表-{moment:%m%d%H%M}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def offline_page(request, month):
    page = OfflineMonth(request, month)
    return page.upload() if request.method == "POST" else page.show()


@require_POST
def offline_take(request, month):
    page = OfflineMonth(request, month)
    return page.confirm(reverse("offline", args=[month]), reverse("month_page", args=[month]))


@require_safe
def offline_marked(request, month):
    return OfflineMonth(request, month).marked()
