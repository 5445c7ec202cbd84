"""Taking reports for a change: the row locks and their order, the version seen, the move allowed."""

from django.core.exceptions import PermissionDenied

from kit.refusal import Conflict, Refusal
from kit.trace import last_word
from reports.models import MonthlyReport


def lock(report, *, seen_version=None):
    """Return ``report`` as it is now, locked until the transaction ends; a stale ``seen_version`` is a Conflict."""
    # Locked alone: a row whose unit changes while it is waited for would drop out of a join with the unit it had,
    # and in the order of reports the months would be locked after the reports.
    if not MonthlyReport.objects.select_for_update().filter(pk=report.pk).order_by("pk").values_list("pk").first():
        raise Refusal("这份月报所在的方案或报送期刚刚撤回，月报随之撤去。")
    fresh = MonthlyReport.objects.select_related("period__plan", "unit").get(pk=report.pk)
    require_seen(fresh, seen_version)
    return fresh


def require_seen(report, seen_version):
    """Stop with a Conflict when the person saw another version of the locked report."""
    if seen_version is not None and report.version != seen_version:
        raise Conflict(_told(report), report)


def lock_first(plans, reports):
    """Lock the rows of ``plans``, then those of ``reports``, for an action that goes on to units, accounts and tasks.

    Months are opened and reports filed and accepted in this order, so nobody waits for somebody who waits for them.
    """
    list(plans.select_for_update(of=("self",)).order_by("pk"))
    list(reports.select_for_update(of=("self",)).order_by("pk"))


def _told(report):
    return (
        f"{last_word(report.events) or '有人刚刚处理过'}，当前状态为“{report.get_status_display()}”。请按最新情况办理。"
    )


def require(allowed):
    """Stop with 403 unless ``allowed``."""
    if not allowed:
        raise PermissionDenied


def move(report, status, **values):
    """Give ``report`` its next status, if MOVES knows the way, with other fields; the version counts up."""
    if status not in MonthlyReport.MOVES[MonthlyReport.Status(report.status)]:
        raise Refusal(f"月报现在是“{report.get_status_display()}”，不能变为“{status.label}”。")
    report.status, report.version = status, report.version + 1
    for name, value in values.items():
        setattr(report, name, value)
    report.save(update_fields=["status", "version", *values])
