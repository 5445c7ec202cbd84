"""The office's review: the queue, one report, decisions one by one and in bulk."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.refusal import Conflict, Refusal
from kit.sheets import file_response, table_sheet, workbook
from kit.tables import Table
from reports.actions import review as verbs
from reports.dashboard import review as desk
from reports.forms.review import QueueFilter, ReasonForm, RemarkForm
from reports.models import Entry, MonthlyReport
from reports.permissions import can_review
from reports.tables.review import columns
from tasks.models import Plan
from units.models import User

Status = MonthlyReport.Status


class Queue:
    """The reports of the person's own plans in one month, filtered as the address says."""

    def __init__(self, request):
        user = request.user
        if user.role != User.Role.OFFICE:
            raise PermissionDenied
        self.params = request.GET
        self.plans = Plan.objects.visible_to(user).of_office(user.unit_id)
        self.form = QueueFilter(request.GET, self.plans)
        mine = MonthlyReport.objects.visible_to(user).filter(period__plan__in=self.plans)
        months = mine.order_by("-period__month").values_list("period__month", flat=True).distinct()
        self.months = list(months)
        self.month = self.form.asked("month") or self._busiest(mine)
        self.reports = self.form.apply(mine.filter(period__month=self.month))
        asked = request.GET.get("tab", "waiting")
        self.tab = asked if asked in desk.TABS else "waiting"

    def _busiest(self, mine):
        """Return the newest month with something waiting, else the newest."""
        waiting = mine.waiting().order_by("-period__month").values_list("period__month", flat=True).first()
        return waiting or (self.months[0] if self.months else clock.today().replace(day=1))

    @property
    def rows(self):
        """The reports of the tab, with what the columns show."""
        rows = self.reports.filter(desk.TABS[self.tab][1]).select_related("unit", "period__plan")
        return rows.with_mark().annotate(
            task_count=Count("entries", distinct=True), times_filed=Count("submissions", distinct=True)
        )

    def picked(self, data):
        """Return [(report, seen version)] for the boxes ticked, or for all that match; other people's rows drop out."""
        waiting = self.rows.filter(status=Status.SUBMITTED)
        if data.get("everything"):
            return [(report, report.version) for report in self._hinted(waiting)]
        seen = dict(pick.split(":", 1) for pick in data.getlist("pick") if ":" in pick)
        keys = [int(key) for key in seen if key.isdecimal()]
        found = self.reports.filter(pk__in=keys).select_related("period__plan")
        return [(report, _number(seen[str(report.pk)])) for report in found]

    def _hinted(self, rows):
        """Return the rows whose texts give the hint asked for; all of them when none is."""
        hint = self.form.asked("hint")
        if not hint:
            return rows
        found = desk.hints(rows)
        wanted = {key for key, each in found.items() if (each.near if hint == "near" else each.disagreeing)}
        return rows.filter(pk__in=wanted)

    def table(self):
        """Return the Table of the tab, its hints filled in for the rows shown."""
        hints = {}
        table = Table(
            columns(hints),
            self._hinted(self.rows),
            params=self.params,
            default_sort="filed" if self.tab == "waiting" else "unit",
            empty="没有符合条件的月报。新报送的会出现在“待审”里。",
            name="月报审核",
            select=lambda report: f"{report.pk}:{report.version}" if report.status == Status.SUBMITTED else None,
        )
        hints.update(desk.hints(row for row in table.rows if row.status == Status.SUBMITTED))
        return table


def _number(text):
    return int(text) if text.isdecimal() else -1


@require_safe
def review_queue(request):
    """What waits for the office, with tabs, filters and bulk decisions."""
    queue = Queue(request)
    if request.GET.get("format") == "xlsx":
        now, title = clock.now(), f"{queue.month.year}年{queue.month.month}月月报审核（{desk.TABS[queue.tab][0]}）"
        sheet = table_sheet(queue.table(), title, right_note=f"导出时间：{now:%Y-%m-%d %H:%M}")
        return file_response(workbook(sheet), f"{title}-{now:%Y%m%d%H%M}.xlsx")
    return _show_queue(request, queue, ReasonForm())


def _show_queue(request, queue, form, picked=(), status=200):
    counts = desk.tab_counts(queue.reports)
    mean = desk.mean_wait(queue.reports)
    context = {
        "queue": queue,
        "filter": queue.form,
        "table": queue.table(),
        "tabs": [(name, word, counts[name]) for name, (word, _) in desk.TABS.items()],
        "counts": counts,
        "mean_days": None if mean is None else round(mean.total_seconds() / 86400, 1),
        "reason_form": form,
        "picked": picked,
    }
    return render(request, "reports/review_queue.html", context, status=status)


@require_POST
def review_bulk(request):
    """Accept or return several at once; the reason of a return is as compulsory as one by one."""
    queue = Queue(request)
    picked = queue.picked(request.POST)
    if not picked:
        messages.warning(request, "请先勾选待审核的月报。")
        return redirect(_queue_address(request))
    if request.POST.get("act") == "return":
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return _show_queue(request, queue, form, picked=[report.pk for report, _ in picked], status=422)
        done, refused = verbs.return_many(picked, request.user, reason=form.cleaned_data["reason"])
        word = "退回"
    else:
        done, refused = verbs.accept_many(picked, request.user)
        word = "通过"
    if done:
        messages.success(request, f"已{word}{len(done)}份。")
    for report, why in refused:
        messages.error(request, f"{report.unit_name}没有{word}：{why}")
    return redirect(_queue_address(request))


