"""Taking back a load of plans, with what was opened for their reports."""

from dataclasses import dataclass

from django.db import transaction

from kit.moves import lock_rows
from kit.refusal import Refusal
from reports.actions.takeback import remove_reports
from reports.models import Attachment, Entry, MonthlyReport, Period, ReportEvent
from supervision.models import Directive, Occasion
from tasks.actions.loads import UNDO, lock_reading, unload
from tasks.models import Plan
from units.actions.notices import tell_unit

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
        if not self.filed:
            return ""
        more = "等" if len(self.filed) > SHOWN else ""
        return f"已有月报报送或月份结账，不能再撤销导入：{'、'.join(self.filed[:SHOWN])}{more}。"


def losses(reading):
    written = reading.written
    entries = Entry.objects.filter(task__in=written["tasks"])
    reports = MonthlyReport.objects.filter(entries__in=entries).distinct()
    own = Period.objects.filter(plan__in=written["plans"])
    filed = [str(report) for report in _filed(written)[: SHOWN + 1].select_related("period__plan")]
    closed = Period.objects.filter(standings__task__in=written["tasks"]).distinct()
    filed += [f"{period}（已结账）" for period in closed.select_related("plan")[: SHOWN + 1]]
    held = Occasion.objects.filter(plan__in=written["plans"]).with_scope()
    filed += [f"{occasion}（已开展）" for occasion in held[: SHOWN + 1]]
    directives = Directive.objects.filter(task__in=written["tasks"])
    filed += [f"{directive}（交办）" for directive in directives[: SHOWN + 1]]
    drafts = entries.filter(version__gt=0).values("report").distinct().count()
    return Losses(own.count(), reports.count(), drafts, tuple(filed))


def _filed(written):
    """The reports that were handed in and speak of the load's tasks, or belong to a plan it made."""
    handed_in = MonthlyReport.objects.exclude(first_submitted_at=None)
    of_tasks = handed_in.filter(entries__task__in=written["tasks"])
    return (of_tasks | handed_in.filter(period__plan__in=written["plans"])).distinct().order_by("pk")


@transaction.atomic
def undo_load(reading, by, *, reason, seen_version=None):
    """Until the first report of its plans is filed: drafts go, the trace stays."""
    reading = lock_reading(reading, by, seen_version=seen_version, loaded=True, verb=UNDO)
    written = reading.written
    # Nobody opens a month or hands in a report of these plans until this is done.
    keys = Entry.objects.filter(task__in=written["tasks"]).values("report")
    lock_rows(Plan.objects.filter(pk__in=written["into"]), MonthlyReport.objects.filter(pk__in=keys))
    if refusal := losses(reading).refusal:
        raise Refusal(refusal)
    _clear(written, by, reason.strip())
    return unload(reading, by, reason=reason, seen_version=seen_version)


def _clear(written, by, reason):
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
    remove_reports(gone)
    Period.objects.filter(plan__in=written["plans"]).delete()
