"""The unit's month without a line: the form to download, the filled one looked over and taken."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.refusal import Refusal
from kit.sheets import entry_workbook, file_response
from reports import offline
from reports.actions.offline import take_form
from reports.dashboard.month import sheets_of
from reports.dashboard.offline import deadlines, drawn_lines, plan_names, writable
from reports.forms.offline import SheetUploadForm, drawn_at, drawn_mark, form_reader, picked, preview_form
from reports.intake import RECORD, SHEET
from reports.views.month import month_of, own_reports
from reports.views.pending import Pending

AGAIN = "预览以后内容有变动，已按最新情况重新核对，请再看一遍后确认。什么都没有写入。"
NOTHING_OPEN = "这个月没有可以填写的月报：没有任务，或者都已报送、已关闭。"


class OfflineMonth:
    """One request to the offline form of the person's own unit and a month."""

    def __init__(self, request, month):
        own_reports(request.user)
        self.request, self.user, self.month = request, request.user, month_of(month)
        self.pending = Pending(request, f"offline {self.month:%Y-%m}")
        self.load()

    def load(self):
        self.sheets = sheets_of(self.user, self.month)

    def preview(self, choices=None):
        return preview_form(self.sheets, offline.Filled.of_data(self.pending.data), choices)

    def show(self, form=None, preview=None, *, told="", status=200):
        if preview is None and self.pending:
            preview = self.preview()
        context = {
            "month": self.month,
            "form": form or SheetUploadForm(),
            "pending": self.pending,
            "preview": preview,
            "drawn_at": drawn_at(offline.Filled.of_data(self.pending.data)) if self.pending else "",
            "told": told,
            "can_download": bool(writable(self.sheets)),
        }
        return render(self.request, "reports/offline.html", context, status=status)


@require_safe
def offline_form(request, month):
    """Hand out the month's form: every task that can be written now, with what is on record filled in."""
    page = OfflineMonth(request, month)
    sheets = writable(page.sheets)
    if not sheets:
        raise Refusal(NOTHING_OPEN)
    plans = [sheet.period.plan for sheet in sheets]
    names = plan_names(plans)
    lines = drawn_lines(sheets, names, drawn_mark)
    unit, moment = page.user.unit.name, clock.now()
    sheet = offline.form_sheet(unit, page.month, deadlines(sheets, names), lines)
    facts = offline.facts(unit, page.month, moment.isoformat(timespec="seconds"), names.values(), lines)
    content = entry_workbook(sheet, facts, advice=offline.ADVICE)
    return file_response(content, f"{unit}-{page.month.year}年{page.month.month}月离线填报表-{moment:%m%d%H%M}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def offline_page(request, month):
    """Take a filled form in and show what it would change; nothing is written yet."""
    page = OfflineMonth(request, month)
    if request.method != "POST":
        return page.show()
    form = SheetUploadForm(request.POST, request.FILES)
    filled = form.read(form_reader(page.user.unit, page.month)) if form.is_valid() else None
    if filled is None:
        page.pending.drop()
        return page.show(form, status=422)
    page.pending.keep(form.cleaned_data["file"], filled.as_data())
    return redirect("offline", month)


@require_POST
def offline_take(request, month):
    """Write what was shown, all of it or nothing; what changed since then is shown again."""
    page = OfflineMonth(request, month)
    if not page.pending:
        messages.warning(request, "没有待导入的填报表，请重新选择文件。")
        return redirect("offline", month)
    choices = {name: value for name, value in request.POST.items() if value in (SHEET, RECORD)}
    preview = page.preview(choices)
    if preview.fingerprint != request.POST.get("seen") or not preview.may_take:
        return page.show(preview=preview, told=AGAIN, status=409)
    if preview.open_choices:
        told = f"还有{len(preview.open_choices)}处网上也改过，请选择用哪一份。"
        return page.show(preview=preview, told=told, status=422)
    try:
        taken = take_form(picked(preview), request.user, name=page.pending.name)
    except Refusal as why:
        page.load()
        return page.show(told=f"{why}{AGAIN}", status=409)
    page.pending.drop()
    if taken:
        messages.success(request, f"已从离线填报表取入{len(taken)}项任务，存为草稿。尚未提交，请核对后按“提交”。")
    else:
        messages.info(request, "都用了网上的内容，没有改动。")
    return redirect("month_page", month)


@require_safe
def offline_marked(request, month):
    """Hand the uploaded form back with its faults marked."""
    page = OfflineMonth(request, month)
    preview = page.preview() if page.pending else None
    answer = page.pending.marked(preview.faults) if preview and preview.faults else None
    if answer is None:
        raise Http404("nothing to mark")
    return answer
