"""The office's months: opening, chasing, closing, taking back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.forms import told_on
from kit.moves import require
from kit.refusal import Refusal
from kit.sheets import exported
from kit.tables import Table
from reports.actions import periods as verbs
from reports.actions.reminders import urge
from reports.actions.takeback import take_back_period
from reports.dashboard.periods import rows_of, with_begun, with_counts
from reports.filters import FilingFilter
from reports.forms.opening import OpenForm
from reports.forms.periods import ReasonForm, UrgeForm
from reports.models import MonthlyReport, Period
from reports.permissions import can_manage_period, can_see_overview
from reports.tables.periods import PERIODS, columns
from tasks.models import Plan
from tasks.permissions import can_manage_plan
from units.models import User
from units.permissions import can_see_contacts


def _plans(user):
    plans = Plan.objects.visible_to(user).prefetch_related("periods")
    return [plan for plan in plans if can_manage_plan(user, plan)]


@require_safe
def period_list(request):
    require(can_see_overview(request.user))
    return _show_list(request, OpenForm(None, _plans(request.user), asked=request.GET.get("choice")))


def _show_list(request, form, status=200):
    table = Table(
        PERIODS,
        with_counts(Period.objects.visible_to(request.user)),
        params=request.GET,
        default_sort="-month",
        empty="还没有开启过报送期。方案写入以后，由主管办公室开启当月，各责任单位才能填报。",
        name="报送期",
    )
    planless = request.user.role == User.Role.OFFICE and not form.plans
    return _answer(request, table, "报送期", "reports/periods.html", {"open_form": form, "planless": planless}, status)


def _answer(request, table, title, template, context, status=200):
    if request.method != "POST" and request.GET.get("format") == "xlsx":
        return exported(table, title)
    return render(request, template, context | {"table": table, "title": title}, status=status)


@require_POST
def period_open(request):
    require(can_see_overview(request.user))
    plans = _plans(request.user)
    require(plans)
    form = OpenForm(request.POST, plans)
    if not form.is_valid():
        return _show_list(request, form, status=422)
    plan, month, times = form.asked
    period = verbs.open_period(plan, month, request.user, times=times)
    told = f"已开启{period}，{period.reports.count()}个单位应报，{period.on_time_words}截止，已通知填报人。"
    messages.success(request, told)
    return redirect("period", period.pk)


def period_of(request, pk):
    require(can_see_overview(request.user))
    return get_object_or_404(Period.objects.visible_to(request.user).select_related("plan__office"), pk=pk)


def owned_period(request, pk):
    period = period_of(request, pk)
    require(can_manage_period(request.user, period))
    return period


def show_reasoned(request, period, form, heading, **context):
    context |= {"period": period, "form": form, "heading": heading}
    return render(request, "reports/reasoned.html", context, status=422 if form.is_bound else 200)


def _nothing(user, period):
    """Another office's reports are counted here, not listed."""
    office = period.plan.office
    if user.role == User.Role.OFFICE and user.unit_id != office.pk:
        return f"各单位报给{office}的月报由{office}审核，这里只列汇总数。"
    return "没有符合条件的月报。"


@require_safe
def period(request, pk):
    period = period_of(request, pk)
    manage = can_manage_period(request.user, period) and not period.is_closed
    asked = FilingFilter(request.GET, MonthlyReport.objects.visible_to(request.user).filter(period=period))
    reports = asked.queryset
    table = Table(
        columns(
            manage=manage,
            review=can_manage_period(request.user, period),
            may_call=lambda report: can_see_contacts(request.user, report.unit),
        ),
        rows_of(asked.qs),
        params=request.GET,
        default_sort="unit",
        per_page=100,
        empty=_nothing(request.user, period),
        name=f"{period}报送情况",
        select=(lambda row: row.pk if row.status in MonthlyReport.OWING else None) if manage else None,
    )
    counted = with_begun(with_counts(Period.objects.visible_to(request.user).filter(pk=period.pk))).get()
    obstacles = verbs.obstacles(period) if manage else []
    context = {
        "period": counted,
        "filter": asked,
        "manage": manage,
        "obstacles": obstacles,
        "units": reports.order_by().values("unit"),
        **(verbs.left_out(reports) if manage and not obstacles else {}),
        "note": request.GET.get("note", ""),
    }
    return _answer(request, table, f"{period}报送情况", "reports/period.html", context)


@require_POST
def period_urge(request, pk):
    """All who still owe, or those picked; units nobody can read a notice for are named, to be phoned."""
    period = owned_period(request, pk)
    form = UrgeForm(request.POST)
    if not form.is_valid():
        if "note" in form.errors:
            raise Refusal("".join(form.errors["note"]))
        for sentence in form.sentences:
            messages.warning(request, sentence)
        return _back(request, pk, note=form.cleaned_data["note"])
    owing = MonthlyReport.objects.visible_to(request.user).filter(period=period).owing()
    rows = list(rows_of(owing if form.everyone else owing.filter(pk__in=form.picked)))
    urged = urge(rows, request.user, note=form.cleaned_data["note"])
    messages.success(request, f"已催报{len(urged)}个单位，记入各月报的记录。")
    if silent := [row.unit_name for row in rows if not row.reachable]:
        messages.warning(request, f"以下单位没有可用的账号，站内消息送不到，请电话联系：{'、'.join(silent)}。")
    return _back(request, pk)


def _back(request, pk, **kept):
    """As the period was filtered and sorted, with what was typed in vain."""
    params = request.GET.copy()
    params.pop("note", None)
    params.update({name: value for name, value in kept.items() if value})
    return redirect(reverse("period", args=[pk]) + (f"?{params.urlencode()}" if params else ""))


@require_POST
def period_close(request, pk):
    period = verbs.close_period(period_of(request, pk), request.user)
    messages.success(request, f"{period}已结账，当月亮灯和报送情况不再变动。")
    return redirect("period", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def period_back(request, pk):
    period = owned_period(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with told_on(form):
            gone = take_back_period(period, request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"已撤回{period}报送期，{gone}份应报月报随之撤去，已告知各单位。")
            return redirect("period_list")
    reports = period.reports.count()
    note = f"{reports}份应报月报随之撤去，都还没有动笔；批准过的宽限、免报一并撤去。撤回后可以重新开启。"
    return show_reasoned(request, period, form, "撤回报送期", note=note)