def _queue_address(request):
    query = request.GET.urlencode()
    return f"/review/?{query}" if query else "/review/"


def report_to_review(request, pk):
    """Return a report the person may see, or 404; 403 unless it is their office's to decide."""
    rows = MonthlyReport.objects.visible_to(request.user).select_related(
        "period__plan__rules", "period__plan__office", "unit", "reviewer"
    )
    report = get_object_or_404(rows, pk=pk)
    if not can_review(request.user, report):
        raise PermissionDenied
    return report


class Sheet:
    """One report with a remark form beside every entry, as drawn or as typed."""

    def __init__(self, report, data=None):
        self.report = report
        self.lines = desk.review_lines(report)
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
        """(entry, light, text, redo) of every form; only after is_valid."""
        asked = [(line.entry, line.form.cleaned_data) for line in self.lines]
        return [(entry, data["light"], data["text"], data["redo"]) for entry, data in asked]


@require_safe
def review(request, pk):
    """One report: this month, last month, what changed, the computed light; remarks and the decision."""
    report = report_to_review(request, pk)
    return _show(request, Sheet(report), ReasonForm())


def _show(request, sheet, form, *, told="", status=200):
    report = sheet.report
    before, after = desk.neighbours(report, request.user)
    latest = report.latest
    context = {
        "report": report,
        "sheet": sheet,
        "lines": sheet.lines,
        "latest": latest,
        "scans": report.attachments.present().filter(entry=None),
        "events": list(report.events.newest()[:30]),
        "before": before,
        "after": after,
        "reason_form": form,
        "told": told,
        "mark": report.mark(),
        "is_waiting": report.status == Status.SUBMITTED,
        "is_accepted": report.status == Status.ACCEPTED,
        "paper_matches": bool(latest and report.paper_checksum == latest.checksum),
    }
    return render(request, "reports/review.html", context, status=status)


@require_POST
def review_decide(request, pk):
    """Save the remarks, or save them and decide; what was typed stays on the page when somebody else was faster."""
    report = report_to_review(request, pk)
    sheet, act = Sheet(report, request.POST), request.POST.get("act", "")
    form = ReasonForm(request.POST if act == "return" else None)
    if not sheet.is_valid or (act == "return" and not form.is_valid()):
        return _show(request, sheet, form, status=422)
    try:
        _act(request, report, sheet, form, act)
    except Conflict as conflict:
        return _show(
            request, Sheet(conflict.current, request.POST), ReasonForm(request.POST), told=str(conflict), status=409
        )
    except Refusal as why:
        return _show(request, sheet, form, told=str(why), status=409)
    if act not in ("accept", "return"):
        messages.success(request, "审核意见已保存。")
        return redirect("review", report.pk)
    return _to_next(request, report)


def _act(request, report, sheet, form, act):
    seen = _number(request.POST.get("version", ""))
    if act == "accept":
        verbs.decide(report, request.user, accepted=True, remarks=sheet.remarks, seen_version=seen)
        messages.success(request, f"{report.unit_name}已通过。")
    elif act == "return":
        reason = form.cleaned_data["reason"]
        verbs.decide(report, request.user, accepted=False, remarks=sheet.remarks, reason=reason, seen_version=seen)
        messages.success(request, f"{report.unit_name}已退回。")
    else:
        verbs.remark_all(report, request.user, sheet.remarks)


def _to_next(request, report):
    _, after = desk.neighbours(report, request.user)
    if after:
        return redirect("review", after)
    messages.info(request, "待审的月报都审完了。")
    return redirect("review_queue")


@require_POST
def review_start(request, pk):
    """The page is open at the office: from now on the unit cannot withdraw."""
    verbs.start_review(report_to_review(request, pk), request.user)
    return JsonResponse({"state": "started"})


@require_POST
def entry_remark(request, pk):
    """Save one entry's remark while the reviewer types."""
    rows = Entry.objects.visible_to(request.user).select_related("report__period__plan")
    entry = get_object_or_404(rows, pk=pk)
    if not can_review(request.user, entry.report):
        raise PermissionDenied
    form = RemarkForm(request.POST, prefix=f"r{entry.pk}")
    if not form.is_valid():
        sentence = "；".join(text for errors in form.errors.values() for text in errors)
        return JsonResponse({"error": sentence}, status=422)
    asked = form.cleaned_data
    verbs.remark(entry, request.user, light=asked["light"], text=asked["text"], redo=asked["redo"])
    return JsonResponse({"saved_at": f"{clock.now():%H:%M:%S}"})


@require_POST
def review_reopen(request, pk):
    """Take an acceptance back, with a reason."""
    report, form = report_to_review(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, Sheet(report), form, status=422)
    seen = _number(request.POST.get("version", ""))
    verbs.reopen(report, request.user, reason=form.cleaned_data["reason"], seen_version=seen)
    messages.success(request, f"{report.unit_name}的月报已重新打开并退回。")
    return redirect("review", report.pk)


@require_POST
def review_paper(request, pk):
    """Tick or untick that the stamped paper arrived."""
    report = verbs.receive_paper(
        report_to_review(request, pk), request.user, received=request.POST.get("received") == "1"
    )
    messages.success(request, "已登记收到纸质件。" if report.paper_received_at else "已取消纸质件登记。")
    return redirect("review", report.pk)
