"""The office's queue of reports: tabs, filters, decisions on several at once."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.forms import number_of, unknown
from kit.moves import require
from kit.rates import rounded
from kit.refusal import Already
from kit.sheets import exported
from kit.tables import Table
from reports.actions import review as verbs
from reports.dashboard import review as desk
from reports.filters import QueueFilter
from reports.forms.review import ReturnForm
from reports.models import MonthlyReport
from reports.tables.review import columns
from tasks.models import Plan
from units.models import User

Status = MonthlyReport.Status


class Queue:
    """The reports of the person's own plans in one month, filtered as the address says."""

    def __init__(self, request, month=None):
        user = request.user
        require(user.role == User.Role.OFFICE)
        self.user, self.params = user, request.GET
        self.plans = Plan.objects.visible_to(user).of_office(user.unit_id)
        self.filter = QueueFilter(request.GET, self.plans)
        mine = MonthlyReport.objects.visible_to(user).filter(period__plan__in=self.plans)
        self._mine = mine
        self.month = self.filter.values.get("month") or month or self._busiest(mine)
        self.reports = self.filter.narrow(mine.filter(period__month=self.month))
        asked = request.GET.get("tab", "waiting")
        if asked not in desk.TABS:
            raise unknown(("状态", asked))
        self.tab = asked

    @cached_property
    def months(self):
        return list(self._mine.order_by("-period__month").values_list("period__month", flat=True).distinct())

    def _busiest(self, mine):
        waiting = mine.waiting().order_by("-period__month").values_list("period__month", flat=True).first()
        return waiting or (self.months[0] if self.months else clock.today().replace(day=1))

    @property
    def rows(self):
        rows = desk.of_tab(self.reports, self.tab).select_related("unit", "period__plan__rules")
        return rows.with_mark().annotate(
            task_count=Count("entries", distinct=True), times_filed=Count("submissions", distinct=True)
        )

    def picked(self, data):
        """[(report, seen version)] of the boxes ticked, or of all the page stood for; other people's rows drop out."""
        picks = data.get("shown", "").split() if data.get("everything") else data.getlist("pick")
        seen = dict(pick.split(":", 1) for pick in picks if ":" in pick)
        found = self.reports.filter(pk__in=map(number_of, seen)).select_related("period__plan")
        return [(report, number_of(seen[str(report.pk)])) for report in found]

    @property
    def waiting(self):
        rows = self._hinted(self.rows.filter(status=Status.SUBMITTED))
        return Table(columns({}), rows, params=self.params, default_sort=self.sorting).ordered

    @property
    def sorting(self):
        return "filed" if self.tab == "waiting" else "unit"

    @property
    def query(self):
        kept = self.params.copy()
        kept["month"] = f"{self.month:%Y-%m}"
        for name in ("page", "format"):
            kept.pop(name, None)
        return f"?{kept.urlencode()}"

    def shown(self, table):
        """All that waits on all pages: what 全部 means on this page."""
        rows = table.rows if table.pages == 1 else self.waiting
        return " ".join(filter(None, map(table.select, rows)))

    def _hinted(self, rows):
        hint = self.filter.values.get("hint")
        if not hint:
            return rows
        found = desk.hints(rows, self.user)
        wanted = {key for key, each in found.items() if each[hint]}
        return rows.filter(pk__in=wanted)

    @cached_property
    def counts(self):
        return desk.tab_counts(self.reports)

    def table(self):
        hints = {}
        table = Table(
            columns(hints, desk.viewers(self.reports, self.user), self.query),
            self._hinted(self.rows),
            params=self.params,
            default_sort=self.sorting,
            empty="没有符合条件的月报。新报送的会出现在“待审”里。",
            name="月报审核",
            count=None if self.filter.values.get("hint") else self.counts[self.tab],
            select=lambda report: f"{report.pk}:{report.version}" if report.status == Status.SUBMITTED else None,
        )
        hints.update(desk.hints((row for row in table.rows if row.status == Status.SUBMITTED), self.user))
        return table


@require_safe
def review_queue(request):
    queue = Queue(request)
    if request.GET.get("format") == "xlsx":
        title = f"{queue.month.year}年{queue.month.month}月月报审核（{desk.TABS[queue.tab]}）"
        return exported(queue.table(), title)
    return _show_queue(request, queue, ReturnForm())


def _show_queue(request, queue, form, picked=(), status=200):
    mean, table = queue.counts["mean"], queue.table()
    context = {
        "queue": queue,
        "filter": queue.filter,
        "table": table,
        "shown": queue.shown(table),
        "tabs": [(name, word, queue.counts[name]) for name, word in desk.TABS.items()],
        "counts": queue.counts,
        "mean_days": None if mean is None else rounded(mean.total_seconds() / 86400, 1),
        "reason_form": form,
        "picked": picked,
    }
    return render(request, "reports/review_queue.html", context, status=status)


@require_POST
def review_bulk(request):
    queue = Queue(request)
    picked = queue.picked(request.POST)
    if not picked:
        messages.warning(request, "请先勾选待审核的月报。")
        return redirect(_queue_address(request))
    if request.POST.get("act") == "return":
        form = ReturnForm(request.POST)
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
        if isinstance(why, Already):
            messages.info(request, str(why))
        else:
            messages.error(request, f"{report.unit_name}没有{word}：{why}")
    if request.POST.get("everything"):
        _tell_arrived(request, queue, {report.pk for report, _ in picked})
    return redirect(_queue_address(request))


def _tell_arrived(request, queue, seen):
    arrived = [report.unit_name for report in queue.waiting if report.pk not in seen]
    if arrived:
        messages.warning(
            request, f"页面打开以后又报来{len(arrived)}份，这次没有处理，请看过再定：{'、'.join(arrived)}。"
        )


def _queue_address(request):
    query = request.GET.urlencode()
    return f"/review/?{query}" if query else "/review/"
