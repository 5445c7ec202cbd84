"""Taking back a month opened by mistake."""

from django.db import transaction

from kit.moves import lock, lock_rows, require, require_said
from kit.refusal import Refusal
from reports.models import Exemption, Extension, MonthlyReport
from reports.permissions import can_manage_period
from tasks.models import Plan, PlanEvent
from units.actions.notices import tell
from units.models import User

VERB = "撤回报送期"


def remove_reports(reports):
    keys = [report.pk for report in reports]
    Extension.objects.filter(report__in=keys).delete()
    Exemption.objects.filter(report__in=keys).delete()
    MonthlyReport.objects.filter(pk__in=keys).delete()


@transaction.atomic
def take_back_period(period, by, *, reason):
    """Only while nobody has written in it; return how many reports went. The trace stays."""
    period = _take(period, by)
    reason = require_said(reason, "请写明撤回的原因。")
    if period.is_closed:
        raise Refusal(f"{period}已结账，不能撤回。")
    if begun := [report.unit_name for report in period.reports.begun().order_by("serial")]:
        raise Refusal(f"已有{len(begun)}个单位动笔或报送，不能撤回：{'、'.join(begun)}。")
    if said := sorted({remark.unit_name for remark in period.place_remarks.all()}):
        raise Refusal(f"{'、'.join(said)}已写属地说明，不能撤回。")
    reports = list(period.reports.select_related("unit__successor"))
    tell(
        User.objects.working_for({report.unit.answering() or report.unit for report in reports}),
        key=f"back:{period.pk}",
        title=f"{period}报送期已撤回，不用填报",
        body=f"原因：{reason}",
        url="/month/",
    )
    note = f"{_of(period.month)}原因：{reason}"
    PlanEvent.write(period.plan, by, VERB, note=note, changes={"应报月报": [f"{len(reports)}份", "0份"]})
    remove_reports(reports)
    period.delete()
    return len(reports)


def _of(month):
    return f"{month.year}年{month.month}月，"


def was_taken_back(plan, month):
    """By the office, which has not opened it again."""
    taken_back = PlanEvent.objects.filter(subject=plan, verb=VERB, note__startswith=_of(month)).exists()
    return taken_back and not plan.periods.filter(month=month).exists()


def _take(period, by):
    """The month locked: its plan before it, its reports after it, so that nobody opens it again or writes meanwhile."""
    lock_rows(Plan.objects.filter(pk=period.plan_id))
    found = lock(period)
    require(can_manage_period(by, found))
    lock_rows(MonthlyReport.objects.filter(period=found))
    return found
