"""The columns of the periods, and of one period's reports."""

from dataclasses import replace

from django.utils.html import format_html, format_html_join

from kit import clock
from kit.addresses import address_of
from kit.tables import Column
from reports.models import MonthlyReport
from reports.tables.filing import DUE, FIRST, GROUP, LATE, MARK, STATUS, unit_column
from reports.tables.review import days_waiting

Status = MonthlyReport.Status


def _period(period):
    return format_html('<a href="{}">{}</a>', address_of("period", period.pk), _month(period))


def _month(period):
    return f"{period.month.year}年{period.month.month}月"


def _state(period):
    if period.is_closed:
        return "已结账"
    return "填报中" if period.is_open() else "待结账"


def _figure(name, head, width=8, state=None):
    """A figure other than 0 opens its rows, as the period page filters them."""

    def read(period):
        return getattr(period, name)

    def show(period):
        address = address_of("period", period.pk) + (f"?state={state}" if state else "")
        return format_html('<a href="{}">{}</a>', address, read(period)) if read(period) else "0"

    return Column(
        name, head, read, show, kind="number", sort=(name,), width=width, css="brief" if len(head) > 4 else ""
    )


PERIODS = (
    Column("month", "月份", _month, _period, sort=("month",), main=True, width=12, wrap=False),
    Column("plan", "方案", lambda period: period.plan.named, sort=("plan",), width=18, wrap=False),
    Column("office", "主管办公室", lambda period: period.plan.office.name, width=16),
    Column(
        "opens",
        "开始填报",
        lambda period: clock.local(period.opens_at).date(),
        sort=("opens_at",),
        width=12,
        optional=True,
    ),
    Column(
        "due",
        "按时截止（北京时间）",
        lambda period: period.on_time_words,
        sort=("on_time_until",),
        width=18,
        css="brief",
    ),
    Column("until", "填报关闭", lambda period: period.open_words, sort=("open_until",), width=16),
    _figure("owed", "应报"),
    _figure("filed", "已报", state="filed"),
    _figure("late", "迟报", state="late"),
    _figure("unfiled", "未报送", state="unfiled"),
    _figure("missing", "逾期未报", 10, state="missing"),
    _figure("lapsed", "退回未重报", 11, state="lapsed"),
    _figure("waiting", "待审", state="waiting"),
    _figure("accepted", "已通过", state="accepted"),
    Column("state", "状态", _state, tone=lambda period: "muted" if period.is_closed else "info", width=10),
)


def _liaison(report):
    return f"{report.liaison_name} {report.liaison_phone}".strip() or "未报联络员"


def _acts(report):
    acts = []
    if report.status in MonthlyReport.OWING:
        acts.append(("report_extend", "宽限"))
    if report.status in (Status.DUE, Status.DRAFT):
        acts.append(("report_exempt", "免报"))
    if report.status == Status.EXEMPT and report.has_tasks:
        acts.append(("report_unexempt", "取消免报"))
    links = ((address_of(name, report.pk), report.unit_name, word) for name, word in acts)
    return format_html_join(
        " ", '<a href="{}" aria-label="{} {}">{}</a>', ((url, unit, word, word) for url, unit, word in links)
    )


CHASED = (
    Column("urged", "已催", lambda report: f"{report.urged}次" if report.urged else "", sort=("urged",), width=8),
    Column("urged_at", "最近催报", lambda report: report.urged_at, kind="moment", sort=("urged_at",), width=17),
)
WAITING = Column("waiting", "待审（天）", days_waiting, kind="number", width=10)
ACTS = Column("acts", "办理", lambda report: "", _acts, css="actions", width=10)


def columns(*, manage, review, may_call):
    """``review`` leads to the review of what waits, ``manage`` adds what the office may do.

    ``may_call`` answers whether a report's liaison may be shown.
    """

    def page(report):
        return address_of("review" if review and report.status == Status.SUBMITTED else "report", report.pk)

    how = (GROUP, MARK, replace(STATUS, optional=True), FIRST, LATE, DUE, WAITING)
    return (unit_column(page), *how, *chasing(may_call), *((ACTS,) if manage else ()))


def chasing(may_call):
    return (Column("liaison", "联络员", lambda report: _liaison(report) if may_call(report) else "", width=22), *CHASED)
