"""Taking back what was begun by mistake: a load of plans with what was opened for their reports, a month opened."""

from dataclasses import dataclass

from django.db import transaction

from kit.refusal import Refusal
from reports.actions.lock import lock_first, require
from reports.actions.notices import tell, tell_unit
from reports.models import Attachment, Entry, Exemption, Extension, MonthlyReport, Period, ReportEvent
from reports.permissions import can_manage_period
from tasks.actions.loads import UNDO, lock_reading, unload
from tasks.models import Plan, PlanEvent
from units.models import User

SHOWN = 3


@dataclass(frozen=True)
class Losses:
    """What of the floor of reports goes with a load: months, reports, and drafts somebody has begun to write."""

    periods: int
    reports: int
    drafts: int
    filed: tuple[str, ...]

    @property
    def refusal(self):
        """The sentence that says why the load stays, or the empty text."""
        if not self.filed:
            return ""
        more = "等" if len(self.filed) > SHOWN else ""
        return f"已有月报报送或月份结账，不能再撤销导入：{'、'.join(self.filed[:SHOWN])}{more}。"


def losses(reading):
    """Return the Losses that undoing the load of ``reading`` would mean."""
    written = reading.written
    entries = Entry.objects.filter(task__in=written["tasks"])
    reports = MonthlyReport.objects.filter(entries__in=entries).distinct()
    own = Period.objects.filter(plan__in=written["plans"])
    filed = [str(report) for report in _filed(written)[: SHOWN + 1].select_related("period__plan")]
    closed = Period.objects.filter(standings__task__in=written["tasks"]).distinct()
    filed += [f"{period}（已结账）" for period in closed.select_related("plan")[: SHOWN + 1]]
    drafts = entries.filter(version__gt=0).values("report").distinct().count()
    return Losses(own.count(), reports.count(), drafts, tuple(filed))


def _filed(written):
    """The reports that were handed in and speak of the load's tasks, or belong to a plan it made."""
    handed_in = MonthlyReport.objects.exclude(first_submitted_at=None)
    of_tasks = handed_in.filter(entries__task__in=written["tasks"])
    return (of_tasks | handed_in.filter(period__plan__in=written["plans"])).distinct().order_by("pk")


@transaction.atomic
def undo_load(reading, by, *, reason, seen_version=None):
    """Take back the load of ``reading`` until the first report of its plans is filed: drafts go, the trace stays."""
    reading = lock_reading(reading, by, seen_version=seen_version, loaded=True, verb=UNDO)
    written = reading.written
    # Nobody opens a month or hands in a report of these plans until this is done.
    keys = Entry.objects.filter(task__in=written["tasks"]).values("report")
    lock_first(Plan.objects.filter(pk__in=written["into"]), MonthlyReport.objects.filter(pk__in=keys))
    if refusal := losses(reading).refusal:
        raise Refusal(refusal)
    _clear(written, by, reason.strip())
    return unload(reading, by, reason=reason, seen_version=seen_version)


def _clear(written, by, reason):
    """Remove the entries of the load's tasks, reports left without any, and the months of plans that go."""
    entries = Entry.objects.filter(task__in=written["tasks"])
    touched = list(MonthlyReport.objects.filter(entries__in=entries).distinct().select_related("period__plan", "unit"))
    begun = set(entries.filter(version__gt=0).values_list("report_id", flat=True))
    Attachment.objects.filter(entry__in=entries).delete()
    entries.delete()
    gone = MonthlyReport.objects.filter(period__plan__in=written["plans"])
    gone |= MonthlyReport.objects.filter(pk__in=[report.pk for report in touched], entries=None)
    gone = list(gone.distinct().select_related("period__plan", "unit"))
    for report in {report.pk: report for report in [*touched, *gone]}.values():
        if report.pk in begun:
            ReportEvent.write(report, by, "撤销导入，删去已填内容", note=reason)
            tell_unit(
                report.unit,
                key=f"undo:{report.pk}",
                title=f"{report}：所列任务已撤销",
                body=f"方案文件撤销导入，已填的内容一并删去。原因：{reason}",
                url="/month/",
            )
    _remove(gone)
    Period.objects.filter(plan__in=written["plans"]).delete()


def _remove(reports):
    """Remove reports with their concessions; their events stay."""
    keys = [report.pk for report in reports]
    Extension.objects.filter(report__in=keys).delete()
    Exemption.objects.filter(report__in=keys).delete()
    MonthlyReport.objects.filter(pk__in=keys).delete()


@transaction.atomic
def take_back_period(period, by, *, reason):
    """Take back a month opened by mistake while nobody has written in it; return how many reports went. The trace stays."""
    period = _take(period, by)
    if not reason.strip():
        raise Refusal("请写明撤回的原因。")
    if period.is_closed:
        raise Refusal(f"{period}已结账，不能撤回。")
    if begun := [report.unit_name for report in period.reports.begun().order_by("serial")]:
        raise Refusal(f"已有{len(begun)}个单位动笔或报送，不能撤回：{'、'.join(begun)}。")
    reports = list(period.reports.select_related("unit__successor"))
    tell(
        User.objects.working_for({report.unit.answering() or report.unit for report in reports}),
        key=f"back:{period.pk}",
        title=f"{period}报送期已撤回，不用填报",
        body=f"原因：{reason.strip()}",
        url="/month/",
    )
    note = f"{period.month.year}年{period.month.month}月，原因：{reason.strip()}"
    PlanEvent.write(period.plan, by, "撤回报送期", note=note, changes={"应报月报": [f"{len(reports)}份", "0份"]})
    _remove(reports)
    period.delete()
    return len(reports)


def _take(period, by):
    """Return the month locked: its plan before it, its reports after it, so that nobody opens it again or writes meanwhile."""
    lock_first(Plan.objects.filter(pk=period.plan_id), MonthlyReport.objects.none())
    found = Period.objects.select_for_update(of=("self",)).select_related("plan").filter(pk=period.pk).first()
    if found is None:
        raise Refusal("这个报送期刚刚已撤回。")
    require(can_manage_period(by, found))
    lock_first(Plan.objects.none(), MonthlyReport.objects.filter(period=found))
    return found
